/* blas.c - calls into OpenBLAS, which holds LAPACK too; see blas.h. */
#include "config.h"

#include "src/explore/blas.h"

#include "src/base/mem.h"

#include <assert.h>
#include <cblas.h>
#include <limits.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>

/* LAPACK's divide and conquer for symmetric matrices, by its Fortran name: OpenBLAS has
 * it in every build, C headers for it only in some. The last two are the hidden lengths
 * of the strings. */
extern void dsyevd_(const char *jobz, const char *uplo, const int *n, double *a,
                    const int *lda, double *w, double *work, const int *lwork,
                    int *iwork, const int *liwork, int *info, size_t, size_t);

/* Cholesky: factor, solve, invert. Their lower half, by columns, is our upper one. */
extern void dpotrf_(const char *uplo, const int *n, double *a, const int *lda,
                    int *info, size_t);
extern void dpotrs_(const char *uplo, const int *n, const int *nrhs, const double *a,
                    const int *lda, double *b, const int *ldb, int *info, size_t);
extern void dpotri_(const char *uplo, const int *n, double *a, const int *lda,
                    int *info, size_t);

/* What OpenBLAS maps for a thread. */
#define BUFFER ((size_t)128 << 20)

static atomic_uint n_prepared;

/* OpenBLAS built for programs of one thread (Debian's libopenblas0-serial, say) hands
 * its work buffers out without a lock: of two calls at a time some come out wrong, one
 * in two thousand small products in a trial. There calls take turns. */
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static bool take_turns;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
take_one_thread(void)
{
    const char *config = openblas_get_config();

    openblas_set_num_threads(1);
    take_turns = strstr(config, "SINGLE_THREADED") != NULL &&
                 strstr(config, "USE_LOCKING") == NULL;
}

static void
enter(void)
{
    pthread_once(&once, take_one_thread);
    if (take_turns)
        pthread_mutex_lock(&turn);
}

static void
leave(void)
{
    if (take_turns)
        pthread_mutex_unlock(&turn);
}

enum err_code
blas_prepare(unsigned n_threads, struct err *err)
{
    unsigned n = atomic_load(&n_prepared);
    size_t bytes = n_threads > n ? (n_threads - n) * BUFFER : 0;
    void *room;

    if (bytes == 0)
        return ERR_OK;
    room =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room == MAP_FAILED)
        return err_set(err, ERR_NOMEM,
                       "linear algebra needs %zu MiB of address space more, 128 a "
                       "thread: raise the limit (ulimit -v) or take fewer threads",
                       bytes >> 20);
    munmap(room, bytes);
    while (n < n_threads && !atomic_compare_exchange_weak(&n_prepared, &n, n_threads))
        continue;
    return ERR_OK;
}

void
blas_matrix_vector(size_t n, size_t k, const float *A, const float *x, float *y)
{
    assert(n <= INT_MAX && k <= INT_MAX);
    enter();
    cblas_sgemv(CblasRowMajor, CblasNoTrans, (int)n, (int)k, 1.0f, A, (int)k, x, 1,
                1.0f, y, 1);
    leave();
}

void
blas_matrix_matrix(size_t m, size_t n, size_t k, const float *A, const float *B,
                   float *C)
{
    assert(m <= INT_MAX && n <= INT_MAX && k <= INT_MAX);
    enter();
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)m, (int)n, (int)k, 1.0f,
                A, (int)k, B, (int)k, 1.0f, C, (int)n);
    leave();
}

void
blas_matrix_vector_double(size_t n, size_t k, const double *A, const double *x,
                          double *y)
{
    assert(n <= INT_MAX && k <= INT_MAX);
    enter();
    cblas_dgemv(CblasRowMajor, CblasNoTrans, (int)n, (int)k, 1.0, A, (int)k, x, 1, 1.0,
                y, 1);
    leave();
}

void
blas_vector_matrix_double(size_t n, size_t k, const double *A, const double *x,
                          double *y)
{
    assert(n <= INT_MAX && k <= INT_MAX);
    enter();
    cblas_dgemv(CblasRowMajor, CblasTrans, (int)n, (int)k, 1.0, A, (int)k, x, 1, 1.0, y,
                1);
    leave();
}

void
blas_gram_add(size_t n, size_t k, const float *A, float *C)
{
    assert(n <= INT_MAX && k <= INT_MAX);
    enter();
    cblas_ssyrk(CblasRowMajor, CblasUpper, CblasTrans, (int)k, (int)n, 1.0f, A, (int)k,
                1.0f, C, (int)k);
    leave();
}

/* Copy the upper half of a symmetric matrix to the lower one. */
static void
mirror(size_t k, double *C)
{
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < i; j++)
            C[i * k + j] = C[j * k + i];
}

void
blas_gram(size_t n, size_t k, const double *A, double *C)
{
    assert(n <= INT_MAX && k <= INT_MAX);
    enter();
    cblas_dsyrk(CblasRowMajor, CblasUpper, CblasTrans, (int)k, (int)n, 1.0, A, (int)k,
                0.0, C, (int)k);
    leave();
    mirror(k, C);
}

/* Are n numbers finite, `step` apart? LAPACK computes on with those that are not, and
 * says that all is well. */
static bool
all_finite(const double *v, size_t n, size_t step)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(v[i * step]))
            return false;
    return true;
}

/* LAPACK's order is by rising eigenvalue, its columns are our rows. */
static void
reverse(size_t k, double *A, double *value)
{
    for (size_t i = 0; i < k / 2; i++) {
        size_t j = k - 1 - i;
        double t = value[i];

        value[i] = value[j];
        value[j] = t;
        for (size_t f = 0; f < k; f++) {
            t = A[i * k + f];
            A[i * k + f] = A[j * k + f];
            A[j * k + f] = t;
        }
    }
}

enum err_code
blas_eigen(size_t k, double *A, double *ret_value, struct err *err)
{
    int n = (int)k, n_work = 1 + 6 * n + 2 * n * n, n_iwork = 3 + 5 * n, info = 0;
    double *work = mem_new((size_t)n_work, sizeof(*work));
    int *iwork = mem_new((size_t)n_iwork, sizeof(*iwork));
    enum err_code rc = ERR_OK;

    assert(k >= 1 && k <= 16384);
    if (work == NULL || iwork == NULL) {
        rc = err_nomem(err, (size_t)n_work * sizeof(*work), "eigenvectors");
        goto out;
    }
    enter();
    dsyevd_("V", "L", &n, A, &n, ret_value, work, &n_work, iwork, &n_iwork, &info, 1,
            1);
    leave();
    if (info != 0 || !all_finite(ret_value, k, 1))
        rc = err_set(err, ERR_NUMERIC,
                     "the eigenvectors of a matrix of %d rows were not found (LAPACK "
                     "says %d); expected finite weights",
                     n, info);
    else
        reverse(k, A, ret_value);
out:
    mem_free(work);
    mem_free(iwork);
    return rc;
}

bool
blas_cholesky(size_t k, double *A)
{
    int n = (int)k, info = 0;

    assert(k >= 1 && k <= 16384);
    enter();
    dpotrf_("L", &n, A, &n, &info, 1);
    leave();
    return info == 0 && all_finite(A, k, k + 1);
}

void
blas_cholesky_solve(size_t k, const double *F, double *b)
{
    int n = (int)k, one = 1, info = 0;

    enter();
    dpotrs_("L", &n, &one, F, &n, b, &n, &info, 1);
    leave();
    assert(info == 0);
}

void
blas_cholesky_inverse(size_t k, double *F)
{
    int n = (int)k, info = 0;

    enter();
    dpotri_("L", &n, F, &n, &info, 1);
    leave();
    assert(info == 0); /* a factor has no zero on its diagonal */
    mirror(k, F);
}

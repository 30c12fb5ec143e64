/* blas.c - calls into OpenBLAS; see blas.h. */
#include "config.h"

#include "src/explore/blas.h"

#include <assert.h>
#include <cblas.h>
#include <limits.h>
#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
take_one_thread(void)
{
    openblas_set_num_threads(1);
}

void
blas_matrix_vector(size_t n, size_t k, const float *A, const float *x, float *y)
{
    assert(n <= INT_MAX && k <= INT_MAX);
    pthread_once(&once, take_one_thread);
    cblas_sgemv(CblasRowMajor, CblasNoTrans, (int)n, (int)k, 1.0f, A, (int)k, x, 1,
                1.0f, y, 1);
}

void
blas_matrix_matrix(size_t m, size_t n, size_t k, const float *A, const float *B,
                   float *C)
{
    assert(m <= INT_MAX && n <= INT_MAX && k <= INT_MAX);
    pthread_once(&once, take_one_thread);
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)m, (int)n, (int)k, 1.0f,
                A, (int)k, B, (int)k, 1.0f, C, (int)n);
}

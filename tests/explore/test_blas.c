/* test_blas.c - what the door to BLAS promises beyond BLAS: calls from many threads. */
#include "config.h"

#include "src/base/pool.h"
#include "src/explore/blas.h"

#include "tests/unit.h"

#include <stdatomic.h>
#include <string.h>

#define M     64
#define N     32
#define K     4
#define TRIES 40000

static float A[M * K], B[N * K], right[M * N];
static atomic_uint n_wrong;

/* A pool_fn: the same small product again and again. */
static void
multiply(void *arg, unsigned id, unsigned n)
{
    static _Thread_local float C[M * N];

    (void)arg;
    (void)id;
    (void)n;
    for (unsigned i = 0; i < TRIES; i++) {
        memset(C, 0, sizeof(C));
        blas_matrix_matrix(M, N, K, A, B, C);
        if (memcmp(C, right, sizeof(C)) != 0)
            atomic_fetch_add(&n_wrong, 1);
    }
}

/* Without taking turns, OpenBLAS's build for one thread gets some of them wrong. */
static void
products_of_many_threads_at_a_time_are_right(void)
{
    struct pool *pool = NULL;

    for (unsigned i = 0; i < M * K; i++)
        A[i] = .1f * (float)(i * 7 % 31);
    for (unsigned i = 0; i < N * K; i++)
        B[i] = .3f * (float)(i % 17);
    CU_ASSERT_EQUAL_FATAL(blas_prepare(3, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(pool_new(&pool, 3, NULL), ERR_OK);
    memset(right, 0, sizeof(right));
    blas_matrix_matrix(M, N, K, A, B, right);
    pool_run(pool, multiply, NULL);
    CU_ASSERT_EQUAL(atomic_load(&n_wrong), 0);
    pool_free(pool);
}

CU_TestInfo tests_blas[] = {
    { "products of many threads at a time are right",
      products_of_many_threads_at_a_time_are_right },
    CU_TEST_INFO_NULL,
};

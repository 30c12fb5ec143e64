/* bench_multiply.c - what a matrix product reaches here; see bench_multiply.h. */
#include "config.h"

#include "ui/cli/bench_multiply.h"

#include "src/base/clock.h"
#include "src/base/mem.h"
#include "src/explore/blas.h"

#define SQUARE 1024 /* rows and columns */

/* A pool_fn: C += A·Bᵀ of squares; arg has all of them, one thread after the other. */
static void
multiply(void *arg, unsigned id, unsigned n)
{
    float *mine = (float *)arg + (size_t)id * 3 * SQUARE * SQUARE;

    (void)n;
    blas_matrix_matrix(SQUARE, SQUARE, SQUARE, mine, mine + SQUARE * SQUARE,
                       mine + 2 * SQUARE * SQUARE);
}

enum err_code
bench_multiply(double *ret_gflops, struct pool *pool, struct err *err)
{
    const unsigned threads = pool_size(pool);
    const size_t n = (size_t)threads * 3 * SQUARE * SQUARE;
    float *squares = mem_new(n, sizeof(*squares));
    double least = 1e9;

    if (squares == NULL)
        return err_nomem(err, n * sizeof(*squares), "a matrix product");
    for (size_t i = 0; i < n; i++)
        squares[i] = (float)(i % 7) * .25f;
    for (unsigned i = 0; i < 10; i++) {
        const double t = clock_now_s();
        double spent;

        pool_run(pool, multiply, squares);
        spent = clock_now_s() - t;
        least = spent < least ? spent : least;
    }
    mem_free(squares);
    *ret_gflops = 2e-9 * threads * SQUARE * SQUARE * SQUARE / least;
    return ERR_OK;
}

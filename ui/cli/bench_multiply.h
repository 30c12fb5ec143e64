/* bench_multiply.h - what BLAS can where nothing but arithmetic counts. */
#ifndef MLT_UI_CLI_BENCH_MULTIPLY_H
#define MLT_UI_CLI_BENCH_MULTIPLY_H

#include "src/base/err.h"
#include "src/base/pool.h"

/* Multiply square matrices, one product a thread of the pool: floating-point operations
 * of all in a second, in units of 1e9; the best of ten tries. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code bench_multiply(double *ret_gflops, struct pool *pool,
                                            struct err *err);

#endif

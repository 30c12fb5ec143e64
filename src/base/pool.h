/*
 * pool.h - a fixed team of threads that run one function together.
 *
 * The caller is worker 0; the others sleep on a futex between jobs, so an idle
 * pool costs nothing. A pool is used by one thread at a time.
 */
#ifndef MLT_BASE_POOL_H
#define MLT_BASE_POOL_H

#include "src/base/err.h"

#include <stddef.h>

struct pool;

/* What a worker runs; `id` is 0 … n-1. Started and awaited by pool_run. */
typedef void pool_fn(void *arg, unsigned id, unsigned n);

/* Start a team of n >= 1 workers (n - 1 threads). ERR_NOMEM when the system gives
 * no more threads. */
ERR_MUST_CHECK enum err_code pool_new(struct pool **ret, unsigned n, struct err *err);

/* End the threads and free the team; NULL is fine. */
void pool_free(struct pool *p);

/* Number of workers, the caller included; 1 for NULL. */
unsigned pool_size(const struct pool *p);

/* Run fn(arg, id, n) on every worker and return when all have returned. With a NULL
 * pool the caller runs it alone. Everything written before is seen by the workers,
 * and everything they wrote by the caller. */
void pool_run(struct pool *p, pool_fn *fn, void *arg);

#endif

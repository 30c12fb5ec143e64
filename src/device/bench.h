/*
 * bench.h - how fast a device trains here, and how fast memory would let it.
 *
 * The exact step must read and write the records of every user and item of a batch;
 * what memory gives when such rows are all that is done is the mark to measure by.
 */
#ifndef MLT_DEVICE_BENCH_H
#define MLT_DEVICE_BENCH_H

#include "src/base/err.h"
#include "src/base/pool.h"
#include "src/device/device.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes per second, read and written together, by all workers of a pool. */
struct bench_memory {
    double sequential; /* line after line */
    double random_row; /* rows of the given size, each some 50 rows after the last */
};

/* Measure over 256 MiB: each line is read, changed and written; the best of three.
 * ERR_NOMEM. */
ERR_MUST_CHECK enum err_code bench_memory(struct bench_memory *ret, size_t row_bytes,
                                          struct pool *pool, struct err *err);

struct bench_epoch {
    double seconds;      /* shuffle and all steps; scaled up from the batches done */
    double validation_s; /* settling the weights and judging the held-out ratings */
    size_t n_batches;    /* of an epoch */
    size_t n_done;       /* measured */
    double rows_touched; /* users and items over all batches of an epoch */
};

/* Train one epoch of the problem from its initial weights, or its first `max_batches`
 * (0: all); then validate once. ERR_NOMEM, ERR_NUMERIC; ERR_STATE when *cancel (may be
 * NULL) turns true. */
ERR_MUST_CHECK enum err_code bench_epoch(struct bench_epoch *ret,
                                         const struct device_ops *ops,
                                         const struct problem *p, size_t max_batches,
                                         const atomic_bool *cancel, struct err *err);

#endif

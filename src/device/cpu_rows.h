/*
 * cpu_rows.h - how the fast CPU devices keep a row: its weights and Adam's two averages
 * in one record of whole cache lines, so that a touch is one run of memory.
 *
 * Letters: k factors, F = k / 16 whole vectors of 16, r = k % 16 + 1 values left over:
 * the last factors, then the bias. In floats:
 *
 *     head: w (r) | m (r) | v (r) | stamp, to a whole number of lines
 *     body: w (16 F) | m (16 F) | v (16 F)
 *
 * k = 100 makes 1 + 18 lines. w is the weight *before* the step of the stamp, m and v
 * are the averages *after* it (see cpu_catchup.h); a row that was never stepped has
 * stamp 0. The head is long enough that 16 floats may be read at each of its parts.
 */
#ifndef MLT_DEVICE_CPU_ROWS_H
#define MLT_DEVICE_CPU_ROWS_H

#include "src/base/err.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define LANES 16

struct row_shape {
    unsigned k;
    unsigned full;   /* F */
    unsigned rest;   /* r, 1 … 16 */
    unsigned head;   /* floats */
    unsigned floats; /* of a record */
};

static inline struct row_shape
row_shape_of(unsigned k)
{
    unsigned full = k / LANES, rest = k % LANES + 1;
    unsigned used = 3 * rest + 1, read = 2 * rest + LANES;
    unsigned need = full == 0 && read > used ? read : used;
    unsigned head = (need + LANES - 1) / LANES * LANES;

    return (struct row_shape){ k, full, rest, head, head + 3 * LANES * full };
}

static inline uint32_t
row_stamp(const float *row, unsigned rest)
{
    uint32_t stamp;

    memcpy(&stamp, row + 3 * rest, sizeof(stamp));
    return stamp;
}

static inline void
row_set_stamp(float *row, unsigned rest, uint32_t stamp)
{
    memcpy(row + 3 * rest, &stamp, sizeof(stamp));
}

#endif

/* synth_read.h - the files of a synthetic world in memory, and its ratings read back by
 * a reader that knows nothing of how they were written. */
#ifndef MLT_TESTS_SYNTH_READ_H
#define MLT_TESTS_SYNTH_READ_H

#include "src/data/synth_file.h"
#include "src/data/synth_world.h"

#include <stddef.h>
#include <stdint.h>

/* A world, or the end of the test. */
struct synth_world *synth_read_world(uint32_t users, uint32_t items, uint64_t ratings,
                                     uint64_t seed);

/* The bytes of a file with a NUL after them, rendered by so many workers; free with
 * mem_free. */
char *synth_read_bytes(const struct synth_world *w, const struct synth_file *file,
                       unsigned workers, size_t *ret_n);

struct synth_row {
    uint32_t user; /* as in the file: from 1 */
    uint32_t item; /* number of the film, found by its id: from 0 */
    float stars;
    uint32_t time;
};

/* (R) rows in the order of the file; every line is checked for its form. Free with
 * mem_free. */
struct synth_row *synth_read_ratings(const struct synth_world *w, unsigned workers);

/* The numbers of a table after its header: (n_rows, n_columns). Free with mem_free. */
double *synth_read_table(const struct synth_world *w, const struct synth_file *file,
                         size_t n_rows, size_t n_columns);

/* Pearson's correlation of n pairs. */
double synth_read_correlation(const double *x, const double *y, size_t n);

#endif

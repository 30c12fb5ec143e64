/*
 * synth_file.h - the files of a synthetic data set, rendered by all workers in blocks
 * that are put in their places in order, so that any size takes a few MB a worker.
 */
#ifndef MLT_DATA_SYNTH_FILE_H
#define MLT_DATA_SYNTH_FILE_H

#include "src/base/err.h"
#include "src/base/pool.h"
#include "src/data/synth_choose.h"
#include "src/data/synth_world.h"

#include <stddef.h>
#include <stdint.h>

/* How one file is cut into blocks of rows (users or films). */
struct synth_cut {
    uint64_t n_rows;
    uint64_t block_rows;
    size_t block_bytes; /* most that a block renders to */
};

struct synth_file {
    const char *name;
    const char *header; /* first line, with its newline */
    struct synth_cut (*cut)(const struct synth_world *w);
    /* Rows [from, to) as bytes into out (block_bytes); returns how many. */
    size_t (*render)(const struct synth_world *w, struct synth_choice *c, uint64_t from,
                     uint64_t to, char *out);
};

extern const struct synth_file synth_ratings_file, synth_movies_file, synth_links_file,
    synth_truth_films_file, synth_truth_users_file;

/* Store n bytes at `offset` of the file. Called by any worker, never twice for a place.
 */
typedef enum err_code synth_put_fn(void *arg, uint64_t offset, const char *bytes,
                                   size_t n, struct err *err);

/* Render a file and put every byte of it; *ret_bytes is its size. ERR_STATE when the
 * watch cancels; ERR_NOMEM; what `put` returns. Progress is heard in ratings. */
ERR_MUST_CHECK enum err_code
synth_file_render(const struct synth_file *file, const struct synth_world *w,
                  struct pool *pool, const struct synth_watch *watch, synth_put_fn *put,
                  void *arg, uint64_t *ret_bytes, struct err *err);

/* Most bytes that the file can have. */
uint64_t synth_file_bound(const struct synth_file *file, const struct synth_world *w);

#endif

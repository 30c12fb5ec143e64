/*
 * intake.h - a ratings file read by all workers of a pool, packed, in file order.
 *
 * Each worker numbers users, films and stars by itself; what it read of a block is a
 * piece. Pieces in order are the file. 25 million ratings take about 130 MB, which is
 * given back piece by piece.
 */
#ifndef MLT_DATA_INTAKE_H
#define MLT_DATA_INTAKE_H

#include "src/base/err.h"
#include "src/base/pool.h"
#include "src/data/dataset.h"
#include "src/data/layout.h"
#include "src/data/rows.h"
#include "src/data/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct slab;

/* What was read of one block. Numbers are those of reader `reader`. */
struct piece {
    unsigned reader;
    uint32_t n; /* ratings */
    uint32_t n_runs;
    struct run *run; /* (n_runs) */
    uint32_t *film;  /* (n) */
    uint8_t *code;   /* (n) or NULL: stars */
    float *stars;    /* (n) or NULL: code */
    uint32_t n_lines;
    uint32_t n_rows;
    uint32_t *rejected; /* (n_rejected) its rejected data rows, from 0, when kept */
    uint32_t n_rejected;
    XXH128_hash_t hash; /* of the block */
    struct slab *slab;  /* where the arrays live */
};

struct intake {
    struct layout layout;
    struct piece *piece; /* (n_pieces) in file order, owned */
    size_t n_pieces;
    struct rows *reader; /* (n_readers) owned */
    unsigned n_readers;
    uint64_t n;      /* ratings */
    uint64_t n_rows; /* data rows, rejected ones included */
    uint64_t n_rejected;
    struct reject *reject; /* (n_kept) the first ones, owned; .file is the source's */
    size_t n_kept;
};

/* What to do besides; zeroes are fine. */
struct intake_options {
    bool keep_rejected_rows; /* fill piece.rejected */
    const atomic_bool *cancel;
    void (*progress)(void *arg, uint64_t bytes_done, uint64_t bytes_total);
    void *progress_arg;
    /* Run by the last worker before it reads; may be NULL. */
    void (*side)(void *side_arg);
    void *side_arg;
};

/*
 * Read all of `src`, from its first byte, whose columns `layout` tells; a column found
 * to be text or to have too many distinct stars makes it begin again with that known.
 * ERR_IO, ERR_NOMEM, ERR_STATE when cancelled, ERR_UNAVAILABLE (more than 2^32 - 2
 * ratings or ids).
 */
ERR_MUST_CHECK enum err_code intake_read(struct intake **ret, struct source *src,
                                         const struct layout *layout,
                                         const struct intake_options *opt,
                                         struct pool *pool, struct err *err);
void intake_free(struct intake *in);

/* Give back the arrays of a piece. Any thread, once a piece. */
void intake_drop(struct piece *p);

#endif

/*
 * dataset.h - a rating data set read into memory: catalog, ratings, and a report of
 * what was found and what was rejected.
 *
 * Reads MovieLens csv folders, u.data, ratings.dat, zips of these as they are, and any
 * delimited file with named columns. libcsv is the parser of record; plain numeric
 * lines take a fast path that agrees with it. Files are read in blocks by all workers
 * of the pool; the result does not depend on their number.
 */
#ifndef MLT_DATA_DATASET_H
#define MLT_DATA_DATASET_H

#include "src/base/err.h"
#include "src/base/pool.h"
#include "src/data/catalog.h"
#include "src/data/ratings.h"
#include "src/data/rejects.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum dataset_item { DATASET_ITEM_TITLE, DATASET_ITEM_ID };

struct dataset_options {
    const char *columns; /* "user=…,item=…,rating=…[,time=…]" or NULL: by format */
    enum dataset_item item; /* films of one title are one item, or each its own */
    double valid_part;      /* part held out, in [0, 1): floor(part * R) ratings */
    uint64_t seed;          /* of the split */
    const char *split_file; /* borrowed; NULL: seeded split */
    double y_lo, y_hi;      /* ratings outside are counted (they train all the same) */
    long max_rejects;       /* -1: max(10, 1 %) */
    const atomic_bool *cancel; /* polled, may be NULL: ERR_STATE when it turns true */
    /* Called from the calling thread now and then; may be NULL. */
    void (*progress)(void *arg, uint64_t bytes_done, uint64_t bytes_total);
    void *progress_arg;
};

struct dataset {
    struct catalog *catalog; /* owned */
    struct ratings *ratings; /* owned */
    char *path;              /* owned; what was opened, for messages and run.json */
    char *ratings_path;      /* owned; the files read, for messages; "zip:member" */
    char *movies_path;       /* owned, or NULL */
    char *tags_path;         /* owned, or NULL */
    char *links_path;        /* owned, or NULL */
    char fingerprint[33];    /* XXH3-128 over the ratings and movies files, hex */
    uint64_t n_lines;        /* data rows of all files, rejected ones included */
    uint64_t n_rejected;     /* rows of all files that were left out */
    struct reject *rejects;  /* (min(n_rejected, REJECTS_KEPT)) first the ratings
                              * file's, then those of movies, tags and links, by
                              * line; .file is one of the paths above */
    size_t n_rejects_kept;
    uint64_t n_outside;  /* ratings outside y_lo … y_hi */
    uint64_t n_repeated; /* ratings of a film that the same user had rated before */
    int64_t first_time;  /* Unix seconds; INT64_MAX / INT64_MIN without times */
    int64_t last_time;
    uint64_t n_tags;   /* rows of the tags file that were taken; 0 without one */
    uint64_t n_titles; /* films in the movies file, rated or not; 0 without one */
    double mean;       /* of all ratings */
    double load_s;     /* seconds that loading took */
};

/* Options as `mltui train` has them without arguments. */
struct dataset_options dataset_defaults(void);

/*
 * Read the data at `path` (folder, ratings.csv, u.data, ratings.dat, delimited file,
 * MovieLens zip).
 * ERR_NOTFOUND or ERR_IO: cannot be opened or read; ERR_FORMAT, ERR_UNAVAILABLE: a zip
 * that is damaged, or that this build cannot open; ERR_ARG: a bad option;
 * ERR_DATA: no valid row, too many rejected, or a split that does not fit.
 */
ERR_MUST_CHECK enum err_code dataset_load(struct dataset **ret, const char *path,
                                          const struct dataset_options *opt,
                                          struct pool *pool, struct err *err);

/* The bytes of a MovieLens folder in memory: data made at run time. */
struct dataset_bytes {
    const char *name;    /* what messages and run.json call it: "sample" */
    const char *ratings; /* ratings.csv, borrowed for the call */
    size_t ratings_len;
    const char *movies; /* movies.csv, borrowed, or NULL */
    size_t movies_len;
};

/* dataset_load of files that are in memory: the same parser, the same result. */
ERR_MUST_CHECK enum err_code dataset_load_bytes(struct dataset **ret,
                                                const struct dataset_bytes *b,
                                                const struct dataset_options *opt,
                                                struct pool *pool, struct err *err);

/* ERR_DATA, with the first reject and the count, when more rows were rejected than
 * `max_rejects` allows (-1: max(10, 1 % of n_lines)). dataset_load has checked this for
 * its own options. */
ERR_MUST_CHECK enum err_code dataset_check_rejects(const struct dataset *d,
                                                   long max_rejects, struct err *err);

void dataset_free(struct dataset *d);

#endif

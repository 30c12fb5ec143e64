/*
 * sitting.h - what the measurements of the screen share: the program, the data, a
 * folder of their own, a line of the report.
 */
#ifndef MLT_TESTS_BENCH_SITTING_H
#define MLT_TESTS_BENCH_SITTING_H

#include "tests/bench/terminal.h"

#include <limits.h>
#include <stddef.h>

struct bench {
    const char *program; /* mltui */
    const char *data;    /* folder with ratings, a big one */
    const char *run;     /* a run on them */
    const char *small;   /* data that train in some seconds */
    char folder[256];    /* for what is written; the program's own folders, too */
    size_t keys, pairs;  /* how many are measured */
};

/* "folder/name" in one of four buffers. */
const char *bench_path(const struct bench *b, const char *name);

/* Remove a folder with all that is in it. */
void bench_remove(const char *folder);

/* Start the screen on `open` (NULL: the start screen), with a script (its text, or
 * NULL). */
void bench_start(const struct bench *b, struct terminal *t, const char *open,
                 const char *script);

/* One line: what, how much, what is wanted; `met` is worth more than both. */
void bench_report(bool met, const char *what, const char *wanted, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* Wait until no thread has run for a second. */
void bench_settle(struct terminal *t);

/* The same, then watch for ten seconds whether anything does. */
void bench_rest(struct terminal *t, const char *what);

/* Sort, then the part-th (0 … 1) of n values. */
double bench_quantile(double *at, size_t n, double part);

/* The measurements. */
void bench_training(const struct bench *b); /* while a run goes on, and paused */
void bench_looking(const struct bench *b);  /* first screens, lists, idle */
void bench_pairs(const struct bench *b);    /* training with and without a screen */

#endif

/*
 * golden.h - reads the golden vectors of tests/golden (see its README): fastai's own
 * numbers. A file that is missing or odd ends the test.
 */
#ifndef MLT_TESTS_GOLDEN_H
#define MLT_TESTS_GOLDEN_H

#include "src/data/ratings.h"
#include "src/model/model.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

/* The file tests/golden/NAME.json; give back with json_decref. */
json_t *golden_load(const char *name);

/* Member `key` of an object, borrowed. */
json_t *golden_get(const json_t *object, const char *key);

/* A number; null is NaN, "inf" and "-inf" are infinite. */
double golden_number(const json_t *value);

/* Element i of the array `key`. */
double golden_at(const json_t *object, const char *key, size_t i);

/* Length of the array `key`. */
size_t golden_len(const json_t *object, const char *key);

/* Does `object` have `key`? */
int golden_has(const json_t *object, const char *key);

/* A recorded run of fastai, with its data. */
struct golden_trace {
    json_t *run;             /* the trace */
    size_t n_batches;        /* recorded, all epochs */
    size_t per_epoch;        /* batches an epoch; all of them in a range test */
    size_t batch;            /* B */
    struct ratings *ratings; /* train and held-out ratings, encoded */
    struct model *init;      /* initial weights */
    uint32_t *user, *item;   /* (n_batches * B) the batches, in fastai's order */
    float *stars;
};

void golden_trace_load(struct golden_trace *ret, const char *name);
void golden_trace_done(struct golden_trace *t);

/* Relative L2 distance of a model's arena from the four tables of a trace. */
double golden_distance(const struct model *m, const json_t *tables);

#endif

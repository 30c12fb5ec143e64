/* small.h - a model, its catalog and ratings small enough to check by eye. */
#ifndef MLT_TESTS_MODEL_SMALL_H
#define MLT_TESTS_MODEL_SMALL_H

#include "src/data/catalog.h"
#include "src/data/ratings.h"
#include "src/model/model.h"

#include <stdbool.h>

#define SMALL_USERS   3
#define SMALL_ITEMS   4
#define SMALL_FACTORS 5

/* Weights of model_init(7); y_range 0.5 … 5. */
struct model *small_model(void);

/* Ids are numbers (10, 20, …; films 1 … 5, the last of two ids), or else texts. */
struct catalog *small_catalog(bool numeric);

/* Six ratings, the second and the last held out; stars as codes, or as floats. */
struct ratings *small_ratings(bool coded);

/* A folder with nothing in it yet, and what a test saves there. */
struct small_shelf {
    char dir[256];
    struct model *model;     /* small_model */
    struct catalog *catalog; /* small_catalog */
};

void small_shelf_fill(struct small_shelf *s, bool numeric);
void small_shelf_clear(struct small_shelf *s);

bool small_same_catalog(const struct catalog *a, const struct catalog *b);
bool small_same_ratings(const struct ratings *a, const struct ratings *b);

#endif

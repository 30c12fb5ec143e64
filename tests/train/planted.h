/*
 * planted.h - a world that synth made, and the model that was trained on its ratings.
 *
 * test_planted.c trains it once; each of these looks at one thing that was planted.
 */
#ifndef MLT_TESTS_TRAIN_PLANTED_H
#define MLT_TESTS_TRAIN_PLANTED_H

#include "src/data/catalog.h"
#include "src/data/ratings.h"
#include "src/data/synth_world.h"
#include "src/model/model.h"

#include <stdint.h>

#define PLANTED_USERS   2000
#define PLANTED_ITEMS   800
#define PLANTED_RATINGS 200000
#define PLANTED_FACTORS 20

/* What is compared; all borrowed. */
struct planted {
    struct synth_world *w;
    const struct catalog *c;
    const struct ratings *r;
    const struct model *m;
};

/* The film of the world that a row of the catalog is. */
const struct synth_film *planted_film(const struct planted *p, uint32_t row);

/* The factors tell genres and eras, and directions are named after what they have. */
void planted_check_factors(const struct planted *p);
void planted_check_names(const struct planted *p);

/* Lists of ten hold five and more times as many favourites as the most popular ten. */
void planted_check_favourites(const struct planted *p);

#endif

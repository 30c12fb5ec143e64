/* golden_films.h - the model that tests/golden/reading.json was read from. */
#ifndef MLT_TESTS_EXPLORE_GOLDEN_FILMS_H
#define MLT_TESTS_EXPLORE_GOLDEN_FILMS_H

#include "src/data/catalog.h"
#include "src/model/model.h"

#include <jansson.h>

#define GOLDEN_USERS 38
#define GOLDEN_FILMS 30
#define GOLDEN_K     8

/* trace_a's final weights, and films with the numbers of ratings that `reading` says;
 * titles rise with rows. */
struct model *golden_films_model(void);
struct catalog *golden_films_catalog(const json_t *reading);

#endif

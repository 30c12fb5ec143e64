/* alike.h - how alike two models of one shape are. */
#ifndef MLT_TESTS_MODEL_ALIKE_H
#define MLT_TESTS_MODEL_ALIKE_H

#include "src/model/model.h"

#include <stdbool.h>

/* |a - b| / |b| over all weights, in the Euclidean norm. */
double alike_distance(const struct model *a, const struct model *b);

bool alike_bytes(const struct model *a, const struct model *b);

#endif

/*
 * oneuser.h - a person who is not in a model, as if he were its only user.
 *
 * A model, a catalog and ratings with one user, row 1, over the films of another model,
 * which are borrowed and not copied. What asks a model about a user (recommend.h,
 * usercard.h, explain.h) is asked about a person by being given these three.
 * Directions and centres are those of all users: they come from the whole model, and
 * go with this one, as the films' rows are the same.
 */
#ifndef MLT_EXPLORE_ONEUSER_H
#define MLT_EXPLORE_ONEUSER_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/data/ratings.h"
#include "src/explore/foldin.h"
#include "src/model/model.h"

#include <stddef.h>

#define ONEUSER_ROW 1

struct oneuser {
    struct model model;      /* arena: only the user's part; I and bi are borrowed */
    struct catalog catalog;  /* only .user is owned */
    struct ratings *ratings; /* owned: all of them known, none held out */
};

/*
 * Fold a person with n ratings into a model and its catalog, which must outlive the
 * view and stay as they are. Errors as foldin_fit.
 */
ERR_MUST_CHECK enum err_code oneuser_init(struct oneuser *ret, const struct model *m,
                                          const struct catalog *c,
                                          const struct foldin_prior *p,
                                          const struct foldin_rating *rating, size_t n,
                                          struct err *err);
/* A zeroed struct is fine. */
void oneuser_done(struct oneuser *o);

#endif

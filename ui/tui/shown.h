/*
 * shown.h - the model that the panels show, with what questions to it need: one object
 * that is made when a model has settled, and read by everybody until the next.
 *
 * Letters: m users, n films, k factors.
 */
#ifndef MLT_UI_TUI_SHOWN_H
#define MLT_UI_TUI_SHOWN_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/data/ratings.h"
#include "src/explore/audience.h"
#include "src/explore/centre.h"
#include "src/explore/directions.h"
#include "src/explore/recommend.h"
#include "src/explore/similar.h"
#include "src/explore/titlesearch.h"
#include "src/model/model.h"
#include "src/train/shared.h"

#include <stdint.h>

struct shown {
    uint64_t version; /* another one for every model */
    uint64_t films;   /* another one for other films or users: a row then means another;
                         told by who shows it */
    const struct model *model;        /* borrowed, or held through `hold` */
    const struct catalog *catalog;    /* borrowed */
    const struct ratings *ratings;    /* borrowed */
    const struct audience *audience;  /* borrowed: of these ratings; or NULL */
    const struct titlesearch *titles; /* borrowed: of this catalog, told by who shows
                                         it; or NULL */
    struct shared_model *hold;        /* or NULL */
    struct recommender *recommender;  /* owned */
    struct similar_index *similar;    /* owned */
    struct centre centre;
    struct directions directions; /* principal ones */
};

/*
 * Get a model ready to be read. Catalog, ratings, audience and, without a hold, the
 * model are borrowed and must outlive it. `hold` (or NULL) is taken over, also on
 * failure. ERR_NOMEM, ERR_ARG when sizes differ, ERR_NUMERIC for weights that are no
 * numbers.
 */
ERR_MUST_CHECK enum err_code shown_new(struct shown **ret, const struct model *m,
                                       const struct catalog *c, const struct ratings *r,
                                       const struct audience *a,
                                       struct shared_model *hold, struct err *err);
void shown_free(struct shown *s);

#endif

/* userpage_impl.h - what userpage.c gathers of a user, and userpage_text.c prints. */
#ifndef MLT_UI_CLI_USERPAGE_IMPL_H
#define MLT_UI_CLI_USERPAGE_IMPL_H

#include "src/base/err.h"
#include "src/data/summary.h"
#include "src/explore/directions.h"
#include "src/explore/usercard.h"
#include "src/explore/users.h"
#include "ui/cli/output.h"
#include "ui/cli/reading.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define USERPAGE_BARS   20 /* of a histogram at most */
#define USERPAGE_TASTES 10 /* leading directions that are looked at */

/* All that is to be shown of a user. */
struct userpage {
    const struct reading *r; /* borrowed */
    uint32_t user;
    struct usercard card;
    struct users_liking *likes; /* (n_likes) owned */
    size_t n_likes;
    struct summary_bar own[USERPAGE_BARS], all[USERPAGE_BARS];
    size_t n_bars;
    uint32_t rank; /* place by bias among all users: 1 is the most generous */
    struct centre about;
    struct directions d;
    size_t n_held_out; /* the user's */
    double rmse;       /* of them; NaN without any */
};

/* Is direction i one of the leading ones that have a name? */
static inline bool
userpage_is_named(const struct userpage *p, unsigned i)
{
    return i < USERPAGE_TASTES && p->d.of[i].match.clear;
}

/* Print all of it in text. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code
userpage_print_text(struct output *o, const struct userpage *p, struct err *err);

#endif

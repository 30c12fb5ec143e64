/* synth.c - sizes of a synthetic data set; see synth.h. */
#include "config.h"

#include "src/data/synth.h"

#include <inttypes.h>

struct synth_options
synth_defaults(void)
{
    return (struct synth_options){
        .n_users = 162541, .n_items = 62423, .n_ratings = 25000095, .seed = 42
    };
}

struct synth_options
synth_sample(void)
{
    return (struct synth_options){
        .n_users = 6040, .n_items = 3883, .n_ratings = 1000209, .seed = 42
    };
}

static enum err_code
check_sizes(const struct synth_options *so, struct err *err)
{
    if (so->n_users < 1 || so->n_users > SYNTH_MAX_USERS)
        return err_set(err, ERR_ARG, "%" PRIu32 " users: expected 1 to %d", so->n_users,
                       SYNTH_MAX_USERS);
    if (so->n_items < 2 || so->n_items > SYNTH_MAX_ITEMS)
        return err_set(err, ERR_ARG,
                       "%" PRIu32
                       " films: expected 2 to %d (a user rates at most 80 %% "
                       "of them)",
                       so->n_items, SYNTH_MAX_ITEMS);
    return ERR_OK;
}

enum err_code
synth_check(const struct synth_options *so, struct err *err)
{
    enum err_code rc = check_sizes(so, err);
    uint64_t most = (uint64_t)so->n_users * ((uint64_t)so->n_items * 4 / 5);

    if (rc != ERR_OK)
        return rc;
    if (so->n_ratings < so->n_users)
        return err_set(err, ERR_ARG,
                       "%" PRIu64 " ratings by %" PRIu32 " users: every user rates at "
                       "least one film, so ask for %" PRIu32 " ratings or more, or for "
                       "fewer users",
                       so->n_ratings, so->n_users, so->n_users);
    if (so->n_ratings > most)
        return err_set(err, ERR_ARG,
                       "%" PRIu64 " ratings by %" PRIu32 " users of %" PRIu32
                       " films: a user rates at most 80 %% of the films, so at "
                       "most %" PRIu64 " fit; ask for fewer ratings, or more users or "
                       "films",
                       so->n_ratings, so->n_users, so->n_items, most);
    return ERR_OK;
}

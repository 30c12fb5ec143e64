/* planted_favourites.c - the films that were planted as a user's favourites are what is
 * recommended; see planted.h. */
#include "config.h"

#include "tests/train/planted.h"

#include "src/explore/rank.h"
#include "src/explore/recommend.h"
#include "tests/unit.h"

#include <stdbool.h>

/* How many of a list of ten are among the user's favourites: the 1 % of the films he
 * has not seen that the truth has him rate highest. */
struct judge {
    const struct planted *p;
    double model, popular; /* sums of hits */
    unsigned n_users;
};

/* The user's films in the world by what he would give them (seen ones at the end), and
 * by popularity. */
static size_t
rank_unseen(const struct planted *p, uint32_t user, const bool *seen,
            struct ranked *truth, struct ranked *popular)
{
    struct synth_user who;
    size_t n = 0;

    synth_world_user(p->w, user - 1, &who);
    for (uint32_t row = 1; row <= p->c->n_items; row++) {
        const struct synth_film *f = planted_film(p, row);

        if (seen[row] || p->c->count[row] == 0)
            continue;
        truth[n] = (struct ranked){ (double)synth_expected(&who, f), row };
        popular[n++] = (struct ranked){ p->c->count[row], row };
    }
    return n;
}

/* A recommend_fn. */
static enum err_code
judge_user(void *arg, uint32_t user, const struct recommendation *list, size_t n_list,
           struct err *err)
{
    struct judge *j = arg;
    const struct planted *p = j->p;
    struct ranked truth[PLANTED_ITEMS], popular[PLANTED_ITEMS];
    bool seen[PLANTED_ITEMS + 1] = { 0 }, favourite[PLANTED_ITEMS + 1] = { 0 };
    size_t n, n_best;

    (void)err;
    for (uint64_t at = p->r->start[user]; at < p->r->start[user + 1]; at++)
        seen[ratings_item(p->r, at)] = true;
    n = rank_unseen(p, user, seen, truth, popular);
    n_best = rank_best(truth, n, n / 100, p->c);
    rank_best(popular, n, 10, p->c);
    for (size_t i = 0; i < n_best; i++)
        favourite[truth[i].row] = true;
    for (size_t i = 0; i < n_list && i < n; i++) {
        j->model += favourite[list[i].row];
        j->popular += favourite[popular[i].row];
    }
    j->n_users++;
    return ERR_OK;
}

void
planted_check_favourites(const struct planted *p)
{
    const struct recommend_query q = { .limit = 10 };
    struct judge j = { .p = p };
    struct recommender *rec = NULL;
    uint32_t user[PLANTED_USERS];
    size_t n = 0;

    for (uint32_t u = 1; u <= PLANTED_USERS; u++)
        if (p->r->start[u + 1] - p->r->start[u] >= 100)
            user[n++] = u;
    CU_ASSERT_EQUAL_FATAL(recommender_new(&rec, p->m, p->c, p->r, NULL), ERR_OK);
    CU_ASSERT_EQUAL(recommend_users(rec, user, n, &q, NULL, judge_user, &j, NULL),
                    ERR_OK);
    recommender_free(rec);
    CU_ASSERT(j.n_users > 300);
    j.model /= 10. * j.n_users;
    j.popular /= 10. * j.n_users;
    CU_ASSERT(j.model > .2);
    CU_ASSERT(j.model > 5 * j.popular);
}

/* asked.c - a recommender and its answers; see asked.h. */
#include "config.h"

#include "tests/explore/asked.h"

#include "tests/unit.h"

#include <string.h>

static struct asked_heard heard; /* too large for a stack */

void
asked_open(struct asked *w)
{
    CU_ASSERT_EQUAL_FATAL(recommender_new(&w->rec, w->m, w->c, w->r, NULL), ERR_OK);
}

void
asked_close(struct asked *w)
{
    recommender_free(w->rec);
    catalog_free(w->c);
    model_free(w->m);
    ratings_free(w->r);
}

enum err_code
asked_hear(void *arg, uint32_t user, const struct recommendation *list, size_t n,
           struct err *err)
{
    struct asked_heard *h = arg;

    CU_ASSERT_FATAL(h->n_users < ASKED_MOST && n <= ASKED_MOST);
    h->user[h->n_users] = user;
    h->n[h->n_users] = n;
    memcpy(h->list[h->n_users++], list, n * sizeof(*list));
    if (h->n_users == h->stop_after)
        return err_set(err, ERR_IO, "enough");
    return ERR_OK;
}

const struct asked_heard *
asked_users(const struct asked *w, const uint32_t *user, size_t n_users,
            const struct recommend_query *q, struct pool *team)
{
    heard = (struct asked_heard){ 0 };
    CU_ASSERT_EQUAL_FATAL(
        recommend_users(w->rec, user, n_users, q, team, asked_hear, &heard, NULL),
        ERR_OK);
    CU_ASSERT_EQUAL_FATAL(heard.n_users, n_users);
    return &heard;
}

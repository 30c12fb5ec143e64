/* asked.h - a recommender with what it borrows, and its answers, user after user. */
#ifndef MLT_TESTS_EXPLORE_ASKED_H
#define MLT_TESTS_EXPLORE_ASKED_H

#include "src/base/pool.h"
#include "src/explore/recommend.h"

#include <stddef.h>
#include <stdint.h>

#define ASKED_MOST 256 /* users, and films in a list */

struct asked {
    struct catalog *c; /* all owned */
    struct model *m;
    struct ratings *r;
    struct recommender *rec;
};

/* Make the recommender of a catalog, a model and ratings that are there. */
void asked_open(struct asked *w);

void asked_close(struct asked *w);

/* The answers of a question. */
struct asked_heard {
    size_t n_users;
    uint32_t user[ASKED_MOST];
    size_t n[ASKED_MOST];
    struct recommendation list[ASKED_MOST][ASKED_MOST];
    size_t stop_after; /* users; 0: never */
};

/* A recommend_fn whose `arg` is a struct asked_heard; it stops with ERR_IO "enough". */
enum err_code asked_hear(void *arg, uint32_t user, const struct recommendation *list,
                         size_t n, struct err *err);

/* Ask for the users; the answers are there until the next question. The pool may be
 * NULL. */
const struct asked_heard *asked_users(const struct asked *w, const uint32_t *user,
                                      size_t n_users, const struct recommend_query *q,
                                      struct pool *team);

#endif

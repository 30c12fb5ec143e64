/* users_rows.c - what the users' panel lists: recommended films, or held-out ratings.
 */
#include "config.h"

#include "src/base/mem.h"
#include "ui/tui/users_panel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum err_code
users_take_model(struct users_panel *p, const struct shown *s, struct err *err)
{
    struct users_query q = { .sort = USERS_BY_RATINGS };
    struct users fresh = { .n = 0 };
    struct users_liking *liking = mem_new(s->catalog->genre.n + 1, sizeof(*liking));
    enum err_code rc;

    if (liking == NULL)
        return err_nomem(err, s->catalog->genre.n * sizeof(*liking), "genres");
    rc = users_list(&fresh, s->model, s->ratings, &q, err);
    if (rc != ERR_OK) {
        mem_free(liking);
        return rc;
    }
    users_done(&p->activity);
    p->activity = fresh;
    mem_free(p->liking);
    p->liking = liking;
    if (p->user > s->model->n_users || p->user == 0)
        p->user = fresh.n > 0 ? fresh.row[0] : 0;
    return ERR_OK;
}

static void
find_place(struct users_panel *p)
{
    for (p->place = 0; p->place + 1 < p->activity.n; p->place++)
        if (p->activity.row[p->place] == p->user)
            return;
}

/* Where a film stood in the rows before, or n. */
static size_t
place_before(const struct user_row *old, size_t n, uint32_t film)
{
    size_t i = 0;

    while (i < n && old[i].film != film)
        i++;
    return i;
}

struct taking {
    struct users_panel *p;
    const struct shown *s;
    struct user_row *old; /* (n_old) of the same user and question, or none */
    size_t n_old;
};

static enum err_code
take_list(void *arg, uint32_t user, const struct recommendation *list, size_t n,
          struct err *err)
{
    struct taking *t = arg;

    (void)err;
    t->p->n = n;
    for (size_t i = 0; i < n; i++) {
        size_t before = place_before(t->old, t->n_old, list[i].row);

        t->p->row[i] = (struct user_row){
            .film = list[i].row,
            .given = NAN,
            .predicted = list[i].rating,
            .rose = before < t->n_old ? (int)before - (int)i : 0,
            .seen = list[i].seen,
        };
        why_short(t->p->row[i].why, t->s, user, list[i].row);
    }
    return ERR_OK;
}

static enum err_code
find_recommended(struct users_panel *p, const struct shown *s, bool same_question,
                 struct err *err)
{
    struct user_row *old = mem_new(USERS_WANTED, sizeof(*old));
    struct taking t = { p, s, old, same_question ? p->n : 0 };
    enum err_code rc;

    if (old == NULL)
        return err_nomem(err, USERS_WANTED * sizeof(*old), "a list");
    memcpy(old, p->row, sizeof(p->row));
    p->request.query.limit = USERS_WANTED;
    rc = request_find(&p->request, s->recommender, s->catalog, s->model, p->user,
                      take_list, &t, err);
    mem_free(old);
    return rc;
}

/* The worst predictions first: they tell most. */
static int
compare_misses(const void *a, const void *b)
{
    const struct users_held_out *x = a, *y = b;
    double dx = fabs(x->given - x->predicted), dy = fabs(y->given - y->predicted);

    return (dx < dy) - (dx > dy);
}

/* Points for the picture: of many, evenly some. */
static void
take_points(struct users_panel *p, const struct users_held_out *one, size_t n)
{
    size_t every = n / USERS_POINTS + 1;

    p->n_points = 0;
    for (size_t i = 0; i < n; i += every) {
        p->predicted[p->n_points] = one[i].predicted;
        p->given[p->n_points++] = one[i].given;
    }
}

static enum err_code
find_held_out(struct users_panel *p, const struct shown *s, bool into_rows,
              struct err *err)
{
    uint64_t all = users_n_ratings(s->ratings, p->user);
    struct users_held_out *one = mem_new((size_t)all + 1, sizeof(*one));
    size_t n;

    if (one == NULL)
        return err_nomem(err, all * sizeof(*one), "ratings");
    n = users_held_out(one, s->model, s->ratings, p->user);
    p->rmse = users_rmse(s->model, s->ratings, p->user, p->user, &p->n_rmse);
    take_points(p, one, n);
    if (into_rows) {
        qsort(one, n, sizeof(*one), compare_misses);
        p->n = n < USERS_WANTED ? n : USERS_WANTED;
        for (size_t i = 0; i < p->n; i++)
            p->row[i] = (struct user_row){ .film = one[i].row,
                                           .given = one[i].given,
                                           .predicted = one[i].predicted };
    }
    mem_free(one);
    return ERR_OK;
}

enum err_code
users_find_rows(struct users_panel *p, const struct shown *s, bool same_question,
                struct err *err)
{
    enum err_code rc;

    find_place(p);
    p->n_liking = users_likings(p->liking, s->catalog, s->ratings, p->user);
    p->why_film = 0;
    rc = find_held_out(p, s, p->held_out, err);
    if (rc == ERR_OK && !p->held_out)
        rc = find_recommended(p, s, same_question, err);
    return rc;
}

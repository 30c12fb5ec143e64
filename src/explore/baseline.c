/*
 * baseline.c - means and ridge biases; see baseline.h.
 *
 * Users are shared out in PARTS of about as many ratings each; a part adds up what is
 * left for the films in sums of its own, and these are added in the order of the parts,
 * so that the result is the same for any number of threads.
 */
#include "config.h"

#include "src/explore/baseline.h"

#include "src/base/mem.h"

#include <math.h>
#include <string.h>

#define SWEEPS_MAX 10000
#define STILL      1e-7 /* stars */
#define PARTS      8

/* Work of one part of the users. */
struct part {
    uint32_t first, end; /* users */
    double *sum;         /* (n + 1) of r - μ - b_u for each film; owned by the whole */
    double moved;        /* the farthest that a user's bias moved */
};

struct fitting {
    struct baseline *b;
    const struct ratings *r;
    struct part part[PARTS];
    double *sums;     /* (PARTS, n + 1) owned */
    uint32_t *count;  /* (n + 1) owned: training ratings of each film */
    atomic_uint next; /* part to be taken */
};

static void
count_means(struct fitting *f)
{
    const struct ratings *r = f->r;
    struct baseline *b = f->b;
    double sum = 0;

    for (size_t at = 0; at < r->n; at++)
        if (!ratings_held_out(r, at)) {
            sum += (double)ratings_stars(r, at);
            b->item_mean[ratings_item(r, at)] += (double)ratings_stars(r, at);
            f->count[ratings_item(r, at)]++;
        }
    b->mean = sum / (double)ratings_n_train(r);
    for (uint32_t i = 0; i <= r->n_items; i++)
        b->item_mean[i] = f->count[i] > 0 ? b->item_mean[i] / f->count[i] : b->mean;
}

/* Share the users out: those whose ratings begin in the i-th of PARTS equal ranges. */
static void
share_out(struct fitting *f)
{
    const struct ratings *r = f->r;
    uint32_t u = 0;

    for (unsigned i = 0; i < PARTS; i++) {
        f->part[i].first = u;
        while (u <= r->n_users &&
               (i + 1 == PARTS || r->start[u] < r->n * (i + 1) / PARTS))
            u++;
        f->part[i].end = u;
        f->part[i].sum = f->sums + i * ((size_t)r->n_items + 1);
    }
}

/* The user's best bias for the films' biases; what is left of his ratings goes into the
 * films' sums. Returns how far his bias moved. */
static double
solve_user(const struct fitting *f, uint32_t user, double *film_sum)
{
    const struct ratings *r = f->r;
    struct baseline *b = f->b;
    const double old = b->user_bias[user];
    double sum = 0, n = 0;

    for (uint64_t at = r->start[user]; at < r->start[user + 1]; at++)
        if (!ratings_held_out(r, at)) {
            sum += (double)ratings_stars(r, at) - b->mean -
                   b->item_bias[ratings_item(r, at)];
            n++;
        }
    b->user_bias[user] = sum / (BASELINE_RIDGE + n);
    for (uint64_t at = r->start[user]; at < r->start[user + 1]; at++)
        if (!ratings_held_out(r, at))
            film_sum[ratings_item(r, at)] +=
                (double)ratings_stars(r, at) - b->mean - b->user_bias[user];
    return fabs(b->user_bias[user] - old);
}

/* A pool_fn: the users' half of a sweep. */
static void
solve_users(void *arg, unsigned id, unsigned n)
{
    struct fitting *f = arg;
    unsigned i;

    (void)id;
    (void)n;
    while ((i = atomic_fetch_add(&f->next, 1)) < PARTS) {
        struct part *p = &f->part[i];

        memset(p->sum, 0, ((size_t)f->r->n_items + 1) * sizeof(*p->sum));
        p->moved = 0;
        for (uint32_t u = p->first; u < p->end; u++)
            p->moved = fmax(p->moved, solve_user(f, u, p->sum));
    }
}

/* One turn of all users and all films; the farthest that a bias moved. */
static double
sweep(struct fitting *f, struct pool *pool)
{
    double moved = 0;

    atomic_store(&f->next, 0);
    pool_run(pool, solve_users, f);
    for (unsigned p = 0; p < PARTS; p++)
        moved = fmax(moved, f->part[p].moved);
    for (uint32_t i = 0; i <= f->r->n_items; i++) {
        double sum = 0, now;

        for (unsigned p = 0; p < PARTS; p++)
            sum += f->part[p].sum[i];
        now = sum / (BASELINE_RIDGE + f->count[i]);
        moved = fmax(moved, fabs(now - f->b->item_bias[i]));
        f->b->item_bias[i] = now;
    }
    return moved;
}

static enum err_code
fit(struct fitting *f, struct pool *pool, const atomic_bool *cancel, struct err *err)
{
    count_means(f);
    share_out(f);
    while (f->b->n_sweeps < SWEEPS_MAX && sweep(f, pool) > STILL) {
        if (cancel != NULL && atomic_load_explicit(cancel, memory_order_relaxed))
            return err_set(err, ERR_STATE, "the fit of biases was stopped");
        f->b->n_sweeps++;
    }
    return ERR_OK;
}

enum err_code
baseline_fit(struct baseline *ret, const struct ratings *r, struct pool *pool,
             const atomic_bool *cancel, struct err *err)
{
    const size_t m = (size_t)r->n_users + 1, n = (size_t)r->n_items + 1;
    struct baseline b = {
        .item_mean = mem_new(n, sizeof(*b.item_mean)),
        .user_bias = mem_new(m, sizeof(*b.user_bias)),
        .item_bias = mem_new(n, sizeof(*b.item_bias)),
    };
    struct fitting f = {
        .b = &b,
        .r = r,
        .sums = mem_new(PARTS * n, sizeof(*f.sums)),
        .count = mem_new(n, sizeof(*f.count)),
    };
    enum err_code rc;

    if (b.item_mean == NULL || b.user_bias == NULL || b.item_bias == NULL ||
        f.sums == NULL || f.count == NULL)
        rc = err_nomem(err, (m + (PARTS + 3) * n) * sizeof(double), "baselines");
    else
        rc = fit(&f, pool, cancel, err);
    mem_free(f.sums);
    mem_free(f.count);
    if (rc == ERR_OK)
        *ret = b;
    else
        baseline_done(&b);
    return rc;
}

void
baseline_done(struct baseline *b)
{
    mem_free(b->item_mean);
    mem_free(b->user_bias);
    mem_free(b->item_bias);
    *b = (struct baseline){ 0 };
}

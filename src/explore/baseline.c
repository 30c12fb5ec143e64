/* baseline.c - means and ridge biases; see baseline.h. */
#include "config.h"

#include "src/explore/baseline.h"

#include "src/base/mem.h"

#include <math.h>
#include <string.h>

#define SWEEPS_MAX 10000
#define STILL      1e-7 /* stars */

/* What a sweep adds up for each film. */
struct sums {
    double *sum;     /* (n + 1) of r - μ - b_u, or of r */
    uint32_t *count; /* (n + 1) training ratings */
};

static void
count_means(struct baseline *b, const struct ratings *r, struct sums *s)
{
    double sum = 0;

    for (size_t at = 0; at < r->n; at++)
        if (!ratings_held_out(r, at)) {
            sum += (double)ratings_stars(r, at);
            s->sum[ratings_item(r, at)] += (double)ratings_stars(r, at);
            s->count[ratings_item(r, at)]++;
        }
    b->mean = sum / (double)ratings_n_train(r);
    for (uint32_t i = 0; i <= r->n_items; i++)
        b->item_mean[i] = s->count[i] > 0 ? s->sum[i] / s->count[i] : b->mean;
}

/* The user's best bias for the films' biases; what is left of his ratings goes into the
 * films' sums. Returns how far his bias moved. */
static double
solve_user(struct baseline *b, const struct ratings *r, uint32_t user, struct sums *s)
{
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
            s->sum[ratings_item(r, at)] +=
                (double)ratings_stars(r, at) - b->mean - b->user_bias[user];
    return fabs(b->user_bias[user] - old);
}

/* One turn of all users and all films; the farthest that a bias moved. */
static double
sweep(struct baseline *b, const struct ratings *r, struct sums *s)
{
    double moved = 0;

    memset(s->sum, 0, ((size_t)r->n_items + 1) * sizeof(*s->sum));
    for (uint32_t u = 0; u <= r->n_users; u++)
        moved = fmax(moved, solve_user(b, r, u, s));
    for (uint32_t i = 0; i <= r->n_items; i++) {
        const double now = s->sum[i] / (BASELINE_RIDGE + s->count[i]);

        moved = fmax(moved, fabs(now - b->item_bias[i]));
        b->item_bias[i] = now;
    }
    return moved;
}

enum err_code
baseline_fit(struct baseline *ret, const struct ratings *r, struct err *err)
{
    const size_t m = (size_t)r->n_users + 1, n = (size_t)r->n_items + 1;
    struct baseline b = {
        .item_mean = mem_new(n, sizeof(*b.item_mean)),
        .user_bias = mem_new(m, sizeof(*b.user_bias)),
        .item_bias = mem_new(n, sizeof(*b.item_bias)),
    };
    struct sums s = { mem_new(n, sizeof(*s.sum)), mem_new(n, sizeof(*s.count)) };
    const bool ready = b.item_mean != NULL && b.user_bias != NULL &&
                       b.item_bias != NULL && s.sum != NULL && s.count != NULL;

    if (ready) {
        count_means(&b, r, &s);
        while (b.n_sweeps < SWEEPS_MAX && sweep(&b, r, &s) > STILL)
            b.n_sweeps++;
    }
    mem_free(s.sum);
    mem_free(s.count);
    if (!ready) {
        baseline_done(&b);
        return err_nomem(err, (m + 4 * n) * sizeof(double), "baselines");
    }
    *ret = b;
    return ERR_OK;
}

void
baseline_done(struct baseline *b)
{
    mem_free(b->item_mean);
    mem_free(b->user_bias);
    mem_free(b->item_bias);
    *b = (struct baseline){ 0 };
}

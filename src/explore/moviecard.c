/* moviecard.c - one film in a few numbers; see moviecard.h. */
#include "config.h"

#include "src/explore/moviecard.h"

#include "src/explore/rank.h"

#include <assert.h>
#include <math.h>

static void
find_rank(struct moviecard *card, const struct model *m, const struct catalog *c,
          uint32_t film)
{
    for (uint32_t i = 1; i <= c->n_items; i++) {
        if (c->count[i] == 0)
            continue;
        card->n_ranked++;
        card->rank += i == film || m->bi[i] > m->bi[film] ||
                      (m->bi[i] == m->bi[film] && rank_compare_titles(c, i, film) < 0);
    }
    if (c->count[film] == 0)
        card->rank = 0;
}

/* What the mean user would give. */
static void
ask_mean_user(struct moviecard *card, const struct model *m, const struct centre *mean,
              uint32_t film)
{
    const float *row = m->I + (size_t)film * m->k;
    double logit = mean->user_bias;

    for (unsigned f = 0; f < m->k; f++)
        logit += mean->user[f] * (double)row[f];
    card->without_bias = model_rating(m, logit);
    card->with_bias = model_rating(m, logit + (double)m->bi[film]);
}

/* Users who rated it; one who did so twice counts once. */
static uint32_t
count_users(const struct ratings *r, uint32_t film)
{
    uint32_t n = 0;

    for (uint32_t u = 1; u <= r->n_users; u++)
        for (uint64_t at = r->start[u]; at < r->start[u + 1]; at++)
            if (ratings_item(r, at) == film) {
                n++;
                break;
            }
    return n;
}

static void
find_factors(struct moviecard *card, const struct model *m, const struct directions *d,
             uint32_t film)
{
    for (unsigned i = 0; i < d->k && i < MOVIECARD_LEADING; i++) {
        const double value = directions_value(d, m, film, i);

        if (d->of[i].match.clear && d->of[i].sd > 0)
            card->factor[card->n_factors++] =
                (struct moviecard_factor){ i, value, value / d->of[i].sd };
    }
}

/* All but who rated it. */
static struct moviecard
ask_model(const struct model *m, const struct catalog *c, const struct directions *d,
          uint32_t film)
{
    struct moviecard card = { .seen_by = NAN };

    assert(d->kind == DIRECTIONS_PCA);
    find_rank(&card, m, c, film);
    ask_mean_user(&card, m, d->about, film);
    find_factors(&card, m, d, film);
    return card;
}

void
moviecard_make(struct moviecard *ret, const struct model *m, const struct catalog *c,
               const struct ratings *r, const struct directions *d, uint32_t film)
{
    struct moviecard card = ask_model(m, c, d, film);

    if (r != NULL) {
        const struct summary_part part = { 0, r->n, film };

        card.seen_by = (double)count_users(r, film) / r->n_users;
        card.n_bars = summary_histogram_of(r, &part, card.bar, MOVIECARD_BARS);
    }
    *ret = card;
}

void
moviecard_make_counted(struct moviecard *ret, const struct model *m,
                       const struct catalog *c, const struct audience *a,
                       const struct directions *d, uint32_t film)
{
    struct moviecard card = ask_model(m, c, d, film);

    if (a != NULL) {
        card.seen_by = audience_share(a, film);
        card.n_bars = audience_histogram(a, film, card.bar);
    }
    *ret = card;
}

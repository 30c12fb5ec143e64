/* filmcard.c - the card of one film; see filmcard.h. */
#include "config.h"

#include "ui/tui/filmcard.h"

#include "src/base/mem.h"
#include "ui/cli/number.h"
#include "ui/draw/chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- making
 * -------------------------------------------------------------------------- */

/* How far each of the nearest films has come up since the list before, of one film. */
static void
find_risen(struct filmcard *f, const struct similar *old, size_t n_old)
{
    for (size_t i = 0; i < f->n_near; i++) {
        f->rose[i] = 0;
        for (size_t k = 0; k < n_old; k++)
            if (old[k].row == f->near[i].row)
                f->rose[i] = (int)k - (int)i;
    }
}

enum err_code
filmcard_update(struct filmcard *f, const struct shown *s, uint32_t film,
                struct err *err)
{
    struct similar_query q = { .limit = FILMCARD_SIMILAR, .min_ratings = 1 };
    struct similar old[FILMCARD_SIMILAR], *near;
    size_t n_old = f->film == film ? f->n_near : 0, n;
    enum err_code rc;

    if (film == 0 || (f->film == film && f->version == s->version))
        return ERR_OK;
    memcpy(old, f->near, sizeof(old));
    rc = similar_films(&near, &n, s->similar, s->catalog, film, &q, err);
    if (rc != ERR_OK)
        return rc;
    memcpy(f->near, near, n * sizeof(*near));
    mem_free(near);
    f->n_near = n;
    f->film = film;
    f->version = s->version;
    moviecard_make(&f->card, s->model, s->catalog, s->ratings, &s->directions, film);
    find_risen(f, old, n_old);
    return ERR_OK;
}

/* ---- drawing
 * ------------------------------------------------------------------------- */

/* What its bias does: the sentence that the panel is about. */
static void
draw_bias(const struct filmcard *f, const struct shown *s, const struct canvas *cv,
          int y)
{
    const struct moviecard *c = &f->card;
    double bias = (double)s->model->bi[f->film];
    char rank[NUMBER_MAX], all[NUMBER_MAX];
    int x = 1 + canvas_text(cv, 1, y, 12, STYLE_DIM, "bias");

    x += canvas_printf(cv, x, y, bias >= 0 ? STYLE_GOOD : STYLE_BAD, " %+.3f", bias);
    number_grouped(rank, c->rank);
    number_grouped(all, c->n_ranked);
    if (c->rank > 0)
        x += canvas_printf(cv, x, y, STYLE_TEXT, "  no. %s of %s", rank, all);
    if (!isnan(c->with_bias))
        canvas_printf(cv, x, y, STYLE_DIM,
                      ": the mean user gives %.2f, for its taste alone %.2f",
                      c->with_bias, c->without_bias);
}

/* Stars as a small histogram, and who rated it. */
static void
draw_stars(const struct filmcard *f, const struct shown *s, const struct canvas *cv,
           int y)
{
    double part[MOVIECARD_BARS], most = 0;
    char n[NUMBER_MAX];
    int x = 1 + canvas_text(cv, 1, y, 12, STYLE_DIM, "stars ");

    for (size_t i = 0; i < f->card.n_bars; i++)
        most = fmax(most, (double)f->card.bar[i].count);
    for (size_t i = 0; i < f->card.n_bars; i++)
        part[i] = (double)f->card.bar[i].count / most;
    chart_spark(cv, x, y, STYLE_A, part, f->card.n_bars);
    x += (int)f->card.n_bars;
    number_grouped(n, s->catalog->count[f->film]);
    if (f->card.n_bars > 0)
        x += canvas_printf(cv, x, y, STYLE_DIM, " %g to %g ", f->card.bar[0].rating,
                           f->card.bar[f->card.n_bars - 1].rating);
    if (!isnan(s->catalog->mean[f->film]))
        x += canvas_printf(cv, x, y, STYLE_TEXT, "  mean %.2f of %s ratings",
                           (double)s->catalog->mean[f->film], n);
    if (!isnan(f->card.seen_by))
        canvas_printf(cv, x, y, STYLE_TEXT, ", by %.1f %% of all users",
                      100 * f->card.seen_by);
}

/* Where it lies along the directions that have a name. */
static void
draw_taste(const struct filmcard *f, const struct shown *s, const struct canvas *cv,
           int y)
{
    int x = 1 + canvas_text(cv, 1, y, 12, STYLE_DIM, "taste ");

    for (size_t i = 0; i < f->card.n_factors; i++) {
        const struct moviecard_factor *factor = &f->card.factor[i];
        const char *name = directions_name(&s->directions, factor->direction);
        int cells = (int)fmin(fabs(factor->in_sd) * 2 + .5, 6);

        if (x + (int)strlen(name) + 8 + cells > cv->w)
            return;
        x += canvas_text(cv, x, y, cv->w - x, STYLE_TEXT, name) + 1;
        x += canvas_printf(cv, x, y, STYLE_DIM, "%+.1f ", factor->in_sd);
        canvas_bar(cv, x, y, cells, factor->in_sd >= 0 ? STYLE_GOOD : STYLE_BAD, 1);
        x += cells + 2;
    }
    if (f->card.n_factors == 0)
        canvas_text(cv, x, y, cv->w - x, STYLE_DIM,
                    "no direction of taste has a clear name");
}

/* One of the nearest films, in a column of the card. */
static void
draw_near(const struct filmcard *f, const struct shown *s, size_t i, bool marked,
          const struct canvas *cv, struct rect at)
{
    const struct similar *near = &f->near[i];
    char n[NUMBER_MAX];
    int x = at.x;

    x += canvas_printf(cv, x, at.y, STYLE_ACCENT, "%.2f ", near->cosine);
    if (f->rose[i] != 0)
        x +=
            canvas_printf(cv, x, at.y, f->rose[i] > 0 ? STYLE_GOOD : STYLE_BAD, "%s%d ",
                          f->rose[i] > 0 ? (cv->utf8 ? "▲" : "+")
                          : cv->utf8     ? "▼"
                                         : "-",
                          f->rose[i] > 0 ? f->rose[i] : -f->rose[i]);
    number_grouped(n, s->catalog->count[near->row]);
    canvas_text(cv, x, at.y, at.x + at.w - x - 9, STYLE_TEXT,
                strtab_get(&s->catalog->title, near->row));
    canvas_text_right(cv, at.x + at.w - 8, at.y, 7, STYLE_DIM, n);
    if (marked)
        canvas_select(cv, at);
}

void
filmcard_draw(const struct filmcard *f, const struct shown *s, size_t marked,
              const struct canvas *cv)
{
    int columns = cv->w >= 72 ? 2 : 1, wide = cv->w / columns;
    size_t lines = cv->h > FILMCARD_HEAD ? (size_t)(cv->h - FILMCARD_HEAD) : 0;

    if (f->film == 0)
        return;
    canvas_rule(cv, 0, strtab_get(&s->catalog->title, f->film));
    draw_bias(f, s, cv, 1);
    draw_stars(f, s, cv, 2);
    draw_taste(f, s, cv, 3);
    for (size_t i = 0; i < f->n_near && i < lines * (size_t)columns; i++)
        draw_near(f, s, i, i == marked, cv,
                  (struct rect){ 1 + (int)(i / lines) * wide,
                                 FILMCARD_HEAD + (int)(i % lines), wide - 2, 1 });
}

/* filmcard.c - the card of one film; see filmcard.h. */
#include "config.h"

#include "ui/tui/filmcard.h"

#include "src/base/mem.h"
#include "ui/cli/number.h"
#include "ui/draw/chart.h"
#include "ui/tui/action.h"
#include "ui/tui/naming.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TELLING    .3 /* standard deviations from the middle that are worth a word */
#define HEAD_CELLS 70 /* where there is room to say by what films are near */

static const uint32_t floors[] = { SIMILAR_MIN_RATINGS, 100, 1000, 1 };

#define N_FLOORS (sizeof(floors) / sizeof(floors[0]))

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
    struct similar_query q = { .limit = FILMCARD_SIMILAR,
                               .min_ratings = floors[f->floor] };
    struct similar old[FILMCARD_SIMILAR], *near;
    size_t n_old = f->film == film ? f->n_near : 0, n;
    enum err_code rc;

    if (film == 0 || (f->film == film && f->version == s->version))
        return ERR_OK;
    memcpy(old, f->near, sizeof(old));
    rc = similar_films(&near, &n, s->similar, s->catalog, film, &q, err);
    if (rc != ERR_OK)
        return rc;
    f->flat = n > 0 && isnan(near[0].cosine);
    if (f->flat)
        n = 0;
    memcpy(f->near, near, n * sizeof(*near));
    mem_free(near);
    f->n_near = n;
    f->film = film;
    f->version = s->version;
    moviecard_make_counted(&f->card, s->model, s->catalog, s->audience, &s->directions,
                           film);
    find_risen(f, old, n_old);
    return ERR_OK;
}

void
filmcard_next_floor(struct filmcard *f)
{
    f->floor = (f->floor + 1) % N_FLOORS;
    f->film = 0;
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
    int x = 1 + canvas_text(cv, 1, y, 12, STYLE_DIM, "bias  ");

    x += canvas_printf(cv, x, y, bias >= 0 ? STYLE_GOOD : STYLE_BAD, "%+.3f", bias);
    number_grouped(rank, c->rank);
    number_grouped(all, c->n_ranked);
    if (c->rank > 0)
        x += canvas_whole(cv, x, y, STYLE_TEXT, ", no. %s of %s", rank, all);
    if (!isnan(c->with_bias))
        canvas_whole(cv, x, y, STYLE_DIM, ": the mean user gives %.2f, without it %.2f",
                     c->with_bias, c->without_bias);
}

/* Stars as a small histogram, and who rated it. */
static void
draw_stars(const struct filmcard *f, const struct shown *s, const struct canvas *cv,
           int y)
{
    const struct moviecard *c = &f->card;
    double part[MOVIECARD_BARS], most = 0;
    char n[NUMBER_MAX];
    int x = 1 + canvas_text(cv, 1, y, 12, STYLE_DIM, "stars ");

    if (c->n_bars == 0)
        return;
    for (size_t i = 0; i < c->n_bars; i++)
        most = fmax(most, (double)c->bar[i].count);
    for (size_t i = 0; i < c->n_bars; i++)
        part[i] = (double)c->bar[i].count / most;
    x += canvas_printf(cv, x, y, STYLE_DIM, "%g ", c->bar[0].rating);
    chart_spark(cv, x, y, STYLE_A, part, c->n_bars);
    x += (int)c->n_bars;
    x += canvas_printf(cv, x, y, STYLE_DIM, " %g", c->bar[c->n_bars - 1].rating);
    number_grouped(n, s->catalog->count[f->film]);
    if (!isnan(s->catalog->mean[f->film]))
        x += canvas_whole(cv, x, y, STYLE_TEXT, "   mean %.2f of %s rating%s",
                          (double)s->catalog->mean[f->film], n,
                          s->catalog->count[f->film] == 1 ? "" : "s");
    if (!isnan(c->seen_by))
        canvas_whole(cv, x, y, STYLE_TEXT, ", by %.*f %% of the users", c->seen_by < .1,
                     100 * c->seen_by);
}

/* Where it lies along the directions that have a name: those that tell something. */
static void
draw_taste(const struct filmcard *f, const struct shown *s, const struct canvas *cv,
           int y)
{
    int x = 1 + canvas_text(cv, 1, y, 12, STYLE_DIM, "taste ");
    bool any = false;

    for (size_t i = 0; i < f->card.n_factors; i++) {
        const struct moviecard_factor *factor = &f->card.factor[i];
        const char *name = directions_name(&s->directions, factor->direction);
        int cells = (int)fmin(fabs(factor->in_sd) * 2 + .5, 6);

        if (fabs(factor->in_sd) < TELLING ||
            x + (int)strlen(name) + 8 + cells > cv->w - 1)
            continue;
        x += canvas_text(cv, x, y, cv->w - x, STYLE_TEXT, name) + 1;
        x += canvas_printf(cv, x, y, STYLE_DIM, "%+.1f ", factor->in_sd);
        canvas_bar(cv, x, y, cells, factor->in_sd >= 0 ? STYLE_GOOD : STYLE_BAD, 1);
        x += cells + 2;
        any = true;
    }
    if (!any)
        canvas_text(cv, x, y, cv->w - x, STYLE_DIM,
                    "in the middle of every direction that has a name");
    else if (cv->w - x >= 40)
        canvas_text(cv, x, y, cv->w - x, STYLE_DIM,
                    "in standard deviations of all films");
}

/* ---- the nearest films ------------------------------------------------------------
 */

/* Where the i-th of them is drawn; in two columns where there is room. */
static struct rect
place_near(const struct canvas *cv, size_t i)
{
    int columns = cv->w >= 72 ? 2 : 1, wide = cv->w / columns;
    int lines = cv->h > FILMCARD_HEAD ? cv->h - FILMCARD_HEAD : 0;

    if (lines == 0 || (int)i >= lines * columns)
        return (struct rect){ 0, 0, 0, 0 };
    return (struct rect){ 1 + (int)i / lines * wide, FILMCARD_HEAD + (int)i % lines,
                          wide - 2, 1 };
}

size_t
filmcard_at(const struct filmcard *f, const struct canvas *cv, int x, int y)
{
    for (size_t i = 0; i < f->n_near; i++) {
        struct rect at = place_near(cv, i);

        if (at.w > 0 && y == at.y && x >= at.x && x < at.x + at.w)
            return i;
    }
    return f->n_near;
}

static bool
any_has_moved(const struct filmcard *f)
{
    for (size_t i = 0; i < f->n_near; i++)
        if (f->rose[i] != 0)
            return true;
    return false;
}

static void
draw_near(const struct filmcard *f, const struct shown *s, size_t i, bool marked,
          const struct canvas *cv, struct rect at)
{
    const struct similar *near = &f->near[i];
    const struct catalog *c = s->catalog;
    char n[NUMBER_MAX], name[NAMING_MAX];
    int x = at.x + 5, end = at.x + at.w;

    canvas_printf(cv, at.x - 1, at.y, STYLE_ACCENT, "%5.2f", near->cosine);
    if (any_has_moved(f)) {
        canvas_text(cv, x, at.y, 3, f->rose[i] > 0 ? STYLE_GOOD : STYLE_BAD,
                    naming_rise(name, f->rose[i], cv->utf8));
        x += 4;
    }
    number_grouped(n, c->count[near->row]);
    x += canvas_text(cv, x, at.y, end - x - 14, STYLE_TEXT,
                     naming_film(name, c, near->row));
    if (c->year[near->row] != 0)
        canvas_printf(cv, x + 1, at.y, STYLE_DIM, "%d", c->year[near->row]);
    canvas_text_right(cv, end - 8, at.y, 7, STYLE_DIM, n);
    if (marked)
        canvas_select(cv, at);
}

/* Which films are near, by what, and the key that changes it. */
static void
draw_near_head(const struct filmcard *f, const struct canvas *cv)
{
    struct canvas line =
        canvas_part(cv, (struct rect){ 0, FILMCARD_HEAD - 1, cv->w, 1 });
    uint32_t floor = floors[f->floor];
    char n[NUMBER_MAX], key[INPUT_NAME_MAX] = "";
    struct input in;
    int x = 1 + canvas_text(&line, 1, 0, cv->w, STYLE_HEAD, "nearest");

    if (f->flat) {
        canvas_text(&line, x, 0, cv->w - x, STYLE_DIM,
                    " none: this film's factors are all 0");
        return;
    }
    number_grouped(n, floor);
    if (f->n_near > 0 && cv->w >= HEAD_CELLS)
        x += canvas_text(&line, x, 0, cv->w, STYLE_DIM, " by cosine,");
    x += canvas_printf(&line, x, 0, STYLE_DIM, " %s %s rating%s or more",
                       f->n_near > 0 ? "of films with" : "none: no other film has", n,
                       floor == 1 ? "" : "s");
    if (action_key(ACTION_FLOOR, 0, &in))
        x += 2 + canvas_whole(&line, x + 2, 0, STYLE_KEY, "%s", input_name(&in, key));
    x += canvas_whole(&line, x, 0, STYLE_DIM, " changes it");
    if (f->n_near > 0 && cv->w - x > 10)
        canvas_text_right(&line, cv->w - 10, 0, 8, STYLE_DIM, "ratings");
}

void
filmcard_draw(const struct filmcard *f, const struct shown *s, size_t marked,
              const struct canvas *cv)
{
    if (f->film == 0)
        return;
    canvas_rule(cv, 0, strtab_get(&s->catalog->title, f->film));
    draw_bias(f, s, cv, 1);
    draw_stars(f, s, cv, 2);
    draw_taste(f, s, cv, 3);
    draw_near_head(f, cv);
    for (size_t i = 0; i < f->n_near; i++)
        if (place_near(cv, i).w > 0)
            draw_near(f, s, i, i == marked, cv, place_near(cv, i));
}

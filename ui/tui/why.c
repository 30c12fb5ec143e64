/* why.c - why a film is recommended; see why.h. */
#include "config.h"

#include "ui/tui/why.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The directions with the largest terms, and the sum of the others. */
static void
find_tastes(struct why *w, const double *taste, unsigned k)
{
    w->n_tastes = 0;
    w->rest = 0;
    for (unsigned d = 0; d < k; d++) {
        size_t at = w->n_tastes;

        while (at > 0 && fabs(taste[d]) > fabs(w->taste[at - 1]))
            at--;
        w->rest += taste[d];
        if (at == WHY_TASTES)
            continue;
        if (w->n_tastes < WHY_TASTES)
            w->n_tastes++;
        for (size_t i = w->n_tastes - 1; i > at; i--) {
            w->taste[i] = w->taste[i - 1];
            w->direction[i] = w->direction[i - 1];
        }
        w->taste[at] = taste[d];
        w->direction[at] = d;
    }
    for (size_t i = 0; i < w->n_tastes; i++)
        w->rest -= w->taste[i];
}

enum err_code
why_find(struct why *ret, const struct shown *s, uint32_t u, uint32_t i,
         struct err *err)
{
    double taste[MODEL_MAX_FACTORS];

    explain_logit(&ret->sum, taste, s->model, &s->directions, u, i);
    find_tastes(ret, taste, s->model->k);
    return explain_neighbours(ret->near, WHY_NEAR, &ret->n_near, s->model, s->catalog,
                              s->ratings, u, i, err);
}

void
why_short(char out[WHY_SHORT_MAX], const struct shown *s, uint32_t u, uint32_t i)
{
    double taste[MODEL_MAX_FACTORS];
    struct why w;
    size_t n;

    explain_logit(&w.sum, taste, s->model, &s->directions, u, i);
    find_tastes(&w, taste, s->model->k);
    n = (size_t)snprintf(out, WHY_SHORT_MAX, "film %+.2f", w.sum.film);
    for (size_t t = 0; t < w.n_tastes && t < 2 && n < WHY_SHORT_MAX; t++)
        n += (size_t)snprintf(out + n, WHY_SHORT_MAX - n, ", %.20s %+.2f",
                              directions_name(&s->directions, w.direction[t]),
                              w.taste[t]);
}

/* "name +.12 " in its colour; the column after it. */
static int
draw_term(const struct canvas *cv, int x, const char *name, double value)
{
    x += canvas_text(cv, x, 0, cv->w - x, STYLE_DIM, name) + 1;
    return x + 2 +
           canvas_printf(cv, x, 0, value >= 0 ? STYLE_GOOD : STYLE_BAD, "%+.2f", value);
}

void
why_draw(const struct why *why, const struct shown *s, const struct canvas *cv)
{
    int x = 1;

    x = draw_term(cv, x, "base", why->sum.base);
    x = draw_term(cv, x, "user", why->sum.user);
    x = draw_term(cv, x, "film", why->sum.film);
    for (size_t t = 0; t < why->n_tastes; t++)
        x = draw_term(cv, x, directions_name(&s->directions, why->direction[t]),
                      why->taste[t]);
    x = draw_term(cv, x, "rest", why->rest);
    canvas_printf(cv, 1, 1, STYLE_TEXT,
                  "= %+.3f, which the sigmoid makes %.2f stars of %g to %g",
                  why->sum.logit, why->sum.rating, (double)s->model->y_lo,
                  (double)s->model->y_hi);
    if (why->n_near == 0)
        return;
    x = 1 + canvas_text(cv, 1, 2, cv->w, STYLE_DIM, "near films rated: ");
    for (size_t i = 0; i < why->n_near && x < cv->w - 12; i++) {
        int room = (cv->w - x) / (int)(why->n_near - i) - 7;

        x += canvas_printf(cv, x, 2, STYLE_ACCENT, "%s%g ", cv->utf8 ? "★" : "*",
                           (double)why->near[i].stars);
        x += canvas_text(cv, x, 2, room, STYLE_TEXT,
                         strtab_get(&s->catalog->title, why->near[i].row)) +
             2;
    }
}

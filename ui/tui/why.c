/* why.c - why a film is recommended; see why.h. */
#include "config.h"

#include "ui/tui/why.h"

#include "ui/tui/naming.h"

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

    ret->film = i;
    explain_logit(&ret->sum, taste, s->model, &s->directions, u, i);
    find_tastes(ret, taste, s->model->k);
    return explain_neighbours(ret->near, WHY_NEAR, &ret->n_near, s->model, s->catalog,
                              s->ratings, u, i, err);
}

void
why_short(char out[WHY_SHORT_MAX], const struct shown *s, uint32_t u, uint32_t i)
{
    double taste[MODEL_MAX_FACTORS];
    char name[NAMING_MAX], term[NAMING_MAX];
    struct why w;
    size_t n;

    explain_logit(&w.sum, taste, s->model, &s->directions, u, i);
    find_tastes(&w, taste, s->model->k);
    n = (size_t)snprintf(out, WHY_SHORT_MAX, "film %s", naming_term(term, w.sum.film));
    for (size_t t = 0; t < w.n_tastes && n < WHY_SHORT_MAX; t++)
        n += (size_t)snprintf(
            out + n, WHY_SHORT_MAX - n, "%s%.20s %.8s", WHY_BETWEEN,
            naming_side(name, &s->directions, s->model, i, w.direction[t]),
            naming_term(term, w.taste[t]));
}

/* ---- drawing -----------------------------------------------------------------------
 */

struct term {
    char name[24];
    double value; /* logit, rounded to what is shown */
};

#define TERMS_MAX (WHY_TASTES + 4)

static double
rounded(double v)
{
    return round(v * 100) / 100;
}

/* The terms, the last one such that they add up. */
static size_t
find_terms(struct term ret[TERMS_MAX], const struct why *why, const struct shown *s)
{
    char name[NAMING_MAX];
    double left = rounded(why->sum.logit);
    size_t n = 0;

    ret[n++] = (struct term){ "base", rounded(why->sum.base) };
    ret[n++] = (struct term){ "user", rounded(why->sum.user) };
    ret[n++] = (struct term){ "film", rounded(why->sum.film) };
    for (size_t t = 0; t < why->n_tastes; t++, n++) {
        naming_side(name, &s->directions, s->model, why->film, why->direction[t]);
        snprintf(ret[n].name, sizeof(ret[n].name), "%.20s", name);
        ret[n].value = rounded(why->taste[t]);
    }
    for (size_t i = 0; i < n; i++)
        left -= ret[i].value;
    ret[n++] = (struct term){ "rest", left };
    return n;
}

/* "= +.79, as stars 3.93 of 0.5 to 5.5" */
static int
draw_sum(const struct why *why, const struct shown *s, const struct canvas *cv, int x,
         int y)
{
    char sum[NAMING_MAX];

    x += canvas_printf(cv, x, y, STYLE_HEAD, "= %s", naming_term(sum, why->sum.logit));
    x += canvas_printf(cv, x, y, STYLE_ACCENT, "  %s %.2f stars", cv->utf8 ? "→" : "->",
                       why->sum.rating);
    if (cv->w - x > 30)
        canvas_printf(cv, x, y, STYLE_DIM, "  (the sigmoid, %g to %g)",
                      (double)s->model->y_lo, (double)s->model->y_hi);
    return y + 1;
}

/* The terms in one line or two; the line after them. */
static int
draw_line(const struct why *why, const struct shown *s, const struct canvas *cv)
{
    struct term term[TERMS_MAX];
    size_t n = find_terms(term, why, s);
    char value[NAMING_MAX];
    int x = 1, y = 0;

    for (size_t i = 0; i < n; i++) {
        int cells;

        naming_term(value, term[i].value);
        cells = (int)strlen(term[i].name) + 1 + (int)strlen(value);
        if (x > 1 && x + cells > cv->w - 1) {
            x = 1;
            y++;
        }
        canvas_text(cv, x, y, cv->w - x, STYLE_DIM, term[i].name);
        canvas_text(cv, x + cells - (int)strlen(value), y, cv->w,
                    term[i].value >= 0 ? STYLE_GOOD : STYLE_BAD, value);
        x += cells + 2;
    }
    if (x + 24 <= cv->w)
        return draw_sum(why, s, cv, x, y);
    return draw_sum(why, s, cv, 1, y + 1);
}

/* A term a line, its bar to the right or left of the middle. */
static int
draw_bars(const struct why *why, const struct shown *s, const struct canvas *cv)
{
    struct term term[TERMS_MAX];
    size_t n = find_terms(term, why, s);
    char value[NAMING_MAX];
    int half = (cv->w - 24) / 2, middle = 22 + half;
    double most = .01;

    for (size_t i = 0; i < n; i++)
        most = fmax(most, fabs(term[i].value));
    for (size_t i = 0; i < n; i++) {
        unsigned style = term[i].value >= 0 ? STYLE_GOOD : STYLE_BAD;
        int cells = (int)lrint(fabs(term[i].value) / most * half), y = (int)i;

        canvas_text(cv, 1, y, 12, STYLE_DIM, term[i].name);
        canvas_text_right(cv, 13, y, 6, style, naming_term(value, term[i].value));
        canvas_bar(cv, term[i].value >= 0 ? middle + 1 : middle - cells, y, cells,
                   style, 1);
        canvas_glyph(cv, middle, y, STYLE_DIM, "│", "|");
    }
    return draw_sum(why, s, cv, 15, (int)n);
}

/* "because of ★5 Kagemusha (.83)": films that the user rated, in columns. */
static void
draw_near(const struct why *why, const struct shown *s, const struct canvas *cv)
{
    int columns = cv->w >= 72 ? 2 : 1, wide = (cv->w - 2) / columns;

    for (size_t i = 0; i < why->n_near && (int)i / columns < cv->h; i++) {
        const struct neighbour *near = &why->near[i];
        int x = 1 + (int)i % columns * wide, y = (int)i / columns, end = x + wide - 2;
        char name[NAMING_MAX];

        x += canvas_printf(cv, x, y, STYLE_ACCENT, "%s%-3g ", cv->utf8 ? "★" : "*",
                           (double)near->stars);
        canvas_text(cv, x, y, end - x - 5, STYLE_TEXT,
                    naming_film(name, s->catalog, near->row));
        snprintf(name, sizeof(name), "%.2f", near->similarity);
        canvas_text_right(cv, end - 4, y, 4, STYLE_DIM, name);
    }
}

void
why_draw(const struct why *why, const struct shown *s, const struct canvas *cv)
{
    bool bars = cv->h >= WHY_TALL && cv->w >= 100;
    int half = bars ? cv->w / 2 : cv->w;
    struct canvas sum = canvas_part(cv, (struct rect){ 0, 0, half, cv->h }), near;
    int y = bars ? draw_bars(why, s, &sum) : draw_line(why, s, &sum);

    if (bars)
        y = 0;
    near = canvas_part(
        cv, (struct rect){ bars ? half : 0, y, cv->w - (bars ? half : 0), cv->h - y });
    if (why->n_near > 0 && near.h > 2) {
        canvas_text(&near, 1, 0, near.w, STYLE_DIM,
                    "nearest of what this user rated: stars given, cosine");
        near = canvas_part(&near, (struct rect){ 0, 1, near.w, near.h - 1 });
    }
    draw_near(why, s, &near);
}

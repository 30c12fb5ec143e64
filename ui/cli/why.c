/* why.c - the terms of a film's logit; see why.h. */
#include "config.h"

#include "ui/cli/why.h"

#include "src/base/mem.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { BASE, USER, FILM, TASTES };

#define SHOWN 2    /* tastes that text names */
#define LEAST .005 /* less is +0.00 */

static void
name_terms(struct why *w)
{
    static const char *const fixed[TASTES] = { "base", "user", "film" };

    for (size_t i = 0; i < TASTES; i++)
        snprintf(w->name[i], WHY_NAME_MAX, "%s", fixed[i]);
    for (size_t i = TASTES; i < w->n; i++)
        snprintf(w->name[i], WHY_NAME_MAX, "taste %zu: %s", i - TASTES + 1,
                 directions_name(&w->directions, (unsigned)(i - TASTES)));
}

enum err_code
why_init(struct why *ret, const struct model *m, const struct catalog *c,
         struct err *err)
{
    struct why *w = ret;
    enum err_code rc;

    *w = (struct why){ .n = TASTES + m->k };
    rc = centre_init(&w->about, m, c, CENTRE_FILMS, err);
    if (rc == ERR_OK)
        rc = directions_init(&w->directions, m, c, &w->about, DIRECTIONS_PCA, err);
    if (rc == ERR_OK) {
        w->name = mem_new(w->n, sizeof(*w->name));
        w->value = mem_new(w->n, sizeof(*w->value));
        w->terms = mem_new(w->n, sizeof(*w->terms));
        if (w->name == NULL || w->value == NULL || w->terms == NULL)
            rc = err_nomem(err, w->n * sizeof(*w->terms), "explanations");
    }
    if (rc == ERR_OK)
        name_terms(w);
    else
        why_done(w);
    return rc;
}

void
why_done(struct why *w)
{
    directions_done(&w->directions);
    centre_done(&w->about);
    mem_free(w->name);
    mem_free(w->value);
    mem_free(w->terms);
    *w = (struct why){ 0 };
}

void
why_explain(struct why *w, const struct model *m, uint32_t user, uint32_t row)
{
    struct explanation e;

    w->model = m;
    w->row = row;
    explain_logit(&e, w->value + TASTES, m, &w->directions, user, row);
    w->value[BASE] = e.base;
    w->value[USER] = e.user;
    w->value[FILM] = e.film;
    for (size_t i = 0; i < w->n; i++)
        w->terms[i] = value_term(w->name[i], w->value[i]);
}

/* The taste with the largest term of those that are not in shown[0 … n). */
static size_t
largest(const struct why *w, const size_t *shown, size_t n)
{
    size_t best = 0;

    for (size_t i = TASTES; i < w->n; i++) {
        bool is_shown = false;

        for (size_t j = 0; j < n; j++)
            is_shown |= shown[j] == i;
        if (!is_shown && (best == 0 || fabs(w->value[i]) > fabs(w->value[best])))
            best = i;
    }
    return best;
}

/* Add what taste `term` gave: "taste 1: Drama +0.22", by the side on which the film
 * lies, and without a name that says nothing. */
static size_t
add_taste(const struct why *w, size_t term, char *out, size_t cap)
{
    const unsigned i = (unsigned)(term - TASTES);
    char side[WHY_NAME_MAX];

    directions_side(&w->directions, w->model, w->row, i, side, sizeof(side));
    return (size_t)snprintf(out, cap, ", taste %u%s%s %+.2f", i + 1,
                            side[0] != '\0' ? ": " : "", side, w->value[term]);
}

void
why_text(const struct why *w, char *out, size_t cap)
{
    size_t shown[SHOWN], n = 0;
    size_t used = (size_t)snprintf(out, cap, "film %+.2f", w->value[FILM]);
    double rest = 0;

    for (size_t i = TASTES; i < w->n; i++)
        rest += w->value[i];
    for (; n < SHOWN && n < w->n - TASTES && used < cap; n++) {
        shown[n] = largest(w, shown, n);
        if (fabs(w->value[shown[n]]) < LEAST)
            break;
        used += add_taste(w, shown[n], out + used, cap - used);
        rest -= w->value[shown[n]];
    }
    if (fabs(rest) >= LEAST && used < cap)
        snprintf(out + used, cap - used, ", rest %+.2f", rest);
}

/* userpage_text.c - the card of a user in text; see userpage.h. */
#include "config.h"

#include "ui/cli/bars.h"
#include "ui/cli/number.h"
#include "ui/cli/panes.h"
#include "ui/cli/userpage_impl.h"

#include <math.h>
#include <stdio.h>

#define BAR_CELLS 14
#define ENDS      3 /* genres shown of each end */
#define TASTES    6 /* directions shown */

static void
say_head(struct output *o, const struct userpage *p)
{
    const struct catalog *c = p->r->catalog;
    char id[24], n[NUMBER_MAX], rank[NUMBER_MAX], all[NUMBER_MAX];

    number_grouped(n, (int64_t)p->card.n_ratings);
    number_grouped(rank, p->rank);
    number_grouped(all, c->n_users);
    output_say(o, "User %s: %s rating%s, mean %.2f.", idcol_text(&c->user, p->user, id),
               n, p->card.n_ratings == 1 ? "" : "s", p->card.mean);
    output_say(o, "Bias %+.3f: number %s of %s, the most generous first.",
               (double)p->r->model->bu[p->user], rank, all);
    if (p->n_held_out > 0)
        output_say(o,
                   "On %zu held-out rating%s the model was off by %.2f stars (RMSE).",
                   p->n_held_out, p->n_held_out == 1 ? "" : "s", p->rmse);
}

static void
add_bars(struct pane *pane, const struct output *o, const void *page)
{
    const struct userpage *p = page;
    double most = 1e-9, n_all = (double)p->r->ratings->n;
    const double n_own = (double)p->card.n_ratings;

    for (size_t i = 0; i < p->n_bars; i++)
        most = fmax(most, (double)p->own[i].count / n_own);
    pane_add(pane, "Stars given%16s  everybody", "");
    for (size_t i = p->n_bars; i-- > 0;) {
        const double part = (double)p->own[i].count / n_own;
        char bar[3 * BAR_CELLS + 1];

        bars_draw(bar, sizeof(bar), part / most, BAR_CELLS, output_term(o)->glyphs);
        pane_add(pane, "%4.3g %s %3.0f %% %9.0f %%", p->own[i].rating, bar, 100 * part,
                 100 * (double)p->all[i].count / n_all);
    }
}

static void
add_liking(struct pane *pane, const struct output *o, const struct userpage *p,
           size_t i)
{
    const struct users_liking *l = &p->likes[i];
    char name[PANES_CELL_MAX], n[NUMBER_MAX];

    panes_cell(name, o, strtab_get(&p->r->catalog->genre, l->genre), 16);
    number_grouped(n, l->n);
    pane_add(pane, "%s %+5.2f %9s", name, l->above, n);
}

/* The genres at both ends, each once. */
static void
add_likings(struct pane *pane, const struct output *o, const void *page)
{
    const struct userpage *p = page;
    const size_t n = p->n_likes, high = n < ENDS ? n : ENDS;
    const size_t low = n > 2 * ENDS ? n - ENDS : high;

    pane_add(pane, "Genres           above mean  ratings");
    for (size_t i = 0; i < high; i++)
        add_liking(pane, o, p, i);
    for (size_t i = low; i < n; i++)
        add_liking(pane, o, p, i);
}

static void
add_tastes(struct pane *pane, const struct output *o, const void *page)
{
    const struct userpage *p = page;
    double most = 1e-9;
    unsigned shown = 0;

    for (unsigned i = 0; i < p->d.k && i < USERPAGE_TASTES; i++)
        most = fmax(most, fabs(directions_taste(&p->d, p->r->model, p->user, i)));
    pane_add(pane, "What the model made of this taste");
    for (unsigned i = 0; i < p->d.k && shown < TASTES; i++) {
        const double taste = directions_taste(&p->d, p->r->model, p->user, i);
        char name[PANES_CELL_MAX], number[NUMBER_MAX];

        if (!userpage_is_named(p, i))
            continue;
        snprintf(name, sizeof(name), "%u: %s", i + 1, directions_name(&p->d, i));
        snprintf(number, sizeof(number), "%+6.2f", taste);
        pane_add_bar(pane, o, name, number, fabs(taste) / most);
        shown++;
    }
}

static void
add_favourites(struct pane *pane, const struct output *o, const void *page)
{
    const struct userpage *p = page;

    (void)o;
    pane_add(pane, "Most stars");
    for (size_t i = 0; i < p->card.n_favourites; i++)
        pane_add(pane, "%s", strtab_get(&p->r->catalog->title, p->card.favourite[i]));
}

enum err_code
userpage_print_text(struct output *o, const struct userpage *p, struct err *err)
{
    static pane_fill *const panes[][2] = {
        { add_bars, add_likings },
        { add_tastes, add_favourites },
    };

    say_head(o, p);
    return panes_print(o, panes, sizeof(panes) / sizeof(panes[0]), p, err);
}

/* moviepage.c - a film of a run in text; see moviepage.h. */
#include "config.h"

#include "ui/cli/moviepage.h"

#include "ui/cli/bars.h"
#include "ui/cli/number.h"
#include "ui/cli/panes.h"

#include <math.h>
#include <stdio.h>

#define BAR_CELLS 19
#define TEXT_ROWS 4 /* factors and genres that text shows */
#define FULL_SD   3 /* standard deviations that fill a factor's bar */

/* Join words of a list by ", ". */
static void
join(char *out, size_t cap, const struct strtab *words, const struct listcol *l,
     uint32_t row)
{
    size_t used = 0;

    out[0] = '\0';
    for (uint32_t i = l->start[row]; i < l->start[row + 1] && used < cap; i++)
        used += (size_t)snprintf(out + used, cap - used, "%s%s", used > 0 ? ", " : "",
                                 strtab_get(words, l->value[i]));
}

/* "Tags: a, b, c", as many as a line holds. */
static void
say_tags(struct output *o, const struct moviepage *p)
{
    char line[PANES_WIDTH];
    size_t used = 0;

    for (size_t i = 0; i < p->n_tags; i++) {
        const size_t room = sizeof(line) - used;
        const int n = snprintf(line + used, room, "%s%s",
                               used > 0 ? ", " : "Tags: ", p->tags[i].s);

        if ((size_t)n >= room)
            break;
        used += (size_t)n;
    }
    line[used] = '\0';
    if (used > 0)
        output_say(o, "%s", line);
}

static void
say_head(struct output *o, const struct moviepage *p)
{
    const struct catalog *c = p->r->catalog;
    const struct moviecard *card = &p->card;
    char genres[512], id[24], n[NUMBER_MAX], rank[NUMBER_MAX], all[NUMBER_MAX];
    char seen[64] = "";

    join(genres, sizeof(genres), &c->genre, &c->genre_of, p->film);
    output_say(o, "%s%s%s  id:%s", strtab_get(&c->title, p->film),
               genres[0] != '\0' ? "  " : "", genres, catalog_item_id(c, p->film, id));
    number_grouped(n, c->count[p->film]);
    number_grouped(rank, card->rank);
    number_grouped(all, card->n_ranked);
    if (c->count[p->film] == 0) {
        output_say(o, "Nobody rated it: its bias and factors mean nothing.");
        return;
    }
    if (!isnan(card->seen_by))
        snprintf(seen, sizeof(seen), " by %.3g %% of the users", 100 * card->seen_by);
    output_say(o, "%s rating%s%s, mean %.2f.", n, c->count[p->film] == 1 ? "" : "s",
               seen, (double)c->mean[p->film]);
    output_say(o,
               "Bias %+.3f, number %s of %s: the average user would give it %.2f "
               "stars, and %.2f without the bias.",
               (double)p->r->model->bi[p->film], rank, all, card->with_bias,
               card->without_bias);
    say_tags(o, p);
}

static void
add_bars(struct pane *pane, const struct output *o, const void *page)
{
    const struct moviepage *p = page;
    uint64_t most = 1, all = 0;

    for (size_t i = 0; i < p->card.n_bars; i++) {
        most = p->card.bar[i].count > most ? p->card.bar[i].count : most;
        all += p->card.bar[i].count;
    }
    pane_add(pane, "How people rate it");
    for (size_t i = p->card.n_bars; i-- > 0 && all > 0;) {
        const struct summary_bar *b = &p->card.bar[i];
        char bar[3 * BAR_CELLS + 1], n[NUMBER_MAX];

        bars_draw(bar, sizeof(bar), (double)b->count / (double)most, BAR_CELLS,
                  output_term(o)->glyphs);
        number_grouped(n, (int64_t)b->count);
        pane_add(pane, "%4.3g %s%7s%4.0f %%", b->rating, bar, n,
                 100 * (double)b->count / (double)all);
    }
}

static void
add_near(struct pane *pane, const struct output *o, const void *page)
{
    const struct moviepage *p = page;
    const unsigned width =
        output_term(o)->width != 0 ? output_term(o)->width : PANES_WIDTH;
    const unsigned cells = width > PANES_LEFT + 36 ? width - PANES_LEFT - 15 : 20;
    char title[PANES_CELL_MAX];

    panes_cell(title, o, "Nearest films", cells);
    pane_add(pane, "%s cos. ratings", title);
    for (size_t i = 0; i < p->n_near; i++) {
        const uint32_t row = p->near[i].row;
        char n[NUMBER_MAX];

        number_grouped(n, p->r->catalog->count[row]);
        panes_cell(title, o, strtab_get(&p->r->catalog->title, row), cells);
        pane_add(pane, "%s %4.2f%8s", title, p->near[i].cosine, n);
    }
}

static void
add_factors(struct pane *pane, const struct output *o, const void *page)
{
    const struct moviepage *p = page;

    pane_add(pane, "Its place among the known films");
    for (size_t i = 0; i < p->card.n_factors && i < TEXT_ROWS; i++) {
        const struct moviecard_factor *f = &p->card.factor[i];
        char name[PANES_CELL_MAX], number[NUMBER_MAX];

        snprintf(name, sizeof(name), "%u: %s", f->direction + 1,
                 directions_name(&p->d, f->direction));
        snprintf(number, sizeof(number), "%+5.1f sd", f->in_sd);
        pane_add_bar(pane, o, name, number, fabs(f->in_sd) / FULL_SD);
    }
}

/* The genres at both ends, where the correlation says something. */
static void
add_fans(struct pane *pane, const struct output *o, const void *page)
{
    const struct moviepage *p = page;
    const size_t n = p->n_fans;
    size_t shown = n < TEXT_ROWS ? n : TEXT_ROWS, high = (shown + 1) / 2;

    pane_add(pane, "Liked by those who like, and who don't");
    for (size_t i = 0; i < shown; i++) {
        const struct fans *f = &p->fans[i < high ? i : n - shown + i];
        char number[NUMBER_MAX];

        snprintf(number, sizeof(number), "%+5.2f", f->correlation);
        pane_add_bar(pane, o, strtab_get(&p->r->catalog->genre, f->genre), number,
                     fabs(f->correlation));
    }
}

enum err_code
moviepage_print(struct output *o, const struct moviepage *p, struct err *err)
{
    static pane_fill *const panes[][2] = {
        { add_bars, add_near },
        { add_factors, add_fans },
    };

    say_head(o, p);
    return panes_print(o, panes, sizeof(panes) / sizeof(panes[0]), p, err);
}

/* cmd_movie.c - `mltui movie`: all that a run says of one film, on one page. */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/fans.h"
#include "src/explore/filmfind.h"
#include "src/explore/moviecard.h"
#include "ui/cli/bars.h"
#include "ui/cli/command.h"
#include "ui/cli/near.h"
#include "ui/cli/number.h"
#include "ui/cli/panes.h"
#include "ui/cli/reading.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define BAR_CELLS 19
#define TEXT_ROWS 4 /* factors and genres that text shows */
#define FULL_SD   3 /* standard deviations that fill a factor's bar */

static const struct option options[] = {
    NEAR_OPTIONS("10"),
    { 0 },
};

/* All that is to be shown of a film. */
struct page {
    const struct reading *r; /* borrowed */
    uint32_t film;
    struct moviecard card;
    struct directions d;
    struct centre about;
    struct fans *fans; /* (n_fans) owned */
    size_t n_fans;
    struct value *tags; /* (n_tags) owned: the words that people gave it */
    size_t n_tags;
    struct similar *near; /* (n_near) owned */
    size_t n_near;
};

static void
page_done(struct page *p)
{
    mem_free(p->tags);
    mem_free(p->near);
    mem_free(p->fans);
    directions_done(&p->d);
    centre_done(&p->about);
}

/* The tags that the run keeps of the film. */
static enum err_code
find_tags(struct page *p, struct err *err)
{
    const struct catalog *c = p->r->catalog;
    const uint32_t *start = c->tag_of.start;

    if (start == NULL)
        return ERR_OK;
    p->n_tags = start[p->film + 1] - start[p->film];
    p->tags = mem_new(p->n_tags, sizeof(*p->tags));
    if (p->tags == NULL)
        return err_nomem(err, p->n_tags * sizeof(*p->tags), "a film's tags");
    for (size_t i = 0; i < p->n_tags; i++)
        p->tags[i] =
            value_text(strtab_get(&c->tag, c->tag_of.value[start[p->film] + i]));
    return ERR_OK;
}

static enum err_code
page_make(struct page *p, const struct cli *cli, const struct near *s, struct err *err)
{
    const struct model *m = p->r->model;
    const struct catalog *c = p->r->catalog;
    enum err_code rc = filmfind(&p->film, c, cli->operands[1], err);

    if (rc == ERR_OK)
        rc = centre_init(&p->about, m, c, CENTRE_FILMS, err);
    if (rc == ERR_OK)
        rc = directions_init(&p->d, m, c, &p->about, DIRECTIONS_PCA, err);
    if (rc == ERR_OK) {
        moviecard_make(&p->card, m, c, p->r->ratings, &p->d, p->film);
        p->fans = mem_new(c->genre.n, sizeof(*p->fans));
        if (p->fans == NULL)
            return err_nomem(err, c->genre.n * sizeof(*p->fans), "who likes a film");
        rc = fans_find(p->fans, &p->n_fans, m, c, &p->about, p->film, err);
    }
    if (rc == ERR_OK)
        rc = find_tags(p, err);
    if (rc == ERR_OK)
        rc = near_films(&p->near, &p->n_near, cli, s, p->r, p->film, err);
    return rc;
}

/* ---- JSON and CSV --------------------------------------------------------------- */

static const struct column fields[] = {
    { .key = "rank" },      READING_FILM_COLUMNS,      { .key = "mean" },
    { .key = "bias" },      { .key = "films" },        { .key = "seen_by" },
    { .key = "with_bias" }, { .key = "without_bias" }, { .key = "tags" },
};
static const struct column bar_columns[] = { { .key = "rating" }, { .key = "count" } };
static const struct column near_columns[] = {
    { .key = "item" }, { .key = "title" }, { .key = "similarity" }, { .key = "ratings" }
};
static const struct column factor_columns[] = {
    { .key = "name" }, { .key = "value" }, { .key = "component" }, { .key = "in_sd" }
};
static const struct column fan_columns[] = { { .key = "genre" },
                                             { .key = "correlation" } };

#define N_FIELDS (sizeof(fields) / sizeof(fields[0]))

static void
print_fields(struct output *o, const struct page *p)
{
    const struct moviecard *card = &p->card;
    struct value v[N_FIELDS] = {
        card->rank > 0 ? value_int(card->rank) : value_null(),
    };
    struct value *rest = v + 1 + READING_N_FILM_COLUMNS;

    reading_film(p->r, p->film, v + 1);
    rest[0] = value_f32(p->r->catalog->mean[p->film]);
    rest[1] = value_f32(p->r->model->bi[p->film]);
    rest[2] = value_int(card->n_ranked);
    rest[3] = value_real(card->seen_by);
    rest[4] = value_f32((float)card->with_bias);
    rest[5] = value_f32((float)card->without_bias);
    rest[6] = value_list(p->tags, p->n_tags);
    output_fields(o, fields, N_FIELDS, v);
}

static void
print_data(struct output *o, const struct page *p)
{
    const struct catalog *c = p->r->catalog;

    output_object_begin(o, NULL);
    print_fields(o, p);
    output_table_begin(o, "histogram", bar_columns, 2);
    for (size_t i = 0; i < p->card.n_bars; i++)
        output_row(o,
                   (const struct value[]){ value_f32((float)p->card.bar[i].rating),
                                           value_int((int64_t)p->card.bar[i].count) });
    output_table_end(o);
    output_table_begin(o, "similar", near_columns, 4);
    for (size_t i = 0; i < p->n_near; i++)
        output_row(o, (const struct value[]){
                          value_film_id(c, p->near[i].row),
                          value_text(strtab_get(&c->title, p->near[i].row)),
                          value_f32((float)p->near[i].cosine),
                          value_int(c->count[p->near[i].row]) });
    output_table_end(o);
    output_table_begin(o, "factors", factor_columns, 4);
    for (size_t i = 0; i < p->card.n_factors; i++) {
        const struct moviecard_factor *f = &p->card.factor[i];

        output_row(o, (const struct value[]){
                          value_text(directions_name(&p->d, f->direction)),
                          value_f32((float)f->value), value_int(f->direction + 1),
                          value_f32((float)f->in_sd) });
    }
    output_table_end(o);
    output_table_begin(o, "liked_with", fan_columns, 2);
    for (size_t i = 0; i < p->n_fans; i++)
        output_row(o, (const struct value[]){
                          value_text(strtab_get(&c->genre, p->fans[i].genre)),
                          value_f32((float)p->fans[i].correlation) });
    output_table_end(o);
    output_object_end(o);
}

/* ---- text ----------------------------------------------------------------------- */

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
say_tags(struct output *o, const struct page *p)
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
say_head(struct output *o, const struct page *p)
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
    const struct page *p = page;
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
    const struct page *p = page;
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
    const struct page *p = page;

    pane_add(pane, "Its place among the known films");
    for (size_t i = 0; i < p->card.n_factors && i < TEXT_ROWS; i++) {
        const struct moviecard_factor *f = &p->card.factor[i];
        char number[NUMBER_MAX];

        snprintf(number, sizeof(number), "%+5.1f sd", f->in_sd);
        pane_add_bar(pane, o, directions_name(&p->d, f->direction), number,
                     fabs(f->in_sd) / FULL_SD);
    }
}

/* The genres at both ends, where the correlation says something. */
static void
add_fans(struct pane *pane, const struct output *o, const void *page)
{
    const struct page *p = page;
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

static pane_fill *const panes[][2] = {
    { add_bars, add_near },
    { add_factors, add_fans },
};

static enum err_code
movie_run(struct cli *cli, const void *settings, struct err *err)
{
    const struct near *s = settings;
    struct reading r = { 0 };
    struct page p = { .r = &r };
    enum err_code rc =
        reading_open_filtered(&r, cli, s->data, READING_RATINGS_THERE, s->filter, err);

    if (rc == ERR_OK)
        rc = page_make(&p, cli, s, err);
    if (rc == ERR_OK && output_form(cli->out) == OUTPUT_TEXT) {
        say_head(cli->out, &p);
        rc = panes_print(cli->out, panes, sizeof(panes) / sizeof(panes[0]), &p, err);
    } else if (rc == ERR_OK) {
        print_data(cli->out, &p);
    }
    page_done(&p);
    reading_close(&r);
    return rc;
}

const struct command cmd_movie = {
    .name = "movie",
    .operands = "RUN MOVIE",
    .min_operands = 2,
    .max_operands = 2,
    .summary = "show all that a run says of one film",
    .about =
        "How people rate it; its bias, its place by it among all films, and what the "
        "bias is worth in stars to the average user (who has the mean of all users' "
        "factors and biases); the films nearest by the cosine of their factors; where "
        "it lies along those of the ten leading principal directions of \"mltui "
        "factors\" that have a name, in standard deviations of the well-known "
        "films.\n\n"
        "Liked by those who like: the correlation, over all users, of how much the "
        "model lets them like this film and how much it lets them like the well-known "
        "films of a genre, both beyond what biases say. 1: exactly those who like the "
        "genre like the film; -1: exactly those who don't.\n\n"
        "MOVIE is an id of the data, a title, or a part of one title in upper or lower "
        "case; id:ID and title:TEXT force one of them. --filter, --min-ratings and "
        "--limit are for the films near it.",
    .examples =
        (const struct example[]){
            { "mltui movie latest 'toy story (1995)'", "its card" },
            { "mltui movie latest id:1 --filter 'year<1980'",
              "with the older films that are like it" },
            { 0 } },
    .groups = GROUP_OUTPUT | GROUP_LIMIT_10 | GROUP_DATA,
    .options = options,
    .settings_size = sizeof(struct near),
    .run = movie_run,
};

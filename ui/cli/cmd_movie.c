/* cmd_movie.c - `mltui movie`: all that a run says of one film, on one page. */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/filmfind.h"
#include "ui/cli/command.h"
#include "ui/cli/moviepage.h"
#include "ui/cli/near.h"
#include "ui/cli/reading.h"

_Static_assert(SIMILAR_MIN_RATINGS == 10, "the default of --min-ratings, below");

static const struct option options[] = {
    NEAR_OPTIONS("10"),
    { 0 },
};

static void
page_done(struct moviepage *p)
{
    mem_free(p->tags);
    mem_free(p->near);
    mem_free(p->fans);
    directions_done(&p->d);
    centre_done(&p->about);
}

/* The tags that the run keeps of the film. */
static enum err_code
find_tags(struct moviepage *p, struct err *err)
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
page_make(struct moviepage *p, const struct cli *cli, const struct near *s,
          struct err *err)
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
print_fields(struct output *o, const struct moviepage *p)
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
print_data(struct output *o, const struct moviepage *p)
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

/* ---- the command ---------------------------------------------------------------- */

static enum err_code
movie_run(struct cli *cli, const void *settings, struct err *err)
{
    const struct near *s = settings;
    struct reading r = { 0 };
    struct moviepage p = { .r = &r };
    enum err_code rc =
        reading_open_filtered(&r, cli, s->data, READING_RATINGS_THERE, s->filter, err);

    if (rc == ERR_OK)
        rc = page_make(&p, cli, s, err);
    if (rc == ERR_OK && output_form(cli->out) == OUTPUT_TEXT)
        rc = moviepage_print(cli->out, &p, err);
    else if (rc == ERR_OK)
        print_data(cli->out, &p);
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

/* cmd_movies.c - `mltui movies`: the films of a run in order of what it learned. */
#include "config.h"

#include "src/explore/films.h"
#include "ui/cli/command.h"
#include "ui/cli/number.h"
#include "ui/cli/reading.h"

struct movies {
    int sort; /* enum films_sort */
    bool reverse;
    const char *filter;
    const char *search;
    unsigned min_ratings;
    const char *data;
};

static const char *const sort_words[] = {
#define X(id, name, high_first) [FILMS_BY_##id] = name,
    FILMS_SORT_LIST(X)
#undef X
        [FILMS_SORT_COUNT] = NULL,
};

static const struct option options[] = {
    { .name = "sort",
      .letter = 's',
      OPTION_CHOICE(struct movies, sort),
      .arg = "KEY",
      .def = "bias",
      .choices = sort_words,
      .help = "bias, mean or ratings (high first), title or year (low first)" },
    { .name = "reverse",
      .letter = 'r',
      OPTION_FLAG(struct movies, reverse),
      .help = "turn the order: the worst, the oldest, the least rated" },
    { .name = "filter",
      .letter = 'f',
      OPTION_TEXT(struct movies, filter),
      .arg = "EXPR",
      .help = "films to list, as in 'genre:sci-fi year:1990..1999 -alien'" },
    { .name = "search",
      OPTION_TEXT(struct movies, search),
      .arg = "TEXT",
      .help = "part of the title, in upper or lower case" },
    { .name = "min-ratings",
      .letter = 'm',
      OPTION_UNSIGNED(struct movies, min_ratings),
      .arg = "N",
      .def = "0",
      .help = "only films with at least N ratings" },
    READING_OPTION_DATA(struct movies),
    { 0 },
};

static const struct column columns[] = {
    { .key = "rank", .head = "#", .form = FORM_INT },
    READING_FILM_COLUMNS,
    { .key = "mean", .head = "mean", .form = FORM_REAL, .digits = 2 },
    { .key = "bias", .head = "bias", .form = FORM_SIGNED, .digits = 3 },
};

#define N_COLUMNS (sizeof(columns) / sizeof(columns[0]))

/* What the order means, in one line; [1] is the reversed one. */
static const char *const meaning[FILMS_SORT_COUNT][2] = {
    [FILMS_BY_BIAS] = { "by bias: liked beyond what the viewers' taste explains",
                        "by bias: liked less than the viewers' taste explains" },
    [FILMS_BY_MEAN] = { "by mean rating, the highest first",
                        "by mean rating, the lowest first" },
    [FILMS_BY_RATINGS] = { "by number of ratings, the most first",
                           "by number of ratings, the fewest first" },
    [FILMS_BY_TITLE] = { "by title", "by title, from the end" },
    [FILMS_BY_YEAR] = { "by year, the oldest first", "by year, the newest first" },
};

static void
print_films(struct output *out, const struct reading *r, const struct films *f)
{
    output_table_begin(out, NULL, columns, N_COLUMNS);
    for (size_t i = 0; i < f->n && !output_failed(out); i++) {
        uint32_t row = f->row[i];
        struct value v[N_COLUMNS] = { value_int((int64_t)i + 1) };

        reading_film(r, row, v + 1);
        v[N_COLUMNS - 2] = value_f32(r->catalog->mean[row]);
        v[N_COLUMNS - 1] = value_f32(r->model->bi[row]);
        output_row(out, v);
    }
    output_table_end(out);
}

/* Lines before and after the table of a text. */
static void
say_head(struct output *out, const struct reading *r, const struct movies *s)
{
    output_say(out, "Films of %s %s.", r->name, meaning[s->sort][s->reverse]);
    output_gap(out);
}

static void
say_foot(struct output *out, const struct films *f, const struct movies *s)
{
    char listed[NUMBER_MAX], all[NUMBER_MAX];

    number_grouped(listed, (int64_t)f->n);
    number_grouped(all, (int64_t)f->n_match);
    if (f->n_match > 0)
        output_gap(out);
    if (f->n_match == 0)
        output_say(out, "No film passes; try it with fewer conditions.");
    else if (f->n == f->n_match)
        output_say(out, "All %s films that pass.", all);
    else
        output_say(out, "%s of %s films; --limit 0 lists all%s.", listed, all,
                   s->reverse ? "" : ", --reverse shows the other end");
}

static enum err_code
movies_print(struct cli *cli, const struct movies *s, const struct reading *r,
             struct err *err)
{
    const struct films_query q = {
        .sort = (enum films_sort)s->sort,
        .reverse = s->reverse,
        .filter = r->filter,
        .search = s->search,
        .min_ratings = s->min_ratings,
        .limit = cli->limit,
    };
    struct films f = { 0 };
    enum err_code rc = films_list(&f, r->catalog, r->model, &q, err);

    if (rc != ERR_OK)
        return rc;
    say_head(cli->out, r, s);
    print_films(cli->out, r, &f);
    say_foot(cli->out, &f, s);
    films_done(&f);
    return ERR_OK;
}

static enum err_code
movies_run(struct cli *cli, const void *settings, struct err *err)
{
    const struct movies *s = settings;
    struct reading r = { 0 };
    enum err_code rc = reading_open_filtered(&r, cli, s->data, READING_WITHOUT_RATINGS,
                                             s->filter, err);

    if (rc == ERR_OK)
        rc = movies_print(cli, s, &r, err);
    reading_close(&r);
    return rc;
}

const struct command cmd_movies = {
    .name = "movies",
    .operands = "RUN",
    .min_operands = 1,
    .max_operands = 1,
    .summary = "list a run's films, best or worst first",
    .about =
        "The bias of a film is what the model adds to everybody's rating, whatever "
        "their taste: a film with a high bias is liked even by people who do "
        "not care for its kind. It is a better answer to \"what is good?\" than the "
        "mean, which also says who went to see it.\n\n"
        "Means and numbers of ratings are over all ratings of the data; films without "
        "ratings are not listed. Equals are in order of title, then id.\n\n"
        "A filter is words joined by blanks (and), | (or), - (not) and parentheses: "
        "genre:sci-fi, title:ring, year>1990, year:1990..1999, n>500 (ratings), "
        "mean>=4, bias<0; other words, or text in \"quotes\", are part of a title.",
    .examples =
        (const struct example[]){
            { "mltui movies latest", "the best of the newest run" },
            { "mltui movies latest --reverse --min-ratings 50",
              "the worst that are known" },
            { "mltui movies latest --filter 'genre:comedy year<1960'", "old comedies" },
            { "mltui movies latest --sort ratings --limit 0 --csv",
              "all, for a spreadsheet" },
            { 0 } },
    .groups = GROUP_OUTPUT | GROUP_LIMIT_20 | GROUP_DATA,
    .options = options,
    .settings_size = sizeof(struct movies),
    .run = movies_run,
};

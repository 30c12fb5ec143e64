/* cmd_explain.c - `mltui explain`: why a film is predicted so for a user. */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/explain.h"
#include "src/explore/filmfind.h"
#include "ui/cli/command.h"
#include "ui/cli/own.h"
#include "ui/cli/reading.h"

#include <math.h>
#include <stdio.h>

#define NEIGHBOURS 5
#define TEXT_TERMS 8 /* directions that text names; the others are added up */

struct explain {
    const char *user;
    const char *ratings; /* a file of own ratings, or NULL */
    const char *movie;
    const char *data;
};

static const struct option options[] = {
    { .name = "user",
      .letter = 'u',
      OPTION_TEXT(struct explain, user),
      .arg = "ID",
      .help = "for whom, by the id in the data" },
    { .name = "ratings",
      .letter = 'r',
      OPTION_TEXT(struct explain, ratings),
      .arg = "FILE",
      .help = "for you, by your own ratings: see \"mltui help recommend\"" },
    { .name = "movie",
      .letter = 'm',
      OPTION_TEXT(struct explain, movie),
      .arg = "MOVIE",
      .help = "which film: an id, a title or a part of one" },
    READING_OPTION_DATA(struct explain),
    { 0 },
};

static const struct column fields[] = {
    { .key = "user" },
    { .key = "item" },
    { .key = "title", .head = "film", .form = FORM_TEXT, .flex = true },
    { .key = "predicted", .head = "predicted", .form = FORM_REAL, .digits = 2 },
    { .key = "logit", .head = "logit", .form = FORM_SIGNED, .digits = 3 },
};

static const struct column term_columns[] = {
    { .key = "name", .head = "because of", .form = FORM_TEXT, .flex = true },
    { .key = "value", .head = "adds", .form = FORM_SIGNED, .digits = 3 },
};

static const struct column neighbour_columns[] = {
    { .key = "item" },
    { .key = "title", .head = "nearest rated films", .form = FORM_TEXT, .flex = true },
    { .key = "rating", .head = "given", .form = FORM_REAL, .digits = 1 },
    { .key = "similarity", .head = "similarity", .form = FORM_REAL, .digits = 3 },
};

/* Who is asked about: a user of the run, or the person with a list of ratings. */
struct asked {
    const struct model *model;
    const struct catalog *catalog;
    const struct ratings *ratings;
    uint32_t user;
    bool own;
};

static void
print_term(struct output *out, const char *name, double value)
{
    output_row(out, (const struct value[]){ value_text(name), value_real(value) });
}

static void
print_taste(struct output *out, unsigned i, const char *what, double value)
{
    char name[256];

    snprintf(name, sizeof(name), "taste %u: %s", i + 1, what);
    print_term(out, name, value);
}

/* Text: the directions that add or take most, by the side on which the film lies, then
 * the rest in one line. */
static void
print_largest(struct output *out, const struct asked *a, uint32_t row,
              const struct directions *d, double *taste)
{
    char side[200];
    double rest = 0;

    for (unsigned t = 0; t < TEXT_TERMS && t < d->k; t++) {
        unsigned best = 0;

        for (unsigned v = 1; v < d->k; v++)
            if (fabs(taste[v]) > fabs(taste[best]))
                best = v;
        directions_side(d, a->model, row, best, side, sizeof(side));
        print_taste(out, best, side[0] != '\0' ? side : directions_name(d, best),
                    taste[best]);
        taste[best] = 0;
    }
    for (unsigned v = 0; v < d->k; v++)
        rest += taste[v];
    if (d->k > TEXT_TERMS)
        print_term(out, "all other tastes", rest);
}

static void
print_terms(struct output *out, const struct asked *a, uint32_t row,
            const struct explanation *e, const struct directions *d, double *taste)
{
    output_table_begin(out, "terms", term_columns, 2);
    print_term(out, "base", e->base);
    print_term(out, "user", e->user);
    print_term(out, "film", e->film);
    if (output_form(out) == OUTPUT_TEXT)
        print_largest(out, a, row, d, taste);
    else
        for (unsigned v = 0; v < d->k; v++)
            print_taste(out, v, directions_name(d, v), taste[v]);
    output_table_end(out);
}

static void
print_neighbours(struct output *out, const struct catalog *c,
                 const struct neighbour *near, size_t n)
{
    output_table_begin(out, "neighbours", neighbour_columns, 4);
    for (size_t i = 0; i < n; i++)
        output_row(out, (const struct value[]){
                            value_film_id(c, near[i].row),
                            value_text(strtab_get(&c->title, near[i].row)),
                            value_f32(near[i].stars),
                            value_f32((float)near[i].similarity),
                        });
    output_table_end(out);
}

static enum err_code
print_explanation(struct output *out, const struct asked *a, const struct directions *d,
                  uint32_t film, struct err *err)
{
    const struct catalog *c = a->catalog;
    double *taste = mem_new(d->k, sizeof(*taste));
    struct neighbour near[NEIGHBOURS];
    struct explanation e;
    size_t n = 0;
    enum err_code rc;

    if (taste == NULL)
        return err_nomem(err, d->k * sizeof(*taste), "an explanation");
    rc = explain_neighbours(near, NEIGHBOURS, &n, a->model, c, a->ratings, a->user,
                            film, err);
    if (rc == ERR_OK) {
        explain_logit(&e, taste, a->model, d, a->user, film);
        output_object_begin(out, NULL);
        output_fields(out, fields, 5,
                      (const struct value[]){
                          a->own ? value_null() : value_id(&c->user, a->user),
                          value_film_id(c, film),
                          value_text(strtab_get(&c->title, film)),
                          value_f32((float)e.rating),
                          value_real(e.logit),
                      });
        output_gap(out);
        print_terms(out, a, film, &e, d, taste);
        output_gap(out);
        print_neighbours(out, c, near, n);
        output_object_end(out);
    }
    mem_free(taste);
    return rc;
}

/* Find the user, or fold the person into *own. */
static enum err_code
find_asked(struct asked *ret, struct own *own, const struct cli *cli,
           const struct explain *s, const struct reading *r, struct err *err)
{
    enum err_code rc;

    *ret = (struct asked){ r->model, r->catalog, r->ratings, 0, s->ratings != NULL };
    if (s->ratings == NULL)
        return reading_user(&ret->user, r, s->user, err);
    rc = own_open(own, cli, r, s->ratings, err);
    ret->model = &own->one.model;
    ret->catalog = &own->one.catalog;
    ret->ratings = own->one.ratings;
    ret->user = ONEUSER_ROW;
    return rc;
}

static enum err_code
explain_print(struct cli *cli, const struct explain *s, const struct reading *r,
              struct err *err)
{
    struct directions d = { 0 };
    struct centre about = { 0 };
    struct own own = { 0 };
    struct asked asked;
    uint32_t film = 0;
    enum err_code rc = filmfind(&film, r->catalog, s->movie, err);

    if (rc == ERR_OK)
        rc = find_asked(&asked, &own, cli, s, r, err);
    if (rc == ERR_OK)
        rc = centre_init(&about, r->model, r->catalog, CENTRE_FILMS, err);
    if (rc == ERR_OK)
        rc = directions_init(&d, r->model, r->catalog, &about, DIRECTIONS_PCA, err);
    if (rc == ERR_OK)
        rc = print_explanation(cli->out, &asked, &d, film, err);
    directions_done(&d);
    centre_done(&about);
    own_close(&own);
    return rc;
}

static enum err_code
explain_run(struct cli *cli, const void *settings, struct err *err)
{
    const struct explain *s = settings;
    struct reading r = { 0 };
    enum err_code rc;

    if (s->user != NULL && s->ratings != NULL)
        return err_set(err, ERR_ARG, "--user and --ratings: give one of them");
    if ((s->user == NULL && s->ratings == NULL) || s->movie == NULL)
        return err_set(
            err, ERR_ARG,
            "what shall be explained? give --user ID (or --ratings FILE with "
            "your own) and --movie MOVIE");
    rc = reading_open(&r, cli, s->data, READING_WITH_RATINGS, err);
    if (rc == ERR_OK)
        rc = explain_print(cli, s, &r, err);
    reading_close(&r);
    return rc;
}

const struct command cmd_explain = {
    .name = "explain",
    .operands = "RUN",
    .min_operands = 1,
    .max_operands = 1,
    .summary = "say why a user is predicted to like a film, or not",
    .about =
        "The model adds numbers up and turns the sum, the logit, into stars: 0 is the "
        "middle of the range. \"base\" is what the mean user says of the mean "
        "well-known film, \"user\" what this user adds whatever the film, \"film\" "
        "what this film adds whoever the user; each taste is a direction of \"mltui "
        "factors\", with its name, and says how well the two fit along it. Text names "
        "it by the side on which the film lies: what is \"not Drama\" may please who "
        "is tired of it. The terms add up to the logit exactly; text adds the small "
        "ones up.\n\n"
        "Below are the films nearest to it that the user rated, with the stars given.",
    .examples =
        (const struct example[]){
            { "mltui explain latest --user 42 --movie 'toy story (1995)'",
              "why user 42 would like it, or not" },
            { "mltui explain latest --ratings mine.csv --movie 'heat (1995)'",
              "the same for you" },
            { 0 } },
    .groups = GROUP_OUTPUT | GROUP_DATA,
    .options = options,
    .settings_size = sizeof(struct explain),
    .run = explain_run,
};

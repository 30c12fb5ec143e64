/* cmd_factors.c - `mltui factors`: the directions of taste that a run learned. */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/directions.h"
#include "ui/cli/command.h"
#include "ui/cli/reading.h"

#include <stdio.h>

#define END_FILMS  5 /* shown at each end of a direction */
#define TEXT_WORDS 3 /* that go with it, in text: they fit a line */

struct factors {
    unsigned components;
    bool raw;
    bool points;
    const char *data;
};

static const struct option options[] = {
    { .name = "components",
      .letter = 'c',
      OPTION_UNSIGNED(struct factors, components),
      .arg = "N",
      .def = "3",
      .lo = 1,
      .hi = MODEL_MAX_FACTORS,
      .help = "how many, those along which films differ most" },
    { .name = "raw",
      OPTION_FLAG(struct factors, raw),
      .help = "the factors as they were trained, not principal components" },
    { .name = "points",
      OPTION_FLAG(struct factors, points),
      .help = "the place of every film along them instead" },
    READING_OPTION_DATA(struct factors),
    { 0 },
};

static const struct column about_columns[] = {
    { .key = "component", .head = "component", .form = FORM_INT },
    { .key = "name", .head = "name", .form = FORM_TEXT },
    { .key = "variance", .head = "share of variance", .form = FORM_REAL, .digits = 3 },
    { .key = "correlation",
      .head = "correlation with the name",
      .form = FORM_REAL,
      .digits = 2 },
};

/* In text one line says them; see join_words. */
static const struct column words_columns[] = {
    { .head = "goes with", .form = FORM_TEXT, .flex = true },
};

static const struct column word_columns[] = {
    { .key = "name" },
    { .key = "correlation" },
};

static const struct column end_columns[] = {
    { .key = "item" },
    { .key = "title", .head = "title", .form = FORM_TEXT, .flex = true },
    { .key = "value", .head = "value", .form = FORM_SIGNED, .digits = 3 },
};

static const struct column point_columns[] = {
    { .key = "item", .head = "item", .form = FORM_INT },
    { .key = "title", .head = "title", .form = FORM_TEXT, .flex = true },
    { .key = "x", .head = "place", .form = FORM_REAL, .digits = 3 },
};

static enum err_code
print_end(struct output *out, const struct reading *r, const struct directions *d,
          unsigned i, bool high, struct err *err)
{
    uint32_t row[END_FILMS];
    size_t n = 0;
    enum err_code rc =
        directions_end(row, END_FILMS, &n, d, r->model, r->catalog, i, high, err);

    if (rc != ERR_OK)
        return rc;
    output_say(out, "%s", high ? "top" : "bottom");
    output_table_begin(out, high ? "top" : "bottom", end_columns, 3);
    for (size_t f = 0; f < n; f++)
        output_row(out, (const struct value[]){
                            value_film_id(r->catalog, row[f]),
                            value_text(strtab_get(&r->catalog->title, row[f])),
                            value_f32((float)directions_value(d, r->model, row[f], i)),
                        });
    output_table_end(out);
    return ERR_OK;
}

/* "Sci-Fi +0.41, space -0.15", without the name itself. */
static void
join_words(char *out, size_t cap, const struct directions *d,
           const struct direction *of)
{
    size_t used = 0, said = 0;

    out[0] = '\0';
    for (size_t i = 0; i < of->n_words && said < TEXT_WORDS && used < cap; i++) {
        if (of->match.clear && of->word[i].trait == of->match.trait)
            continue;
        said++;
        used += (size_t)snprintf(
            out + used, cap - used, "%s%s %+.2f", used > 0 ? ", " : "",
            traits_name(d->traits, of->word[i].trait), of->word[i].correlation);
    }
}

/* The traits beyond chance. */
static void
print_words(struct output *out, const struct directions *d, const struct direction *of)
{
    char words[512];

    if (output_form(out) == OUTPUT_TEXT) {
        join_words(words, sizeof(words), d, of);
        if (words[0] != '\0')
            output_fields(out, words_columns, 1,
                          (const struct value[]){ value_text(words) });
        return;
    }
    output_table_begin(out, "words", word_columns, 2);
    for (size_t i = 0; i < of->n_words; i++)
        output_row(out, (const struct value[]){
                            value_text(traits_name(d->traits, of->word[i].trait)),
                            value_f32((float)of->word[i].correlation),
                        });
    output_table_end(out);
}

static enum err_code
print_directions(struct output *out, const struct reading *r,
                 const struct directions *d, unsigned n, struct err *err)
{
    enum err_code rc = ERR_OK;

    output_list_begin(out);
    for (unsigned i = 0; i < n && rc == ERR_OK; i++) {
        const struct direction *of = &d->of[i];

        output_object_begin(out, NULL);
        output_fields(out, about_columns, 4,
                      (const struct value[]){
                          value_int(of->factor),
                          value_text(directions_name(d, i)),
                          value_f32((float)of->share),
                          value_f32((float)of->match.correlation),
                      });
        print_words(out, d, of);
        rc = print_end(out, r, d, i, true, err);
        if (rc == ERR_OK)
            rc = print_end(out, r, d, i, false, err);
        output_object_end(out);
    }
    output_list_end(out);
    return rc;
}

static enum err_code
print_points(struct output *out, const struct reading *r, const struct directions *d,
             unsigned n, struct err *err)
{
    struct value *x = mem_new(n, sizeof(*x));

    if (x == NULL)
        return err_nomem(err, n * sizeof(*x), "the place of a film");
    output_table_begin(out, NULL, point_columns, 3);
    for (uint32_t row = 1; row <= r->catalog->n_items && !output_failed(out); row++) {
        if (r->catalog->count[row] == 0)
            continue;
        for (unsigned i = 0; i < n; i++)
            x[i] = value_f32((float)directions_value(d, r->model, row, i));
        output_row(out, (const struct value[]){
                            value_film_id(r->catalog, row),
                            value_text(strtab_get(&r->catalog->title, row)),
                            value_list(x, n),
                        });
    }
    output_table_end(out);
    mem_free(x);
    return ERR_OK;
}

/* How many directions to show: of the default, what there is. */
static enum err_code
count_components(unsigned *ret, const struct cli *cli, const struct factors *s,
                 const struct reading *r, struct err *err)
{
    const unsigned k = r->model->k;

    if (s->components > k && option_given(cli->parsed, "components"))
        return err_set(err, ERR_ARG,
                       "%s has %u factor%s; expected --components 1 to %u", r->name, k,
                       k == 1 ? "" : "s", k);
    *ret = s->components < k ? s->components : k;
    return ERR_OK;
}

static enum err_code
factors_print(struct cli *cli, const struct factors *s, const struct reading *r,
              struct err *err)
{
    struct directions d = { 0 };
    struct centre about = { 0 };
    unsigned n = 0;
    enum err_code rc = count_components(&n, cli, s, r, err);

    if (rc == ERR_OK)
        rc = centre_init(&about, r->model, r->catalog, CENTRE_FILMS, err);
    if (rc == ERR_OK)
        rc = directions_init(&d, r->model, r->catalog, &about,
                             s->raw ? DIRECTIONS_RAW : DIRECTIONS_PCA, err);
    if (rc == ERR_OK)
        rc = s->points ? print_points(cli->out, r, &d, n, err)
                       : print_directions(cli->out, r, &d, n, err);
    directions_done(&d);
    centre_done(&about);
    return rc;
}

static enum err_code
factors_run(struct cli *cli, const void *settings, struct err *err)
{
    const struct factors *s = settings;
    struct reading r = { 0 };
    enum err_code rc = reading_open(&r, cli, s->data, READING_WITHOUT_RATINGS, err);

    if (rc == ERR_OK)
        rc = factors_print(cli, s, &r, err);
    reading_close(&r);
    return rc;
}

const struct command cmd_factors = {
    .name = "factors",
    .operands = "RUN",
    .min_operands = 1,
    .max_operands = 1,
    .summary = "show the directions of taste that a run learned",
    .about =
        "A factor is a property of films that the model found in the ratings alone; "
        "nobody told it genres. Principal components turn the factors so that the "
        "first one tells most about how films differ, the second most of what is left, "
        "and so on. They are found over the 1,000 most rated films, and so are the "
        "films at both ends.\n\n"
        "A name is the genre, the decade, \"newer\", or the tag that people gave films "
        "(where the data has tags) that goes best with the place of the films, with "
        "its correlation: 1 is a perfect match, 0 none. So many words are tried that "
        "one would fit by chance; so \"goes with\" has only those that go better with "
        "a direction than the best of all words does in 99 of 100 random ones. A name is "
        "clear from 0.25 on, or, for what few films have, from 60 % of the correlation "
        "that so rare a word can have at most; else it is \"unclear\". A raw factor "
        "with a negative correlation has the named films at the bottom.",
    .examples =
        (const struct example[]){
            { "mltui factors latest", "the three that matter most" },
            { "mltui factors latest --raw -c 5", "five factors as they were trained" },
            { "mltui factors latest --points -c 2 --json > map.json",
              "all films on a map" },
            { 0 } },
    .groups = GROUP_OUTPUT | GROUP_DATA,
    .options = options,
    .settings_size = sizeof(struct factors),
    .run = factors_run,
};

/* lists.c - lists of recommended films; see lists.h. */
#include "config.h"

#include "ui/cli/lists.h"

#include "src/explore/usercard.h"
#include "ui/cli/number.h"

#include <stdio.h>
#include <string.h>

static const struct column columns[] = {
    { .key = "user" },
    { .key = "rank", .head = "#", .form = FORM_INT },
    READING_FILM_COLUMNS,
    { .key = "predicted", .head = "predicted", .form = FORM_REAL, .digits = 2 },
};
static const struct column seen_column = { .key = "seen",
                                           .head = "seen",
                                           .form = FORM_TEXT };
static const struct column why_column = { .key = "why" };

/* The same for text with a line of reasons under each film, which needs the room. */
static const struct column reason_columns[] = {
    { .key = "rank", .head = "#", .form = FORM_INT },
    { .key = "title", .head = "title", .form = FORM_TEXT, .flex = 1 },
    { .key = "predicted", .head = "predicted", .form = FORM_REAL, .digits = 2 },
};

#define N_COLUMNS (sizeof(columns) / sizeof(columns[0]))
#define N_REASON  (sizeof(reason_columns) / sizeof(reason_columns[0]))

_Static_assert(N_COLUMNS + 2 == LISTS_COLUMNS_MAX, "room for seen and why");

/* One line of text on who the user is. */
static enum err_code
say_user(const struct lists *l, uint32_t user, struct err *err)
{
    const struct catalog *c = l->catalog;
    char id[24], n[NUMBER_MAX], films[512] = "";
    struct usercard card;
    enum err_code rc;
    size_t used = 0;

    rc = usercard_make(&card, c, l->ratings, user, err);
    if (rc != ERR_OK)
        return rc;
    for (size_t i = 0; i < card.n_favourites && used < sizeof(films); i++)
        used += (size_t)snprintf(films + used, sizeof(films) - used, "%s%s",
                                 i == 0 ? ". Favourites: " : "; ",
                                 strtab_get(&c->title, card.favourite[i]));
    number_grouped(n, (int64_t)card.n_ratings);
    if (l->any)
        output_gap(l->out);
    output_say(l->out, "%s%s: %s rating%s, mean %.2f%s.", l->own ? "You" : "User ",
               idcol_text(&c->user, user, id), n, card.n_ratings == 1 ? "" : "s",
               card.mean, films);
    output_gap(l->out);
    return ERR_OK;
}

/* A film and below it its reasons, in text. */
static void
print_reasons(const struct lists *l, uint32_t user, size_t rank,
              const struct recommendation *film)
{
    char text[512];

    why_explain(l->why, l->model, user, film->row);
    why_text(l->why, text, sizeof(text));
    output_row(l->out, (const struct value[]){
                           value_int((int64_t)rank),
                           value_text(strtab_get(&l->catalog->title, film->row)),
                           value_f32((float)film->rating),
                           value_bool(film->seen),
                       });
    output_row(l->out, (const struct value[]){ value_text(""),
                                               value_in(INK_DIM, value_text(text)),
                                               value_text(""), value_text("") });
}

static void
print_film(const struct lists *l, uint32_t user, size_t rank,
           const struct recommendation *film)
{
    struct value v[N_COLUMNS + 2] = {
        l->own ? value_null() : value_id(&l->catalog->user, user),
        value_int((int64_t)rank),
    };
    size_t n = N_COLUMNS;

    reading_film(l->reading, film->row, v + 2);
    v[N_COLUMNS - 1] = value_f32((float)film->rating);
    if (l->seen)
        v[n++] = value_bool(film->seen);
    if (l->why != NULL) {
        why_explain(l->why, l->model, user, film->row);
        v[n] = value_list(l->why->terms, l->why->n);
    }
    output_row(l->out, v);
}

static void
print_rows(const struct lists *l, uint32_t user, const struct recommendation *list,
           size_t n)
{
    bool text = output_form(l->out) == OUTPUT_TEXT;

    for (size_t i = 0; i < n && !output_failed(l->out); i++)
        if (text && l->why != NULL)
            print_reasons(l, user, i + 1, &list[i]);
        else
            print_film(l, user, i + 1, &list[i]);
}

/* Which columns there are. */
static void
choose_columns(struct lists *l)
{
    bool reasons = l->why != NULL && output_form(l->out) == OUTPUT_TEXT;

    l->n_columns = reasons ? N_REASON : N_COLUMNS;
    memcpy(l->column, reasons ? reason_columns : columns,
           l->n_columns * sizeof(l->column[0]));
    if (l->seen)
        l->column[l->n_columns++] = seen_column;
    if (l->why != NULL && !reasons)
        l->column[l->n_columns++] = why_column;
}

/* The part of a prediction that all films of a user share, in a line of text. */
static void
say_shared(const struct lists *l, uint32_t user, uint32_t row)
{
    why_explain(l->why, l->model, user, row);
    output_gap(l->out);
    output_say(l->out,
               "Logits: each film begins at %+.2f (base %+.2f, user %+.2f), what it "
               "adds stands below it; \"mltui explain\" has the rest.",
               l->why->value[0] + l->why->value[1], l->why->value[0], l->why->value[1]);
}

void
lists_begin(struct lists *l)
{
    choose_columns(l);
    if (output_form(l->out) != OUTPUT_TEXT)
        output_table_begin(l->out, NULL, l->column, l->n_columns);
}

void
lists_end(struct lists *l)
{
    if (output_form(l->out) != OUTPUT_TEXT)
        output_table_end(l->out);
}

enum err_code
lists_print(void *arg, uint32_t user, const struct recommendation *list, size_t n,
            struct err *err)
{
    struct lists *l = arg;
    enum err_code rc;

    if (output_form(l->out) != OUTPUT_TEXT) {
        print_rows(l, user, list, n);
        return ERR_OK;
    }
    rc = say_user(l, user, err);
    if (rc != ERR_OK)
        return rc;
    l->any = true;
    output_table_begin(l->out, NULL, l->column, l->n_columns);
    print_rows(l, user, list, n);
    output_table_end(l->out);
    if (n > 0 && l->why != NULL)
        say_shared(l, user, list[0].row);
    if (n == 0)
        output_say(l->out, "No film is left%s; try it with fewer conditions.",
                   l->seen ? ""
                           : " that the user has not rated (--seen lists those too)");
    return ERR_OK;
}

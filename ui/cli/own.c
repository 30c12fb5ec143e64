/* own.c - a person's own ratings, folded into a run; see own.h. */
#include "config.h"

#include "ui/cli/own.h"

#include "src/base/mem.h"
#include "src/explore/foldin.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define SAID       20 /* lines that stderr has at most, of each kind */
#define STDIN_MOST ((size_t)64 << 20)
#define STDIN_NAME "standard input"

/* All that comes on standard input, owned by the caller. */
static enum err_code
read_stdin(char **ret, size_t *ret_len, struct err *err)
{
    size_t cap = (size_t)64 << 10, n = 0;
    char *text = mem_new(cap, 1);
    bool full = text != NULL;

    while (full) {
        n += fread(text + n, 1, cap - n, stdin);
        full = n == cap && cap < STDIN_MOST;
        if (full) {
            char *more = mem_resize(text, cap *= 2, 1);

            if (more == NULL)
                break;
            text = more;
        }
    }
    *ret = text;
    *ret_len = n;
    if (text == NULL || full)
        return err_nomem(err, cap, STDIN_NAME);
    if (n == STDIN_MOST)
        return err_set(err, ERR_DATA,
                       STDIN_NAME ": %zu MB or more, expected one person's films",
                       STDIN_MOST >> 20);
    return ferror(stdin) ? err_set(err, ERR_IO, STDIN_NAME ": %s", strerror(errno))
                         : ERR_OK;
}

static enum err_code
read_from_stdin(struct ownratings **ret, const struct reading *r,
                struct ownratings_scale scale, struct err *err)
{
    char *text = NULL;
    size_t n = 0;
    enum err_code rc = read_stdin(&text, &n, err);

    if (rc == ERR_OK)
        rc = ownratings_read_bytes(ret, STDIN_NAME, text, n, r->catalog, scale, err);
    mem_free(text);
    return rc;
}

static enum err_code
read_ratings(struct ownratings **ret, const struct reading *r, const char *path,
             struct err *err)
{
    struct ownratings_scale scale = ownratings_scale_of(r->ratings);

    if (!(scale.lo < scale.hi)) /* one rating, or one value: the model's range */
        scale =
            (struct ownratings_scale){ (double)r->model->y_lo, (double)r->model->y_hi };
    if (strcmp(path, "-") == 0)
        return read_from_stdin(ret, r, scale, err);
    return ownratings_read(ret, path, r->catalog, scale, err);
}

/* "'A' or 'B'", or nothing. */
static void
list_near(char *out, size_t cap, const struct catalog *c, const struct titles_found *f)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < f->n_near && used < cap; i++)
        used += (size_t)snprintf(out + used, cap - used, "%s'%s'", i > 0 ? " or " : "",
                                 strtab_get(&c->title, f->near[i]));
}

static void
say_unmatched(struct progress *p, const struct catalog *c, const struct ownratings *o,
              size_t i)
{
    const struct ownrating *own = &o->rating[i];
    const char *film = strtab_get(&o->film, i);
    char near[512], year[16] = "";

    list_near(near, sizeof(near), c, &own->found);
    if (own->year != 0)
        snprintf(year, sizeof(year), " of %d", own->year);
    if (own->found.n > 1)
        progress_warn(p,
                      "%s:%" PRIu64 ":%u: '%s' can be %zu films, %s; add the year, as "
                      "they have it",
                      o->path, own->line, own->column, film, own->found.n, near);
    else
        progress_warn(p, "%s:%" PRIu64 ":%u: no film '%s'%s%s%s%s", o->path, own->line,
                      own->column, film, year, near[0] != '\0' ? "; did you mean " : "",
                      near, near[0] != '\0' ? "?" : "");
}

/* What was wrong with the file, on stderr. */
static void
say_faults(struct progress *p, const struct catalog *c, const struct ownratings *o)
{
    size_t n_unmatched = o->n - o->n_matched, said = 0;

    for (size_t i = 0; i < o->rejects.n_kept && i < SAID; i++)
        progress_warn(p, "%s:%" PRIu64 ":%u: %s", o->path, o->rejects.row[i].line,
                      o->rejects.row[i].column, o->rejects.row[i].reason);
    if (o->rejects.n > SAID)
        progress_warn(p, "%s: %" PRIu64 " more lines are wrong", o->path,
                      o->rejects.n - SAID);
    for (size_t i = 0; i < o->n && said < SAID; i++)
        if (o->rating[i].found.row == 0) {
            say_unmatched(p, c, o, i);
            said++;
        }
    if (n_unmatched > said)
        progress_warn(p, "%s: %zu more films are not matched (--matches lists them)",
                      o->path, n_unmatched - said);
}

/* The matched lines as ratings of film rows, owned by the caller. */
static enum err_code
gather(struct foldin_rating **ret, const struct ownratings *o, struct err *err)
{
    struct foldin_rating *rating = mem_new(o->n_matched, sizeof(*rating));
    size_t n = 0;

    if (rating == NULL)
        return err_nomem(err, o->n_matched * sizeof(*rating), "own ratings");
    for (size_t i = 0; i < o->n; i++)
        if (o->rating[i].found.row != 0)
            rating[n++] =
                (struct foldin_rating){ o->rating[i].found.row, o->rating[i].stars };
    *ret = rating;
    return ERR_OK;
}

static enum err_code
fold_in(struct oneuser *ret, const struct reading *r, const struct ownratings *o,
        struct err *err)
{
    struct foldin_rating *rating = NULL;
    struct foldin_prior prior = { 0 };
    enum err_code rc;

    if (o->n_matched == 0)
        return err_set(err, ERR_DATA,
                       "%s: %s, but none of its %zu films is in %s; titles look like "
                       "Heat (1995), 'mltui movies %s --search heat' finds them",
                       o->path, o->form, o->n, r->name, r->name);
    rc = gather(&rating, o, err);
    if (rc == ERR_OK)
        rc = foldin_prior_init(&prior, r->model, r->ratings, err);
    if (rc == ERR_OK)
        rc = oneuser_init(ret, r->model, r->catalog, &prior, rating, o->n_matched, err);
    foldin_prior_done(&prior);
    mem_free(rating);
    return rc;
}

enum err_code
own_open(struct own *ret, const struct cli *cli, const struct reading *r,
         const char *path, struct err *err)
{
    struct own own = { 0 };
    enum err_code rc = read_ratings(&own.ratings, r, path, err);

    if (rc == ERR_OK) {
        say_faults(cli->progress, r->catalog, own.ratings);
        rc = fold_in(&own.one, r, own.ratings, err);
    }
    if (rc == ERR_OK)
        *ret = own;
    else
        own_close(&own);
    return rc;
}

void
own_close(struct own *o)
{
    oneuser_done(&o->one);
    ownratings_free(o->ratings);
    *o = (struct own){ 0 };
}

/* ---- --matches ---------------------------------------------------------------- */

static const struct column columns[] = {
    { .key = "line", .head = "line", .form = FORM_INT },
    { .key = "film", .head = "in the file", .form = FORM_TEXT, .flex = 1 },
    { .key = "year", .form = FORM_INT },
    { .key = "stars", .head = "stars", .form = FORM_REAL, .digits = 1 },
    { .key = "item" },
    { .key = "title", .head = "taken for", .form = FORM_TEXT, .flex = 1 },
    { .key = "nearest", .head = "or nearest", .form = FORM_TEXT, .flex = 2, .drop = 1 },
};

#define N_COLUMNS (sizeof(columns) / sizeof(columns[0]))

static void
print_match(struct output *out, const struct reading *r, const struct ownratings *o,
            size_t i)
{
    const struct catalog *c = r->catalog;
    const struct ownrating *own = &o->rating[i];
    const uint32_t row = own->found.row;
    struct value near[TITLES_NEAR];
    size_t n = row == 0 ? own->found.n_near : 0;

    for (size_t j = 0; j < n; j++)
        near[j] = value_text(strtab_get(&c->title, own->found.near[j]));
    output_row(out,
               (const struct value[N_COLUMNS]){
                   value_int((int64_t)own->line),
                   value_text(strtab_get(&o->film, i)),
                   own->year != 0 ? value_int(own->year) : value_null(),
                   value_f32(own->stars),
                   row != 0 ? value_film_id(c, row) : value_null(),
                   row != 0 ? value_text(strtab_get(&c->title, row)) : value_null(),
                   value_list(near, n),
               });
}

enum err_code
own_print_matches(const struct cli *cli, const struct reading *r, const char *path,
                  struct err *err)
{
    struct ownratings *o = NULL;
    enum err_code rc = read_ratings(&o, r, path, err);

    if (rc != ERR_OK)
        return rc;
    output_say(cli->out, "%s is %s: %zu of %zu films matched.", o->path, o->form,
               o->n_matched, o->n);
    output_gap(cli->out);
    output_table_begin(cli->out, NULL, columns, N_COLUMNS);
    for (size_t i = 0; i < o->n && !output_failed(cli->out); i++)
        print_match(cli->out, r, o, i);
    output_table_end(cli->out);
    ownratings_free(o);
    return ERR_OK;
}

/*
 * cmd_fetch.c - `mltui fetch`: a MovieLens archive into the data folder, or the list of
 * those there are.
 */
#include "config.h"

#include "src/base/clock.h"
#include "src/base/mem.h"
#include "src/base/text.h"
#include "src/data/download.h"
#include "src/data/locate.h"
#include "ui/cli/command.h"
#include "ui/cli/number.h"
#include "ui/cli/signals.h"
#include "ui/cli/wrap.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NAMES_MAX   32
#define LINE_CELLS  79
#define RATE_AFTER  0.5 /* seconds between two looks at the speed */
#define RATE_WEIGHT 0.3 /* of the newest look */

struct settings {
    bool yes;
};

static const struct option options[] = {
    { .name = "yes",
      .letter = 'y',
      OPTION_FLAG(struct settings, yes),
      .help = "agree to the terms of use without being asked" },
    { 0 },
};

/* ---- the list ----------------------------------------------------------------- */

static const struct column list_columns[] = {
    { .key = "name", .head = "name", .form = FORM_TEXT },
    { .key = "ratings", .head = "ratings", .form = FORM_COUNT },
    { .key = "users", .head = "users", .form = FORM_COUNT, .drop = 3 },
    { .key = "items", .head = "films", .form = FORM_COUNT, .drop = 4 },
    { .key = "bytes", .head = "zip", .form = FORM_BYTES },
    { .key = "published", .head = "year", .form = FORM_INT, .drop = 2 },
    { .key = "changes" },
    { .key = "here" },
    { .key = "part_bytes" },
    { .head = "", .form = FORM_TEXT, .drop = 1 },
};

#define N_LIST_COLUMNS (sizeof(list_columns) / sizeof(list_columns[0]))

static void
print_archive(struct output *out, const struct movielens *m,
              const struct download_state *s)
{
    char part[NUMBER_MAX], note[NUMBER_MAX + 16];

    number_bytes(part, (double)s->part_bytes);
    snprintf(note, sizeof(note), "%s%s",
             s->here             ? "here"
             : s->part_bytes > 0 ? part
             : m->changes        ? "changes now and then"
                                 : "",
             !s->here && s->part_bytes > 0 ? " of it here" : "");
    output_row(out, (const struct value[]){
                        value_text(m->name), value_int((int64_t)m->n_ratings),
                        value_int((int64_t)m->n_users), value_int((int64_t)m->n_films),
                        value_int((int64_t)m->bytes), value_int(m->year),
                        value_bool(m->changes), value_bool(s->here),
                        value_int((int64_t)s->part_bytes),
                        value_in(s->here ? INK_GOOD : INK_DIM, value_text(note)) });
}

static enum err_code
list(struct cli *cli, struct err *err)
{
    enum err_code rc = ERR_OK;

    output_table_begin(cli->out, NULL, list_columns, N_LIST_COLUMNS);
    for (const struct movielens *m = movielens_list; rc == ERR_OK && m->name != NULL;
         m++) {
        struct download_state s;

        rc = download_look(&s, m, NULL, err);
        if (rc == ERR_OK)
            print_archive(cli->out, m, &s);
    }
    output_table_end(cli->out);
    if (rc == ERR_OK)
        progress_hint(cli->progress, "mltui fetch ml-25m");
    return rc;
}

/* ---- the terms ---------------------------------------------------------------- */

static void
show_terms(const struct movielens *m)
{
    unsigned width = term_width(stderr);
    char address[256];

    if (width == 0 || width > LINE_CELLS)
        width = LINE_CELLS;
    wrap_text(stderr, movielens_terms(m), 0, 0, width);
    snprintf(address, sizeof(address), "In full: " MOVIELENS_BASE "/%s", m->readme);
    wrap_text(stderr, address, 0, 0, width);
}

/* Ask on the terminal; ERR_ARG where there is none, ERR_STATE after a no. */
static enum err_code
ask(const struct movielens *m, struct err *err)
{
    char line[16] = "", size[NUMBER_MAX];

    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
        return err_set(err, ERR_ARG,
                       "nobody can be asked about these terms here; read them, then "
                       "type 'mltui fetch %s --yes'",
                       m->name);
    number_bytes(size, (double)m->bytes);
    fprintf(stderr, "Fetch %s, about %s, under these terms? [y/N] ", m->name, size);
    fflush(stderr);
    if (fgets(line, sizeof(line), stdin) != NULL && (line[0] == 'y' || line[0] == 'Y'))
        return ERR_OK;
    return err_set(err, ERR_STATE, "%s was not fetched: its terms were not agreed to",
                   m->name);
}

/* ---- fetching ----------------------------------------------------------------- */

static const char *const phase_names[] = {
    [DOWNLOAD_CONNECTING] = "connecting",
    [DOWNLOAD_LOADING] = "fetching",
    [DOWNLOAD_CHECKING] = "checking",
    [DOWNLOAD_UNPACKING] = "unpacking",
};

/* What is said while it works. */
struct talk {
    struct progress *progress;
    const char *name;
    int phase;    /* the last one heard of, -1 before */
    double since; /* when the speed was looked at, and how far it was then */
    uint64_t done;
    double rate; /* bytes a second, smoothed; 0 before it is known */
};

/* A new phase begins: on a terminal the line shows it, elsewhere a line says it. */
static void
begin_phase(struct talk *t, const struct download_progress *p)
{
    char from[NUMBER_MAX], total[NUMBER_MAX];

    if (t->phase == DOWNLOAD_CHECKING && p->phase == DOWNLOAD_CONNECTING)
        progress_say(t->progress, "the parts do not fit: once more from the start");
    t->phase = (int)p->phase;
    t->since = clock_now_s();
    t->done = p->done;
    t->rate = 0;
    if (p->phase != DOWNLOAD_LOADING)
        return;
    number_bytes(from, (double)p->from);
    number_bytes(total, (double)p->total);
    if (p->from > 0)
        progress_say(t->progress, "fetching %s.zip: going on at %s%s%s", t->name, from,
                     p->total > 0 ? " of " : "", p->total > 0 ? total : "");
    else
        progress_say(t->progress, "fetching %s.zip%s%s", t->name,
                     p->total > 0 ? ": " : "", p->total > 0 ? total : "");
}

static void
look_at_speed(struct talk *t, const struct download_progress *p)
{
    double now = clock_now_s(), spent = now - t->since, rate;

    if (spent < RATE_AFTER)
        return;
    rate = (double)(p->done - t->done) / spent;
    t->rate = t->rate == 0 ? rate : (1 - RATE_WEIGHT) * t->rate + RATE_WEIGHT * rate;
    t->since = now;
    t->done = p->done;
}

static bool
tell(void *arg, const struct download_progress *p)
{
    struct talk *t = arg;
    double total = p->total > 0 ? (double)p->total : (double)NAN;
    char done[NUMBER_MAX], rate[NUMBER_MAX], rest[2 * NUMBER_MAX + 8];

    if ((int)p->phase != t->phase || p->done < t->done)
        begin_phase(t, p);
    look_at_speed(t, p);
    if (progress_due(t->progress)) {
        number_bytes(done, (double)p->done);
        number_bytes(rate, t->rate);
        snprintf(rest, sizeof(rest), "%s%s%s%s", p->done > 0 ? done : "",
                 t->rate > 0 ? ", " : "", t->rate > 0 ? rate : "",
                 t->rate > 0 ? "/s" : "");
        progress_show(t->progress, phase_names[p->phase], (double)p->done / total,
                      t->rate > 0 ? (total - (double)p->done) / t->rate : (double)NAN,
                      rest);
    }
    return atomic_load(signals_stop());
}

static const struct column result_columns[] = {
    { .key = "name", .head = "name", .form = FORM_TEXT },
    { .key = "folder", .head = "folder", .form = FORM_TEXT },
    { .key = "fetched" },
    { .key = "bytes", .head = "fetched", .form = FORM_BYTES },
    { .key = "seconds", .head = "seconds", .form = FORM_REAL, .digits = 1 },
};

#define N_RESULT_COLUMNS (sizeof(result_columns) / sizeof(result_columns[0]))

static void
print_result(struct cli *cli, const struct movielens *m,
             const struct download_result *r)
{
    const int64_t fetched = (int64_t)(r->bytes - r->from);

    output_object_begin(cli->out, NULL);
    output_fields(
        cli->out, result_columns, N_RESULT_COLUMNS,
        (const struct value[]){ value_text(m->name), value_text(r->folder),
                                value_bool(!r->was_there),
                                r->was_there ? value_null() : value_int(fetched),
                                r->was_there ? value_null() : value_real(r->seconds) });
    output_object_end(cli->out);
    if (r->was_there)
        progress_say(cli->progress,
                     "%s was here already; remove its folder to fetch "
                     "it anew.",
                     m->name);
    progress_hint(cli->progress, "mltui train %s", m->name);
}

/* Show the terms and ask, unless the data are here. */
static enum err_code
agree(const struct cli *cli, const struct movielens *m, bool yes, struct err *err)
{
    struct download_state state;
    enum err_code rc = download_look(&state, m, NULL, err);

    if (rc != ERR_OK || state.here)
        return rc;
    rc = download_check(m, err);
    if (rc != ERR_OK)
        return rc;
    if (!yes || !cli->quiet)
        show_terms(m);
    return yes ? ERR_OK : ask(m, err);
}

static enum err_code
fetch(struct cli *cli, const struct movielens *m, bool yes, struct err *err)
{
    struct talk talk = { .progress = cli->progress, .name = m->name, .phase = -1 };
    const struct download_options opt = { .progress = tell, .arg = &talk };
    struct download_result result = { 0 };
    enum err_code rc = agree(cli, m, yes, err);

    if (rc == ERR_OK)
        rc = signals_catch(err);
    if (rc == ERR_OK)
        rc = download_run(&result, m, &opt, err);
    progress_clear(cli->progress);
    if (rc == ERR_OK)
        print_result(cli, m, &result);
    mem_free(result.folder);
    return rc;
}

static enum err_code
unknown(const char *name, struct err *err)
{
    const char *names[NAMES_MAX], *near;
    size_t n = 0;

    for (const struct movielens *m = movielens_list; m->name != NULL && n < NAMES_MAX;
         m++)
        names[n++] = m->name;
    near = text_nearest(name, names, n);
    return err_set(err, ERR_ARG, "no archive '%s'; %s%s%s", name,
                   near != NULL ? "did you mean '"
                                : "'mltui fetch' lists what there is",
                   near != NULL ? near : "", near != NULL ? "'?" : "");
}

static enum err_code
fetch_run(struct cli *cli, const void *arg, struct err *err)
{
    const struct settings *s = arg;
    const struct movielens *m;

    if (cli->n_operands == 0)
        return list(cli, err);
    m = movielens_find(cli->operands[0]);
    return m != NULL ? fetch(cli, m, s->yes, err) : unknown(cli->operands[0], err);
}

const struct command cmd_fetch = {
    .name = "fetch",
    .operands = "[NAME]",
    .max_operands = 1,
    .summary = "download a MovieLens data set, or list those there are",
    .about =
        "Downloads NAME.zip from GroupLens, compares it with the publisher's checksum "
        "and unpacks what mltui reads (ratings, films, links, tags, the README) into "
        "$XDG_DATA_HOME/mltui/NAME (~/.local/share/mltui/NAME); then NAME is a name "
        "for DATA everywhere. Without NAME it lists what can be had and what is "
        "here.\n\n"
        "The terms of use are shown first and asked about on a terminal; --yes agrees "
        "without being asked.\n\n"
        "A download that is cut or interrupted is kept, and the same command goes on "
        "from there. The folder appears at the end, whole. Only HTTPS is spoken, also "
        "after a redirection; https_proxy and no_proxy are heeded. MLTUI_FETCH_BASE "
        "names another address to fetch NAME.zip from: one with https, or one of this "
        "machine.",
    .examples =
        (const struct example[]){
            { "mltui fetch", "what there is, and what is here" },
            { "mltui fetch ml-latest-small", "a hundred thousand ratings, 1 MB" },
            { "mltui fetch ml-25m --yes", "without being asked about the terms" },
            { 0 } },
    .groups = GROUP_OUTPUT | GROUP_PROGRESS,
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = fetch_run,
};

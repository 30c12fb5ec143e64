/*
 * cmd_runs.c - `mltui runs`: what was trained, and clearing it away.
 *
 * Listing, --remove and --prune print rows of one table: the runs there are, or those
 * that went.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/train/runfolder.h"
#include "ui/cli/command.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct settings {
    struct option_list remove;
    bool prune;
    bool dry_run;
};

static const struct option options[] = {
    { .name = "remove",
      OPTION_LIST(struct settings, remove),
      .arg = "RUN",
      .help = "delete a run (of a link, only the link); may be given again" },
    { .name = "prune",
      OPTION_FLAG(struct settings, prune),
      .help = "delete runs that crashed or failed, and links that lead nowhere" },
    { .name = "dry-run",
      OPTION_FLAG(struct settings, dry_run),
      .help = "with --remove and --prune: only say what would go" },
    { 0 },
};

static const struct column columns[] = {
    { .key = "run", .head = "run", .form = FORM_TEXT }, /* whole: it is typed again */
    { .key = "state", .head = "state", .form = FORM_TEXT },
    { .key = "data", .head = "data", .form = FORM_TEXT, .flex = 1, .drop = 3 },
    { .key = "started", .head = "started", .form = FORM_TIME, .drop = 1 },
    { .key = "epochs", .head = "epochs", .form = FORM_INT, .drop = 4 },
    { .key = "valid_loss", .head = "valid loss", .form = FORM_REAL, .digits = 6 },
    { .key = "bytes", .head = "size", .form = FORM_BYTES, .drop = 2 },
};

#define N_COLUMNS (sizeof(columns) / sizeof(*columns))

static const char *
last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

/* The validation loss of the model that was kept; NaN without one. */
static double
valid_loss(const struct run *r)
{
    size_t n = r->info.best_epoch > 0 ? r->info.best_epoch : r->n_epochs;

    return n > 0 && n <= r->n_epochs ? r->epochs[n - 1].valid_loss : (double)NAN;
}

static enum ink
state_ink(enum run_state state)
{
    switch (state) {
    case RUN_TRAINING:
    case RUN_PAUSED:
        return INK_ACCENT;
    case RUN_CRASHED:
    case RUN_FAILED:
        return INK_BAD;
    default:
        return INK_NONE;
    }
}

static void
put_run(struct output *out, const struct run *r)
{
    output_row(out,
               (const struct value[]){
                   value_text(last_part(r->path)),
                   value_in(state_ink(r->info.state),
                            value_text(run_state_text(r->info.state))),
                   value_text(r->info.data),
                   r->info.started != 0 ? value_int(r->info.started) : value_null(),
                   value_int((int64_t)r->n_epochs),
                   value_real(valid_loss(r)),
                   value_int((int64_t)r->bytes),
               });
}

/* A link that leads nowhere: only its name is known. */
static void
put_link(struct output *out, const char *path)
{
    output_row(out, (const struct value[]){ value_text(last_part(path)), value_null(),
                                            value_null(), value_null(), value_null(),
                                            value_null(), value_null() });
}

/* Print the row of a run and, unless only asked, remove it. */
static enum err_code
remove_one(struct cli *cli, const struct run *r, bool dry_run, struct err *err)
{
    struct stat st;
    enum err_code rc = ERR_OK;
    char *target = NULL;

    if (lstat(r->path, &st) == 0 && S_ISLNK(st.st_mode))
        target = realpath(r->path, NULL);
    if (!dry_run)
        rc = run_remove(r->path, err);
    if (rc == ERR_OK) {
        put_run(cli->out, r);
        if (target != NULL)
            progress_say(cli->progress, "%s is a link; the run itself stays in %s",
                         last_part(r->path), target);
    }
    free(target);
    return rc;
}

static enum err_code
remove_named(struct cli *cli, const struct settings *s, struct err *err)
{
    enum err_code rc = ERR_OK;

    for (size_t i = 0; rc == ERR_OK && i < s->remove.n; i++) {
        struct run *r = NULL;
        char *path = NULL;

        rc = runs_resolve(&path, s->remove.item[i], err);
        if (rc == ERR_OK)
            rc = run_open(&r, path, RUN_METRICS, err);
        if (rc == ERR_OK)
            rc = remove_one(cli, r, s->dry_run, err);
        run_free(r);
        mem_free(path);
    }
    return rc;
}

static bool
is_waste(const struct run *r)
{
    return r->info.state == RUN_CRASHED || r->info.state == RUN_FAILED;
}

/* Each run that `s` asks for: all to be listed, or the useless ones to be removed. */
static enum err_code
go_through(struct cli *cli, const struct settings *s, size_t *ret_n, struct err *err)
{
    char **paths = NULL;
    enum err_code rc = runs_list(&paths, ret_n, err);

    for (size_t i = 0; rc == ERR_OK && i < *ret_n; i++) {
        struct run *r = NULL;
        struct err why;

        if (run_open(&r, paths[i], RUN_METRICS, &why) != ERR_OK)
            progress_warn(cli->progress, "%s", why.msg);
        else if (!s->prune)
            put_run(cli->out, r);
        else if (is_waste(r))
            rc = remove_one(cli, r, s->dry_run, err);
        run_free(r);
    }
    runs_list_free(paths);
    return rc;
}

static enum err_code
prune_links(struct cli *cli, bool dry_run, struct err *err)
{
    char **paths = NULL;
    size_t n = 0;
    enum err_code rc = runs_list_dangling(&paths, &n, err);

    for (size_t i = 0; rc == ERR_OK && i < n; i++) {
        if (!dry_run)
            rc = run_remove(paths[i], err);
        if (rc == ERR_OK)
            put_link(cli->out, paths[i]);
    }
    runs_list_free(paths);
    return rc;
}

static enum err_code
runs_run(struct cli *cli, const void *settings, struct err *err)
{
    const struct settings *s = settings;
    const bool removes = s->prune || s->remove.n > 0;
    enum err_code rc = ERR_OK;
    size_t n = 0;

    if (s->dry_run && !removes)
        return err_set(err, ERR_ARG, "--dry-run needs --remove or --prune");
    output_table_begin(cli->out, NULL, columns, N_COLUMNS);
    rc = remove_named(cli, s, err);
    if (rc == ERR_OK && (s->prune || !removes))
        rc = go_through(cli, s, &n, err);
    if (rc == ERR_OK && s->prune)
        rc = prune_links(cli, s->dry_run, err);
    output_table_end(cli->out);
    if (rc == ERR_OK && removes)
        progress_say(cli->progress,
                     s->dry_run ? "These would be removed." : "These were removed.");
    if (rc == ERR_OK && !removes && n == 0)
        progress_say(cli->progress, "There are no runs yet.");
    if (rc == ERR_OK && !removes)
        progress_hint(cli->progress,
                      n > 0 ? "mltui movies latest" : "mltui train sample");
    return rc;
}

const struct command cmd_runs = {
    .name = "runs",
    .operands = "",
    .summary = "list what was trained, the newest first, or remove it",
    .about =
        "Lists the runs in $XDG_STATE_HOME/mltui/runs (~/.local/state/mltui/runs) "
        "and those that --out put elsewhere and that a link there leads to. The "
        "validation loss is that of the model that was kept. A run that says it is "
        "training, but whose program is gone, is shown as crashed.\n\n"
        "--remove deletes the files that a run has, then its folder if nothing else "
        "is in it; it refuses a run that is training. Of a run put elsewhere by "
        "--out only the link goes. --prune does this to every run that crashed or "
        "failed, and to links that lead nowhere. Both print what went.",
    .examples =
        (const struct example[]){
            { "mltui runs", "all runs" },
            { "mltui runs --prune --dry-run", "what --prune would remove" },
            { "mltui runs --remove 2026-11-24-1958-sample", "delete one" },
            { 0 } },
    .groups = GROUP_OUTPUT | GROUP_PROGRESS,
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = runs_run,
};

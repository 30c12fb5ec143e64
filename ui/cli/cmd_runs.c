/*
 * cmd_runs.c - `mltui runs`: what was trained, and clearing it away.
 *
 * Listing, --remove and --prune print rows of one table: the runs there are, or those
 * that went.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/base/path.h"
#include "src/train/runfolder.h"
#include "ui/cli/command.h"

#include <math.h>
#include <stdlib.h>
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
      .help = "delete a run (of a link, only the link); may be given several times" },
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
    { .key = "data" },
    /* Of a path the end tells what it is. */
    { .head = "data", .form = FORM_TEXT, .flex = 1, .drop = 3 },
    { .key = "started", .head = "started", .form = FORM_TIME, .drop = 1 },
    { .key = "epochs", .head = "epochs", .form = FORM_INT, .drop = 4 },
    { .key = "valid_loss", .head = "valid loss", .form = FORM_REAL, .digits = 6 },
    { .key = "bytes", .head = "size", .form = FORM_BYTES, .drop = 2 },
};

#define N_COLUMNS (sizeof(columns) / sizeof(*columns))

/* One call of the command. */
struct job {
    struct cli *cli;
    const struct settings *s;
    size_t n; /* runs printed */
};

static bool
removes(const struct settings *s)
{
    return s->prune || s->remove.n > 0;
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
put_run(struct job *j, const struct run *r)
{
    j->n++;
    output_row(j->cli->out,
               (const struct value[]){
                   value_text(path_name(r->path)),
                   value_in(state_ink(r->info.state),
                            value_text(run_state_text(r->info.state))),
                   value_text(r->info.data),
                   value_text(r->info.data != NULL ? path_name(r->info.data) : NULL),
                   r->info.started != 0 ? value_int(r->info.started) : value_null(),
                   value_int((int64_t)r->n_epochs),
                   value_real(valid_loss(r)),
                   value_int((int64_t)r->bytes),
               });
}

/* What cannot be read: a link that leads nowhere, a damaged run, one killed at its
 * start. */
static void
put_name(struct job *j, const char *path)
{
    j->n++;
    output_row(j->cli->out,
               (const struct value[N_COLUMNS]){ value_text(path_name(path)) });
}

/* Where a link leads to, in memory of malloc; NULL for anything else. */
static char *
target_of(const char *path)
{
    struct stat st;

    if (lstat(path, &st) != 0 || !S_ISLNK(st.st_mode))
        return NULL;
    return realpath(path, NULL);
}

/* Print the row of a run (NULL: it cannot be read) and, unless only asked, remove it.
 */
static enum err_code
remove_one(struct job *j, const char *path, const struct run *r, struct err *err)
{
    char *target = target_of(path);
    enum err_code rc = j->s->dry_run ? ERR_OK : run_remove(path, err);

    if (rc == ERR_OK && r != NULL)
        put_run(j, r);
    else if (rc == ERR_OK)
        put_name(j, path);
    if (rc == ERR_OK && target != NULL)
        progress_say(j->cli->progress, "%s is a link; the run itself stays in %s",
                     path_name(path), target);
    free(target);
    return rc;
}

/* Paths of the runs that --remove names, all found before the first is touched; owned,
 * NULL last. */
static enum err_code
find_named(char ***ret, const struct option_list *names, struct err *err)
{
    char **paths = mem_new(names->n + 1, sizeof(char *));
    enum err_code rc = ERR_OK;

    if (paths == NULL)
        return err_nomem(err, (names->n + 1) * sizeof(char *), "a list of runs");
    for (size_t i = 0; rc == ERR_OK && i < names->n; i++)
        rc = runs_resolve(&paths[i], names->item[i], err);
    if (rc == ERR_OK)
        *ret = paths;
    else
        runs_list_free(paths);
    return rc;
}

static enum err_code
remove_named(struct job *j, char *const *paths, struct err *err)
{
    enum err_code rc = ERR_OK;

    for (; rc == ERR_OK && *paths != NULL; paths++) {
        struct run *r = NULL;

        if (run_open(&r, *paths, RUN_METRICS, NULL) != ERR_OK)
            r = NULL; /* damaged: a reason more to remove it */
        rc = remove_one(j, *paths, r, err);
        run_free(r);
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
go_through(struct job *j, struct err *err)
{
    char **paths = NULL;
    size_t n = 0;
    enum err_code rc = runs_list(&paths, &n, err);

    for (size_t i = 0; rc == ERR_OK && i < n; i++) {
        struct run *r = NULL;
        struct err why;

        if (run_open(&r, paths[i], RUN_METRICS, &why) != ERR_OK)
            progress_warn(j->cli->progress, "%s", why.msg);
        else if (!j->s->prune)
            put_run(j, r);
        else if (is_waste(r))
            rc = remove_one(j, paths[i], r, err);
        run_free(r);
    }
    runs_list_free(paths);
    return rc;
}

static enum err_code
prune_remains(struct job *j, struct err *err)
{
    char **paths = NULL;
    size_t n = 0;
    enum err_code rc = runs_list_remains(&paths, &n, err);

    for (size_t i = 0; rc == ERR_OK && i < n; i++) {
        if (!j->s->dry_run)
            rc = run_remove(paths[i], err);
        if (rc == ERR_OK)
            put_name(j, paths[i]);
    }
    runs_list_free(paths);
    return rc;
}

/* Print the rows of all runs, or of those that go. */
static enum err_code
put_table(struct job *j, char *const *named, struct err *err)
{
    enum err_code rc;

    output_table_begin(j->cli->out, NULL, columns, N_COLUMNS);
    rc = remove_named(j, named, err);
    if (rc == ERR_OK && (j->s->prune || !removes(j->s)))
        rc = go_through(j, err);
    if (rc == ERR_OK && j->s->prune)
        rc = prune_remains(j, err);
    output_table_end(j->cli->out);
    return rc;
}

/* What was done, or what to do next. */
static void
say_end(const struct job *j)
{
    struct progress *p = j->cli->progress;

    if (removes(j->s)) {
        progress_say(p, j->n == 0       ? "There is nothing to remove."
                        : j->s->dry_run ? "This is what would be removed."
                                        : "This is what was removed.");
        return;
    }
    if (j->n == 0)
        progress_say(p, "There are no runs yet.");
    progress_hint(p, j->n > 0 ? "mltui movies latest" : "mltui train sample");
}

static enum err_code
runs_run(struct cli *cli, const void *settings, struct err *err)
{
    struct job j = { .cli = cli, .s = settings };
    char **named = NULL;
    enum err_code rc;

    if (j.s->dry_run && !removes(j.s))
        return err_set(err, ERR_ARG, "--dry-run needs --remove or --prune");
    rc = find_named(&named, &j.s->remove, err);
    if (rc == ERR_OK)
        rc = put_table(&j, named, err);
    runs_list_free(named);
    if (rc == ERR_OK)
        say_end(&j);
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

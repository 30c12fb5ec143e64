/* cmd_train.c - `mltui train`: train a model and write its run folder. */
#include "config.h"

#include "src/base/clock.h"
#include "src/base/mem.h"
#include "src/train/runfolder.h"
#include "ui/cli/number.h"
#include "ui/cli/signals.h"
#include "ui/cli/train_report.h"
#include "ui/cli/training.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct train {
    struct training_options t;
    unsigned epochs, patience;
    double lr, wd;
    const char *out;
    bool dry_run;
};

static const struct option options[] = {
    { .name = "epochs",
      .letter = 'e',
      OPTION_UNSIGNED(struct train, epochs),
      .arg = "N",
      .def = "2",
      .lo = 1,
      .hi = TRAIN_MAX_EPOCHS,
      .help = "passes over the ratings" },
    { .name = "lr",
      OPTION_DOUBLE(struct train, lr),
      .arg = "RATE",
      .def = "3e-3",
      .lo = 0,
      .hi = 100,
      .above_lo = true,
      .word = "auto",
      .word_value = 0,
      .help = "highest learning rate of the one-cycle; auto: the valley of lr-find" },
    { .name = "wd",
      OPTION_DOUBLE(struct train, wd),
      .arg = "DECAY",
      .def = "1e-3",
      .lo = 0,
      .hi = 100,
      .help = "weight decay" },
    { .name = "patience",
      OPTION_UNSIGNED(struct train, patience),
      .arg = "N",
      .def = "2",
      .lo = 0,
      .hi = TRAIN_MAX_EPOCHS,
      .help = "epochs without a better validation that end it early; 0: never" },
    TRAINING_OPTIONS(struct train, t),
    { .name = "out",
      .letter = 'o',
      OPTION_TEXT(struct train, out),
      .arg = "RUN",
      .help = "folder to write, new or empty; else one in the runs folder" },
    { .name = "dry-run",
      OPTION_FLAG(struct train, dry_run),
      .help = "say sizes, memory and batches, and train nothing" },
    { 0 },
};

/* One `mltui train` from start to end. */
struct job {
    struct cli *cli;
    const struct train *set;
    struct dataset *data;
    struct session *session;
    char *run_dir;
    const char *word; /* that means the run to the other commands; borrowed */
    double began_s;
    struct epoch_record *epochs; /* (set->epochs) */
    size_t n_epochs;             /* of them, heard of */
    bool headed;                 /* the heading of the epochs' lines stands there */
    bool rate_said;              /* the rate that was found */
    bool room_said;              /* that the disk is too full */
    bool linked;                 /* from the runs folder, or it cannot be */
};

/* ---- before it starts ----------------------------------------------------------- */

static void
say_plan(struct job *j)
{
    const struct plan *p = session_plan(j->session);
    struct progress *to = j->cli->progress;
    char train[NUMBER_MAX], valid[NUMBER_MAX], batches[NUMBER_MAX];
    char need[NUMBER_MAX], data[NUMBER_MAX],
        available[NUMBER_MAX] = "an unknown amount";

    number_grouped(train, (int64_t)p->n_train);
    number_grouped(valid, (int64_t)p->n_valid);
    number_grouped(batches, (int64_t)p->n_batches);
    number_bytes(need, (double)p->need_bytes);
    number_bytes(data, (double)p->data_bytes);
    if (p->available_bytes != 0)
        number_bytes(available, (double)p->available_bytes);
    progress_say(to, "%s ratings to train on, %s held out for validation", train,
                 valid);
    progress_say(to, "batches of %zu%s, %s an epoch; %s, %u thread%s", p->batch,
                 j->set->t.batch == 0 ? " (auto)" : "", batches, p->ops->name,
                 p->threads, p->threads == 1 ? "" : "s");
    progress_say(to, "memory: %s for the ratings, %s to train; %s available", data,
                 need, available);
}

/* ---- while it runs -------------------------------------------------------------- */

/* fastai's table, a line an epoch. */
static void
say_epochs(struct job *j)
{
    struct progress *to = j->cli->progress;
    size_t n = session_epochs(j->session, j->n_epochs, j->epochs + j->n_epochs,
                              j->set->epochs - j->n_epochs);

    for (size_t i = 0; i < n; i++) {
        const struct epoch_record *e = &j->epochs[j->n_epochs++];

        if (!j->headed)
            progress_say(to, "%5s  %10s  %10s  %8s  %8s  %8s", "epoch", "train_loss",
                         "valid_loss", "rmse", "mae", "seconds");
        j->headed = true;
        if (isnan(e->valid_loss))
            progress_say(to, "%5u  %10.6f  %10s  %8s  %8s  %8.2f", e->epoch,
                         e->train_loss, "-", "-", "-", e->seconds);
        else
            progress_say(to, "%5u  %10.6f  %10.6f  %8.6f  %8.6f  %8.2f%s", e->epoch,
                         e->train_loss, e->valid_loss, e->rmse, e->mae, e->seconds,
                         e->best ? "  best so far" : "");
    }
}

/* The bar: what is being done, how far the whole is, how fast. */
static void
show_bar(struct job *j, const struct snapshot *now)
{
    char label[64], rest[96];
    double part = now->n_steps != 0 ? (double)now->step / (double)now->n_steps : NAN;

    if (!progress_due(j->cli->progress))
        return;
    if (now->state == SESSION_TRAINING && now->epoch == 0)
        snprintf(label, sizeof(label), "preparing"); /* first weights, first shuffle */
    else if (now->state == SESSION_TRAINING)
        snprintf(label, sizeof(label), "epoch %u/%u", now->epoch, now->n_epochs);
    else
        snprintf(label, sizeof(label), "%s", session_state_text(now->state));
    snprintf(rest, sizeof(rest), "loss %.4f  %.2f M ratings/s", now->smooth_loss,
             now->ratings_per_second / 1e6);
    progress_show(j->cli->progress, label, part, now->step != 0 ? now->eta_s : NAN,
                  now->state == SESSION_TRAINING && now->step != 0 ? rest : NULL);
}

/* A run written elsewhere is linked as soon as it will not be taken back, so that
 * `runs` shows one whose writer is killed. */
static void
link_run(struct job *j)
{
    struct err err;

    if (j->linked || j->set->out == NULL)
        return;
    j->linked = true;
    if (runs_link(j->run_dir, &err) != ERR_OK) {
        progress_warn(j->cli->progress, "%s", err.msg);
        j->word = j->run_dir;
    }
}

static void
hear(void *arg, const struct snapshot *now)
{
    struct job *j = arg;

    if (now->step > 0 && now->state == SESSION_TRAINING)
        link_run(j);
    if (now->no_room.code != ERR_OK && !j->room_said) {
        j->room_said = true;
        progress_warn(j->cli->progress, "%s", now->no_room.msg);
    }
    if (j->set->lr == 0 && now->lr_max != 0 && !j->rate_said) {
        j->rate_said = true;
        progress_say(j->cli->progress, "learning rate %.2e (auto, the finder's valley)",
                     now->lr_max);
        (void)training_warn_of_finder(j->cli, j->session);
    }
    say_epochs(j);
    show_bar(j, now);
}

/* ---- when it has ended ---------------------------------------------------------- */

/* What one would type next. */
static void
say_next(struct job *j, const struct snapshot *now)
{
    const struct catalog *c = j->data->catalog;
    char buf[24];

    if (now->no_number)
        progress_warn(j->cli->progress,
                      "no validation gave a number; the last weights were kept");
    progress_hint(j->cli->progress, "mltui movies %s", j->word);
    if (c->n_users > 0)
        progress_hint(j->cli->progress, "mltui recommend %s --user %s", j->word,
                      idcol_text(&c->user, 1, buf));
}

/* How the session ended, in words, output and exit status. */
static enum err_code
report(struct job *j, const struct snapshot *now, struct err *err)
{
    if (now->state == SESSION_ABANDONED) {
        progress_say(j->cli->progress,
                     "stopped before the first batch; nothing was kept");
        return ERR_OK;
    }
    if (now->state == SESSION_FAILED) {
        *err = now->error;
        return err->code;
    }
    link_run(j);
    train_print_report(j->cli,
                       &(struct train_report){ .run_dir = j->run_dir,
                                               .plan = session_plan(j->session),
                                               .end = now,
                                               .epochs = j->epochs,
                                               .n_epochs = j->n_epochs,
                                               .load_s = j->data->load_s,
                                               .total_s = clock_now_s() - j->began_s });
    say_next(j, now);
    return ERR_OK;
}

/* ---- the command ---------------------------------------------------------------- */

static enum err_code
choose_run_dir(struct job *j, const char *word, struct err *err)
{
    if (j->set->out == NULL)
        return runs_new_path(&j->run_dir, word, err);
    j->run_dir = mem_strdup(j->set->out);
    if (j->run_dir == NULL)
        return err_nomem(err, strlen(j->set->out) + 1, "the run's path");
    return ERR_OK;
}

static enum err_code
train(struct job *j, const struct train_config *config, const char *word,
      struct err *err)
{
    struct snapshot last;
    enum err_code rc = choose_run_dir(j, word, err);

    j->epochs = mem_new(j->set->epochs, sizeof(*j->epochs));
    if (rc == ERR_OK && j->epochs == NULL)
        rc = err_nomem(err, j->set->epochs * sizeof(*j->epochs), "the epochs");
    if (rc == ERR_OK)
        rc = session_new(&j->session, j->data, config, err);
    if (rc != ERR_OK)
        return rc;
    say_plan(j);
    rc = session_train(j->session, j->run_dir, err);
    if (rc != ERR_OK)
        return rc;
    training_follow(j->cli, j->session, &last, hear, j);
    return report(j, &last, err);
}

static enum err_code
dry_run(struct job *j, const struct train_config *config, struct err *err)
{
    struct plan plan;
    enum err_code rc = plan_make(&plan, config, j->data->ratings, err);

    if (rc == ERR_OK)
        train_print_plan(j->cli->out, &plan, j->data->ratings);
    return rc;
}

static enum err_code
train_run(struct cli *cli, const void *settings, struct err *err)
{
    const struct train *set = settings;
    struct job j = {
        .cli = cli, .set = set, .word = "latest", .began_s = clock_now_s()
    };
    struct train_config config = training_config(cli, &set->t);
    const char *word = cli->operands[0];
    enum err_code rc;

    config.epochs = set->epochs;
    config.patience = set->patience;
    config.lr = set->lr;
    config.wd = set->wd;
    rc = device_find(&config.ops, set->t.device, err);
    if (rc == ERR_OK)
        rc = training_load(&j.data, cli, &set->t, word, err);
    if (rc == ERR_OK)
        rc = set->dry_run ? dry_run(&j, &config, err) : train(&j, &config, word, err);
    session_free(j.session);
    mem_free(j.epochs);
    mem_free(j.run_dir);
    dataset_free(j.data);
    return rc;
}

const struct command cmd_train = {
    .name = "train",
    .operands = "DATA",
    .min_operands = 1,
    .max_operands = 1,
    .summary = "train a model and keep the best epoch",
    .about =
        "Trains the factors and the biases of users and films as fastai's "
        "collab_learner does: Adam with decoupled decay, one learning-rate cycle over all epochs, mean squared error. "
        "After each epoch it validates on the ratings held out and keeps the best "
        "weights. The run folder holds the settings, the curves, the model and the "
        "ratings, so it is all that movies, recommend and history need. A disk with too "
        "little room for it is warned of at the start.\n\n"
        "SIGINT (Ctrl-C) and SIGTERM end it after the batch: it validates once, keeps "
        "the better of best and current weights, and marks the run stopped; a second "
        "signal ends it at once. A loss that is not a number ends it with exit status "
        "1; the best weights so far, or the initial ones, stay in the run.\n\n"
        "In --json, train_seconds are spent on batches and shuffles, without "
        "validations, and ratings_per_second is over them; stopped is null, \"early\" "
        "(no better for --patience epochs) or \"by signal\".",
    .examples =
        (const struct example[]){
            { "mltui train sample", "the built-in data" },
            { "mltui train ml-25m --epochs 5 --patience 1", "stop when it gets worse" },
            { "mltui train ratings.csv --lr auto --json",
              "find the rate; for scripts" },
            { "mltui train ml-25m --dry-run", "how large it would be" },
            { 0 } },
    .groups = TRAINING_GROUPS,
    .options = options,
    .settings_size = sizeof(struct train),
    .run = train_run,
};

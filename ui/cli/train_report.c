/* train_report.c - what `mltui train` prints to stdout; see train_report.h. */
#include "config.h"

#include "ui/cli/train_report.h"

#include "src/base/sysinfo.h"
#include "ui/cli/output.h"

#define N_COLUMNS(c) (sizeof(c) / sizeof(*(c)))

/* ---- the plan -------------------------------------------------------------------- */

static const struct column plan_columns[] = {
    { .key = "ratings", .head = "ratings", .form = FORM_COUNT },
    { .key = "train", .head = "to train on", .form = FORM_COUNT },
    { .key = "valid", .head = "held out", .form = FORM_COUNT },
    { .key = "users", .head = "users", .form = FORM_COUNT },
    { .key = "items", .head = "films", .form = FORM_COUNT },
    { .key = "weights", .head = "weights", .form = FORM_COUNT },
    { .key = "batch", .head = "batch", .form = FORM_COUNT },
    { .key = "batches_per_epoch", .head = "batches an epoch", .form = FORM_COUNT },
    { .key = "steps", .head = "steps in all", .form = FORM_COUNT },
    { .key = "device", .head = "device", .form = FORM_TEXT },
    { .key = "threads", .head = "threads", .form = FORM_INT },
    { .key = "data_bytes", .head = "memory of the data", .form = FORM_BYTES },
    { .key = "need_bytes", .head = "memory to train", .form = FORM_BYTES },
    { .key = "available_bytes", .head = "memory available", .form = FORM_BYTES },
};

void
train_print_plan(struct output *o, const struct plan *p, const struct ratings *r)
{
    const struct value values[N_COLUMNS(plan_columns)] = {
        value_int((int64_t)r->n),
        value_int((int64_t)p->n_train),
        value_int((int64_t)p->n_valid),
        value_int(r->n_users),
        value_int(r->n_items),
        value_int((int64_t)p->n_weights),
        value_int((int64_t)p->batch),
        value_int((int64_t)p->n_batches),
        value_int((int64_t)p->n_steps),
        value_text(p->ops->name),
        value_int(p->threads),
        value_int((int64_t)p->data_bytes),
        value_int((int64_t)p->need_bytes),
        p->available_bytes != 0 ? value_int((int64_t)p->available_bytes) : value_null(),
    };

    output_object_begin(o, NULL);
    output_fields(o, plan_columns, N_COLUMNS(plan_columns), values);
    output_object_end(o);
}

/* ---- the report ------------------------------------------------------------------ */

static const struct column head_columns[] = {
    { .key = "run", .head = "run", .form = FORM_TEXT },
    { .key = "batch", .form = FORM_INT },
    { .key = "lr", .form = FORM_SHORT },
    { .key = "steps" },
};
static const struct column epoch_columns[] = {
    { .key = "epoch", .head = "epoch", .form = FORM_INT },
    { .key = "train_loss", .head = "train_loss", .form = FORM_REAL, .digits = 6 },
    { .key = "valid_loss", .head = "valid_loss", .form = FORM_REAL, .digits = 6 },
    { .key = "rmse", .head = "rmse", .form = FORM_REAL, .digits = 6 },
    { .key = "mae", .head = "mae", .form = FORM_REAL, .digits = 6 },
    { .key = "seconds", .head = "seconds", .form = FORM_REAL, .digits = 2 },
};
static const struct column best_columns[] = {
    { .key = "best_epoch", .head = "best epoch", .form = FORM_INT },
};
static const struct column stopped_columns[] = {
    { .key = "stopped", .head = "stopped", .form = FORM_TEXT },
};
static const struct column tail_columns[] = {
    { .key = "load_seconds",
      .head = "seconds to load",
      .form = FORM_REAL,
      .digits = 2 },
    { .key = "train_seconds",
      .head = "seconds to train",
      .form = FORM_REAL,
      .digits = 2 },
    { .key = "total_seconds",
      .head = "seconds in all",
      .form = FORM_REAL,
      .digits = 2 },
    { .key = "ratings_per_second", .head = "ratings a second", .form = FORM_COUNT },
    { .key = "peak_rss_bytes", .head = "memory at most", .form = FORM_BYTES },
    { .key = "device", .head = "device", .form = FORM_TEXT },
    { .key = "threads" },
    { .key = "seed", .head = "seed", .form = FORM_INT },
};

/* In text, who sees both streams on a terminal has just read the epochs. */
static bool
epochs_stand_above(const struct cli *cli)
{
    return output_form(cli->out) == OUTPUT_TEXT && output_term(cli->out)->tty &&
           !cli->quiet;
}

static void
print_epochs(struct output *o, const struct train_report *t)
{
    output_gap(o);
    output_table_begin(o, "epochs", epoch_columns, N_COLUMNS(epoch_columns));
    for (size_t i = 0; i < t->n_epochs; i++) {
        const struct epoch_record *e = &t->epochs[i];

        output_row(
            o, (const struct value[]){ value_int(e->epoch), value_real(e->train_loss),
                                       value_real(e->valid_loss), value_real(e->rmse),
                                       value_real(e->mae), value_real(e->seconds) });
    }
    output_table_end(o);
    output_gap(o);
}

void
train_print_report(const struct cli *cli, const struct train_report *t)
{
    const struct snapshot *end = t->end;
    const char *stopped = end->state == SESSION_STOPPED ? "by signal"
                          : end->stopped_early          ? "early"
                                                        : NULL;
    const struct value head[] = { value_path(t->run_dir),
                                  value_int((int64_t)t->plan->batch),
                                  value_real(end->lr_max),
                                  value_int((int64_t)end->step) };
    const struct value best =
        end->best_epoch != 0 ? value_int(end->best_epoch) : value_null();
    const struct value how = value_text(stopped);
    const struct value tail[] = {
        value_real(t->load_s),
        value_real(end->train_s),
        value_real(t->total_s),
        value_int((int64_t)end->ratings_per_second),
        value_int((int64_t)sysinfo_peak_rss()),
        value_text(t->plan->ops->name),
        value_int(t->plan->threads),
        value_uint(cli->seed),
    };
    struct output *o = cli->out;

    output_object_begin(o, NULL);
    if (epochs_stand_above(cli))
        output_gap(o);
    output_fields(o, head_columns, N_COLUMNS(head_columns), head);
    if (!epochs_stand_above(cli))
        print_epochs(o, t);
    output_fields(o, best_columns, N_COLUMNS(best_columns), &best);
    if (stopped != NULL || output_form(o) != OUTPUT_TEXT)
        output_fields(o, stopped_columns, N_COLUMNS(stopped_columns), &how);
    output_fields(o, tail_columns, N_COLUMNS(tail_columns), tail);
    output_object_end(o);
}

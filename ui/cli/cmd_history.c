/* cmd_history.c - `mltui history`: the recorded curves of runs. */
#include "config.h"

#include "src/base/mem.h"
#include "src/base/path.h"
#include "src/train/curves.h"
#include "src/train/runfolder.h"
#include "ui/cli/command.h"
#include "ui/cli/textplot.h"

#include <limits.h>
#include <math.h>

#define PLOT_WIDTH  72
#define PLOT_HEIGHT 14

static const struct column run_columns[] = {
    { .key = "run", .head = "run", .form = FORM_TEXT },
    { .head = "state", .form = FORM_TEXT },
    { .head = "data", .form = FORM_TEXT },
};

/* Columns of an epoch and of a record of batches, and their values. */
#define EPOCH_COLUMNS                                                                  \
    { .key = "epoch", .head = "epoch", .form = FORM_INT },                             \
        { .key = "train_loss", .head = "train_loss", .form = FORM_REAL, .digits = 6 }, \
        { .key = "valid_loss", .head = "valid_loss", .form = FORM_REAL, .digits = 6 }, \
        { .key = "rmse", .head = "rmse", .form = FORM_REAL, .digits = 6 },             \
        { .key = "mae", .head = "mae", .form = FORM_REAL, .digits = 6, .drop = 1 },    \
        { .key = "seconds", .head = "seconds", .form = FORM_REAL, .digits = 2 },       \
    {                                                                                  \
        .key = "best"                                                                  \
    }
#define STEP_COLUMNS                                                          \
    { .key = "step" }, { .key = "min" }, { .key = "max" }, { .key = "mean" }, \
        { .key = "last" }, { .key = "smooth" }, { .key = "lr" },              \
    {                                                                         \
        .key = "mom"                                                          \
    }

static const struct column epoch_columns[] = { EPOCH_COLUMNS };
static const struct column step_columns[] = { STEP_COLUMNS };

/* CSV: a line for each thing recorded, of a run's batches or of an epoch; empty where
 * the other kind has its values. */
static const struct column record_columns[] = { { .key = "run" },
                                                STEP_COLUMNS,
                                                EPOCH_COLUMNS };

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

static void
epoch_values(struct value v[COUNT(epoch_columns)], const struct epoch_record *e)
{
    v[0] = value_int(e->epoch);
    v[1] = value_real(e->train_loss);
    v[2] = value_in(e->best ? INK_GOOD : INK_NONE, value_real(e->valid_loss));
    v[3] = value_real(e->rmse);
    v[4] = value_real(e->mae);
    v[5] = value_real(e->seconds);
    v[6] = value_bool(e->best);
}

static void
step_values(struct value v[COUNT(step_columns)], const struct step_record *s)
{
    v[0] = value_int((int64_t)s->step);
    v[1] = value_real(s->min);
    v[2] = value_real(s->max);
    v[3] = value_real(s->mean);
    v[4] = value_real(s->last);
    v[5] = value_real(s->smooth);
    v[6] = value_real(s->lr);
    v[7] = value_real(s->mom);
}

static void
put_run(struct output *out, const struct run *r)
{
    output_fields(out, run_columns, COUNT(run_columns),
                  (const struct value[]){
                      value_text(path_name(r->path)),
                      value_text(run_state_text(r->info.state)),
                      value_path(r->info.data),
                  });
}

static void
put_epochs(struct output *out, const struct run *r)
{
    output_table_begin(out, "epochs", epoch_columns, COUNT(epoch_columns));
    for (size_t i = 0; i < r->n_epochs; i++) {
        struct value v[COUNT(epoch_columns)];

        epoch_values(v, &r->epochs[i]);
        output_row(out, v);
    }
    output_table_end(out);
}

static void
put_steps(struct output *out, const struct run *r)
{
    output_table_begin(out, "steps", step_columns, COUNT(step_columns));
    for (size_t i = 0; i < r->n_steps; i++) {
        struct value v[COUNT(step_columns)];

        step_values(v, &r->steps[i]);
        output_row(out, v);
    }
    output_table_end(out);
}

/* ---- CSV ------------------------------------------------------------------------ */

/* The last batch before epoch i (0-based) was validated: its end, unless the run was
 * stopped within it. */
static double
epoch_step(const struct run *r, size_t i)
{
    const double end = curves_epoch_step(r, (unsigned)i + 1);

    if (r->info.state != RUN_STOPPED || r->n_steps == 0)
        return end;
    return fmin(end, (double)r->steps[r->n_steps - 1].step);
}

static void
put_step_record(struct output *out, const struct run *r, const struct step_record *s)
{
    struct value v[COUNT(record_columns)] = { value_text(path_name(r->path)) };

    step_values(v + 1, s);
    output_row(out, v);
}

static void
put_epoch_record(struct output *out, const struct run *r, size_t i)
{
    struct value v[COUNT(record_columns)] = { value_text(path_name(r->path)),
                                              value_int((int64_t)epoch_step(r, i)) };

    epoch_values(v + 1 + COUNT(step_columns), &r->epochs[i]);
    output_row(out, v);
}

/* In the order of the batches; an epoch comes after its last. */
static void
put_records(struct output *out, const struct run *r)
{
    size_t s = 0;

    for (size_t i = 0; i < r->n_epochs; i++) {
        while (s < r->n_steps && (double)r->steps[s].step <= epoch_step(r, i))
            put_step_record(out, r, &r->steps[s++]);
        put_epoch_record(out, r, i);
    }
    while (s < r->n_steps)
        put_step_record(out, r, &r->steps[s++]);
}

/* ---- text ----------------------------------------------------------------------- */

/* x and y of the smoothed training loss by batch, then of the validations. */
static void
fill_curves(double *x, double *y, const struct run *r)
{
    for (size_t i = 0; i < r->n_steps; i++) {
        x[i] = (double)r->steps[i].step;
        y[i] = r->steps[i].smooth;
    }
    for (size_t i = 0; i < r->n_epochs; i++) {
        x[r->n_steps + i] = epoch_step(r, i);
        y[r->n_steps + i] = r->epochs[i].valid_loss;
    }
}

static enum err_code
draw(struct output *out, const struct run *r, struct err *err)
{
    const struct term *term = output_term(out);
    const size_t n = r->n_steps + r->n_epochs;
    double *x = mem_new(2 * n, sizeof(*x)), *y = x + n;
    const struct textplot_series series[] = {
        { .x = x, .y = y, .n = r->n_steps, .ascii = "." },
        { .x = x + r->n_steps,
          .y = y + r->n_steps,
          .n = r->n_epochs,
          .points = true,
          .glyph = "●",
          .ascii = "o" },
    };
    const struct textplot plot = {
        .width =
            term->width != 0 && term->width < PLOT_WIDTH ? term->width : PLOT_WIDTH,
        .height = PLOT_HEIGHT,
        .glyphs = term->glyphs,
        .whole_x = true,
        .series = series,
        .n_series = COUNT(series),
    };
    enum err_code rc;

    if (x == NULL)
        return err_nomem(err, 2 * n * sizeof(*x), "a plot");
    fill_curves(x, y, r);
    output_gap(out);
    output_say(out, "Loss by batch: smoothed training (line), validation (%s)",
               term->glyphs ? series[1].glyph : series[1].ascii);
    rc = textplot_draw(output_stream(out), &plot, err);
    mem_free(x);
    return rc;
}

static enum err_code
put_history(struct cli *cli, const struct run *r, struct err *err)
{
    const bool text = output_form(cli->out) == OUTPUT_TEXT;
    enum err_code rc = ERR_OK;

    output_object_begin(cli->out, NULL);
    put_run(cli->out, r);
    output_gap(cli->out);
    put_epochs(cli->out, r);
    if (!text)
        put_steps(cli->out, r);
    else if (r->n_steps > 0 && (output_term(cli->out)->width == 0 ||
                                output_term(cli->out)->width >= TEXTPLOT_MIN_WIDTH))
        rc = draw(cli->out, r, err);
    output_object_end(cli->out);
    return rc;
}

static enum err_code
put_histories(struct cli *cli, struct run *const *runs, struct err *err)
{
    enum err_code rc = ERR_OK;

    if (output_form(cli->out) == OUTPUT_CSV) {
        output_table_begin(cli->out, NULL, record_columns, COUNT(record_columns));
        for (unsigned i = 0; i < cli->n_operands; i++)
            put_records(cli->out, runs[i]);
        output_table_end(cli->out);
        return ERR_OK;
    }
    output_list_begin(cli->out);
    for (unsigned i = 0; rc == ERR_OK && i < cli->n_operands; i++)
        rc = put_history(cli, runs[i], err);
    output_list_end(cli->out);
    return rc;
}

/* All are opened before anything is printed. */
static enum err_code
history_run(struct cli *cli, const void *settings, struct err *err)
{
    struct run **runs = mem_new(cli->n_operands, sizeof(struct run *));
    enum err_code rc = ERR_OK;

    (void)settings;
    if (runs == NULL)
        return err_nomem(err, cli->n_operands * sizeof(struct run *), "the runs");
    for (unsigned i = 0; rc == ERR_OK && i < cli->n_operands; i++)
        rc = runs_open(&runs[i], cli->operands[i], RUN_METRICS, err);
    if (rc == ERR_OK)
        rc = put_histories(cli, runs, err);
    for (unsigned i = 0; i < cli->n_operands; i++)
        run_free(runs[i]);
    mem_free(runs);
    return rc;
}

const struct command cmd_history = {
    .name = "history",
    .operands = "RUN...",
    .min_operands = 1,
    .max_operands = UINT_MAX,
    .summary = "show the losses that runs recorded",
    .about =
        "Prints a line per epoch, as fastai does, and draws the smoothed training "
        "loss with the validation losses. --json and --csv add a record per 64 "
        "batches: least, greatest, mean and last loss, the smoothed loss, learning "
        "rate and momentum. A run that is still training shows what there is.\n\n"
        "--csv is one table for a spreadsheet, a line per record in the order of the "
        "batches: 'step' is the last batch that it covers. The lines of epochs have "
        "'epoch' and the columns after it, the others those before it, so that a "
        "plot over 'step' shows both and a filter on 'epoch' leaves one kind.",
    .examples =
        (const struct example[]){
            { "mltui history latest", "the newest run" },
            { "mltui history --json a b", "two runs, for another program" },
            { "mltui history --csv latest >run.csv", "for a spreadsheet" },
            { 0 } },
    .groups = GROUP_OUTPUT,
    .run = history_run,
};

/* cmd_lr_find.c - `mltui lr-find`: the learning-rate range test and its curve. */
#include "config.h"

#include "src/base/mem.h"
#include "ui/cli/lradvice.h"
#include "ui/cli/signals.h"
#include "ui/cli/textplot.h"
#include "ui/cli/training.h"

#include <math.h>
#include <stdio.h>

struct lr_find {
    struct training_options t;
};

static const struct option options[] = {
    TRAINING_OPTIONS(struct lr_find, t),
    { 0 },
};

#define PLOT_HEIGHT    16
#define PLOT_WIDTH     80 /* where the terminal does not say */
#define PLOT_MAX_WIDTH 100
#define SETTLED        10 /* points before the smoothed loss means something */
#define PLOT_OVERSHOOT .5 /* of the fall: how far above it the end is drawn */

/* ---- JSON and CSV --------------------------------------------------------------- */

static const struct column point_columns[] = {
    { .key = "lr", .form = FORM_SHORT },
    { .key = "loss", .form = FORM_REAL, .digits = 6 },
    { .key = "smoothed", .form = FORM_REAL, .digits = 6 },
};
static const struct column suggestion_columns[] = {
    { .key = "valley", .form = FORM_SHORT },
    { .key = "slide", .form = FORM_SHORT },
    { .key = "minimum", .form = FORM_SHORT },
    { .key = "steep", .form = FORM_SHORT },
};

/* CSV: a line a rate, then one a suggestion, so that a spreadsheet draws the curve. */
static const struct column line_columns[] = {
    { .key = "lr" },
    { .key = "loss" },
    { .key = "smoothed" },
    { .key = "suggestion" },
};

static void
print_lines(struct output *o, const struct finding *f)
{
    struct lradvice a[LRADVICE_COUNT];

    lradvice_of(a, f, 0);
    output_table_begin(o, NULL, line_columns, 4);
    for (size_t i = 0; i < f->n; i++)
        output_row(o,
                   (const struct value[]){ value_real(f->lr[i]), value_real(f->loss[i]),
                                           value_real(f->smooth[i]), value_null() });
    for (size_t i = 0; i < LRADVICE_COUNT; i++)
        output_row(o, (const struct value[]){ value_real(a[i].rate), value_null(),
                                              value_null(), value_text(a[i].name) });
    output_table_end(o);
}

static void
print_object(struct output *o, const struct finding *f)
{
    output_object_begin(o, NULL);
    output_table_begin(o, "points", point_columns, 3);
    for (size_t i = 0; i < f->n; i++)
        output_row(o,
                   (const struct value[]){ value_real(f->lr[i]), value_real(f->loss[i]),
                                           value_real(f->smooth[i]) });
    output_table_end(o);
    output_object_begin(o, "suggestions");
    output_fields(o, suggestion_columns, 4,
                  (const struct value[]){
                      value_real(f->found.valley), value_real(f->found.slide),
                      value_real(f->found.minimum), value_real(f->found.steep) });
    output_object_end(o);
    output_object_end(o);
}

/* ---- text ----------------------------------------------------------------------- */

/* Points worth drawing: where the loss explodes, it would press the rest flat, so the
 * curve ends a little above the height it fell from. The first losses are still noise
 * and are no bottom, as for the suggestions. */
static size_t
n_drawn(const struct finding *f)
{
    size_t bottom = f->n > SETTLED ? SETTLED : 0, n;
    double high = -INFINITY, low;

    for (size_t i = bottom; i < f->n; i++)
        if (f->smooth[i] < f->smooth[bottom])
            bottom = i;
    low = f->smooth[bottom];
    for (size_t i = 0; i <= bottom; i++)
        high = fmax(high, f->smooth[i]);
    for (n = bottom; n < f->n; n++)
        if (!(f->smooth[n] <= high + PLOT_OVERSHOOT * (high - low)))
            break;
    return n;
}

/* The smoothed loss over the rates, with a sign at each suggestion. */
static enum err_code
draw(struct output *o, const struct finding *f, const struct lradvice *a,
     struct err *err)
{
    const struct term *term = output_term(o);
    unsigned width = term->width != 0 ? term->width : PLOT_WIDTH;
    struct textplot_series curve = {
        .x = f->lr, .y = f->smooth, .n = n_drawn(f), .ascii = "*"
    };
    struct textplot_mark marks[LRADVICE_COUNT];
    struct textplot plot = { .width = width < PLOT_MAX_WIDTH ? width : PLOT_MAX_WIDTH,
                             .height = PLOT_HEIGHT,
                             .glyphs = term->glyphs,
                             .log_x = true,
                             .series = &curve,
                             .n_series = 1,
                             .marks = marks,
                             .n_marks = LRADVICE_COUNT };

    for (size_t i = 0; i < LRADVICE_COUNT; i++) /* the first is drawn last, on top */
        marks[LRADVICE_COUNT - 1 - i] =
            (struct textplot_mark){ a[i].rate, a[i].glyph, a[i].ascii };
    output_say(o, "Smoothed loss by learning rate");
    return textplot_draw(output_stream(o), &plot, err);
}

static enum err_code
print_text(struct output *o, const struct finding *f, size_t batch, struct err *err)
{
    bool glyphs = output_term(o)->glyphs;
    struct lradvice a[LRADVICE_COUNT];
    enum err_code rc;

    lradvice_of(a, f, batch);
    rc = draw(o, f, a, err);
    output_gap(o);
    output_say(o, "%zu of %d rates tried, %.0e to %.1e, with weight decay %g.", f->n,
               LRFIND_STEPS, f->lr[0], f->lr[f->n - 1], LRFIND_WD);
    for (size_t i = 0; i < LRADVICE_COUNT; i++)
        if (isnan(a[i].rate))
            output_say(o, "%s %-8s none: %s", glyphs ? a[i].glyph : a[i].ascii,
                       a[i].name, a[i].why);
        else
            output_say(o, "%s %-8s %-9.2e %s", glyphs ? a[i].glyph : a[i].ascii,
                       a[i].name, a[i].rate, a[i].what);
    return rc;
}

/* ---- the command ---------------------------------------------------------------- */

static void
hear(void *arg, const struct snapshot *now)
{
    struct cli *cli = arg;
    char rest[64];

    if (!progress_due(cli->progress) || now->n_steps == 0)
        return;
    snprintf(rest, sizeof(rest), "rate %.1e  loss %.4f", now->lr, now->smooth_loss);
    progress_show(cli->progress, session_state_text(now->state),
                  (double)now->step / (double)now->n_steps, NAN, rest);
}

static enum err_code
report(struct cli *cli, struct session *s, const struct snapshot *last,
       const char *word, struct err *err)
{
    struct finding f;
    enum err_code rc = ERR_OK;

    if (last->state == SESSION_FAILED) {
        *err = last->error;
        return err->code;
    }
    if (last->state != SESSION_DONE)
        return ERR_OK; /* by a signal, which the frame raises again */
    session_finding(s, &f);
    switch (output_form(cli->out)) {
    case OUTPUT_TEXT:
        rc = print_text(cli->out, &f, session_plan(s)->batch, err);
        break;
    case OUTPUT_JSON:
        print_object(cli->out, &f);
        break;
    case OUTPUT_CSV:
        print_lines(cli->out, &f);
        break;
    }
    if (rc == ERR_OK && training_warn_of_finder(cli, s))
        progress_hint(cli->progress, "mltui train %s --lr 3e-3", word);
    else if (rc == ERR_OK && !isnan(f.found.valley))
        progress_hint(cli->progress, "mltui train %s --lr %.2g", word, f.found.valley);
    return rc;
}

static enum err_code
lr_find_run(struct cli *cli, const void *settings, struct err *err)
{
    const struct lr_find *set = settings;
    struct train_config config = training_config(cli, &set->t);
    const char *word = cli->operands[0];
    struct dataset *data = NULL;
    struct session *session = NULL;
    struct snapshot last;
    enum err_code rc = device_find(&config.ops, set->t.device, err);

    if (rc == ERR_OK)
        rc = training_load(&data, cli, &set->t, word, err);
    if (rc == ERR_OK)
        rc = session_new(&session, data, &config, err);
    if (rc == ERR_OK)
        rc = session_find_lr(session, err);
    if (rc == ERR_OK) {
        if (set->t.batch == 0)
            progress_say(cli->progress, "batch %zu (auto, by the number of ratings)",
                         session_plan(session)->batch);
        training_follow(cli, session, &last, hear, cli);
        rc = report(cli, session, &last, word, err);
    }
    session_free(session);
    dataset_free(data);
    return rc;
}

const struct command cmd_lr_find = {
    .name = "lr-find",
    .operands = "DATA",
    .min_operands = 1,
    .max_operands = 1,
    .summary = "try learning rates and suggest one",
    .about =
        "The learning-rate range test: from the initial weights, a hundred batches at "
        "rates rising from 1e-7 to 10, with weight decay 0.01, as "
        "fastai's finder has it whatever the run's will be. It ends early when the "
        "smoothed loss is four times its best. Nothing of it is kept.\n\n"
        "Four places on the curve are suggested: valley, in the middle of the longest "
        "fall; slide, where a wide slope is still falling before the loss turns up; "
        "minimum, a tenth of the rate with the lowest loss; steep, where it falls "
        "fastest. 'train --lr auto' takes the valley.\n\n"
        "With batches of less than 256 ratings the losses of a hundred batches are "
        "mostly noise, and so is the valley: a warning says so. The default of "
        "'train', 3e-3, is then the better start.\n\n"
        "--json has the points of the curve and the suggestions (null: none). --csv is "
        "one table for a spreadsheet: a line a rate, then a line a suggestion, which "
        "has only its rate and its name.",
    .examples =
        (const struct example[]){
            { "mltui lr-find sample", "the curve, and what to type next" },
            { "mltui lr-find ml-25m --json", "points and suggestions" },
            { "mltui lr-find ml-25m --csv >curve.csv", "for a spreadsheet" },
            { 0 } },
    .groups = TRAINING_GROUPS,
    .options = options,
    .settings_size = sizeof(struct lr_find),
    .run = lr_find_run,
};

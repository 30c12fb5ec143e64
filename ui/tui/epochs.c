/* epochs.c - fastai's table of epochs; see epochs.h. */
#include "config.h"

#include "ui/tui/epochs.h"

#include "ui/tui/list.h"

#include <math.h>
#include <stdio.h>

/* Is an epoch under way whose row is not among the records? */
static bool
is_under_way(const struct world *w)
{
    return w->busy && w->now.n_epochs > 0 && w->now.epoch > w->curve.n_epochs &&
           w->now.state != SESSION_FINDING && w->curve.n > 0;
}

size_t
epochs_rows(const struct world *w)
{
    return w->curve.n_epochs + is_under_way(w);
}

/* The row of the epoch under way: its loss up to now. */
static void
present_cell(const struct world *w, size_t column, char out[LIST_CELL_MAX],
             unsigned *style)
{
    *style = STYLE_DIM;
    if (column == 0)
        snprintf(out, LIST_CELL_MAX, "%u", w->now.epoch);
    else if (column == 1)
        snprintf(out, LIST_CELL_MAX, "%.4f", w->now.smooth_loss);
    else if (column != 3)
        snprintf(out, LIST_CELL_MAX, "…");
}

/* What was found on the held-out ratings; without any there is no number, which is
 * something else than one that ran away. */
static void
format_valid(char out[LIST_CELL_MAX], const struct epoch_record *r, double loss)
{
    bool none = isnan(loss) && !isnan(r->train_loss);

    snprintf(out, LIST_CELL_MAX, none ? "-" : "%.4f", loss);
}

static void
epoch_cell(const void *arg, size_t row, size_t column, char out[LIST_CELL_MAX],
           unsigned *style)
{
    const struct world *w = arg;
    const struct epoch_record *r = &w->curve.epochs[row];

    if (row >= w->curve.n_epochs) {
        present_cell(w, column, out, style);
        return;
    }
    switch (column) {
    case 0:
        snprintf(out, LIST_CELL_MAX, "%u", r->epoch);
        break;
    case 1:
        snprintf(out, LIST_CELL_MAX, "%.4f", r->train_loss);
        break;
    case 2:
        format_valid(out, r, r->valid_loss);
        *style = STYLE_B;
        break;
    case 3:
        snprintf(out, LIST_CELL_MAX, "%s", r->epoch == w->now.best_epoch ? "★" : "");
        *style = STYLE_B;
        break;
    case 4:
        format_valid(out, r, r->rmse);
        break;
    case 5:
        format_valid(out, r, r->mae);
        break;
    default:
        snprintf(out, LIST_CELL_MAX, "%.2f s", r->seconds);
        break;
    }
}

void
epochs_draw(const struct world *w, const struct canvas *cv)
{
    static const struct list_column columns[] = {
        { .head = "epoch", .cells = 5, .right = true },
        { .head = "train_loss", .cells = 10, .right = true },
        { .head = "valid_loss", .cells = 10, .right = true },
        { .head = "", .cells = 1 },
        { .head = "rmse", .cells = 6, .right = true, .rank = 2 },
        { .head = "mae", .cells = 6, .right = true, .rank = 3 },
        { .head = "time", .cells = 8, .right = true, .rank = 1 },
    };
    struct list_table table = {
        .column = columns, .n = 7, .cell = epoch_cell, .arg = w, .sorted = -1
    };
    struct list list = { .n = 0 };

    list_fit(&list, epochs_rows(w), cv->h);
    list_go(&list, list.n); /* the newest are seen */
    list.cursor = SIZE_MAX; /* and none of them is marked */
    list_draw(&list, &table, cv);
}

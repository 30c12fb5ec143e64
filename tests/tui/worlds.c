/* worlds.c - see worlds.h. Any failure ends the test. */
#include "config.h"

#include "tests/tui/worlds.h"

#include "tests/tui/stock.h"

#include <math.h>
#include <string.h>

const char *const worlds_what[WORLDS_COUNT] = {
#define X(name, what) [WORLD_##name] = what,
    WORLDS_LIST(X)
#undef X
};

static struct {
    bool made;
    struct stock stock; /* what all worlds borrow */
    struct world world[WORLDS_COUNT];
} all;

/* ---- parts of worlds --------------------------------------------------------------
 */

static void
with_data(struct world *w)
{
    w->name = "made";
    w->data = &all.stock.data;
    w->audience = all.stock.audience;
    w->plan = &all.stock.plan;
}

static void
with_curve(struct world *w, const struct step_record *step, size_t n,
           const struct epoch_record *epoch, size_t n_epochs)
{
    w->curve = (struct curve){ .at = step,
                               .n = n,
                               .n_steps = 64 * STOCK_POINTS,
                               .epochs = epoch,
                               .n_epochs = n_epochs,
                               .name = "made" };
    w->now = (struct snapshot){ .state = SESSION_DONE,
                                .step = 64 * n,
                                .n_steps = 64 * STOCK_POINTS,
                                .epoch = (unsigned)n_epochs,
                                .n_epochs = STOCK_EPOCHS,
                                .n_epochs_done = (unsigned)n_epochs,
                                .best_epoch = n_epochs > 1 ? 2 : 1,
                                .eta_s = NAN };
}

static void
with_trained(struct world *w)
{
    with_data(w);
    with_curve(w, all.stock.step, STOCK_POINTS, all.stock.epoch, STOCK_EPOCHS);
    w->shown = all.stock.shown;
}

static void
with_busy(struct world *w, enum session_state state, size_t n, size_t n_epochs)
{
    with_data(w);
    with_curve(w, all.stock.step, n, all.stock.epoch, n_epochs);
    w->busy = true;
    w->now.state = state;
    w->now.epoch = (unsigned)n_epochs + 1;
    w->now.best_epoch = n_epochs > 0 ? 1 : 0;
    w->now.ratings_per_second = 6.1e6;
    w->now.eta_s = 83.4;
    w->shown = n_epochs > 0 ? all.stock.shown : NULL;
}

static void
with_finding(struct world *w, const struct finding *f, bool busy)
{
    with_data(w);
    w->finding = f;
    w->busy = busy;
    w->now = (struct snapshot){ .state = busy ? SESSION_FINDING : SESSION_DONE,
                                .step = f->n,
                                .n_steps = LRFIND_STEPS,
                                .eta_s = NAN };
}

/* ---- each of them -----------------------------------------------------------------
 */

static void
make_nothing(struct world *w)
{
    w->opened = 0;
}

static void
make_loading(struct world *w)
{
    w->loading = (struct loading){
        .active = true, .what = "made", .phase = "reading", .part = .42
    };
}

static void
make_data(struct world *w)
{
    with_data(w);
}

static void
make_wrong(struct world *w)
{
    with_data(w);
    w->plan = NULL;
    w->wrong = "lowest 5 is not below highest 1: predictions lie between them";
}

static void
make_first_epoch(struct world *w)
{
    with_busy(w, SESSION_TRAINING, 12, 0);
}

static void
make_training(struct world *w)
{
    with_busy(w, SESSION_TRAINING, 30, 1);
}

static void
make_paused(struct world *w)
{
    with_busy(w, SESSION_PAUSED, 30, 1);
}

static void
make_trained(struct world *w)
{
    with_trained(w);
}

static void
make_one_epoch(struct world *w)
{
    with_trained(w);
    with_curve(w, all.stock.step, 1, all.stock.epoch, 1);
}

static void
make_nan(struct world *w)
{
    with_trained(w);
    with_curve(w, all.stock.nan_step, STOCK_POINTS, all.stock.nan_epoch, STOCK_EPOCHS);
    w->now.best_epoch = 1;
}

static void
make_past(struct world *w)
{
    with_trained(w);
    w->past = all.stock.past;
    w->n_past = STOCK_PAST;
}

static void
make_opened(struct world *w)
{
    with_trained(w);
    w->data = NULL;
    w->plan = NULL;
    w->name = "2026-01-02-1200-made";
}

static void
make_preparing(struct world *w)
{
    make_opened(w);
    w->audience = NULL;
    w->shown = NULL;
    w->preparing = true;
}

static void
make_curves_only(struct world *w)
{
    make_opened(w);
    w->audience = NULL;
    w->shown = NULL;
}

static void
make_alike(struct world *w)
{
    with_trained(w);
    w->shown = all.stock.shown_alike;
}

static void
make_finding(struct world *w)
{
    with_finding(w, &all.stock.half, true);
}

static void
make_found(struct world *w)
{
    with_finding(w, &all.stock.whole, false);
}

static void
make_found_nothing(struct world *w)
{
    with_finding(w, &all.stock.flat, false);
}

static void (*const make[WORLDS_COUNT])(struct world *w) = {
#define X(name, what) [WORLD_##name] = make_##name,
    WORLDS_LIST(X)
#undef X
};

const struct world *
worlds_get(enum worlds which)
{
    if (!all.made) {
        stock_init(&all.stock);
        for (int i = 0; i < WORLDS_COUNT; i++) {
            all.world[i] = (struct world){ .version = 1,
                                           .opened = 1,
                                           .config = train_config_defaults(),
                                           .yardstick = { 1.05, .77 },
                                           .finding = &all.stock.none };
            make[i](&all.world[i]);
        }
        all.made = true;
    }
    return &all.world[which];
}

void
worlds_free(void)
{
    if (all.made)
        stock_done(&all.stock);
    all.made = false;
}

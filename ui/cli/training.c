/* training.c - what `train` and `lr-find` share; see training.h. */
#include "config.h"

#include "ui/cli/training.h"

#include "src/data/locate.h"
#include "src/train/runconfig.h"
#include "ui/cli/lradvice.h"
#include "ui/cli/number.h"
#include "ui/cli/signals.h"

#include <math.h>
#include <poll.h>
#include <signal.h>

const char *const training_sampling_words[] = { "permutation", "bootstrap", NULL };

/* ---- settings ------------------------------------------------------------------- */

struct train_config
training_config(const struct cli *cli, const struct training_options *o)
{
    struct train_config c = train_config_defaults();

    c.factors = o->factors;
    c.batch = o->batch;
    c.y_lo = o->y_range.lo;
    c.y_hi = o->y_range.hi;
    c.sampling = o->sampling;
    c.device = o->device;
    c.seed = cli->seed;
    c.threads = cli->threads;
    c.item = cli->item;
    c.valid_part = o->valid;
    c.split_file = o->split;
    return c;
}

/* ---- reading the data ----------------------------------------------------------- */

static void
show_reading(void *arg, uint64_t done, uint64_t total)
{
    struct progress *p = arg;

    progress_show(p, "reading", total != 0 ? (double)done / (double)total : NAN, NAN,
                  NULL);
}

/* What was found in the data that one may not expect. */
static void
warn_of(struct cli *cli, const struct dataset *d, const struct training_options *o,
        const char *word)
{
    char n[NUMBER_MAX];

    if (d->n_rejected > 0) {
        number_grouped(n, (int64_t)d->n_rejected);
        progress_warn(cli->progress,
                      "%s: %s row%s rejected; 'mltui data %s --rejects' lists them",
                      word, n, d->n_rejected == 1 ? " was" : "s were", word);
    }
    if (d->n_outside > 0) {
        number_grouped(n, (int64_t)d->n_outside);
        progress_warn(cli->progress,
                      "%s: %s rating%s outside --y-range %g,%g and cannot be "
                      "predicted exactly",
                      word, n, d->n_outside == 1 ? " lies" : "s lie", o->y_range.lo,
                      o->y_range.hi);
    }
}

enum err_code
training_load(struct dataset **ret, struct cli *cli, const struct training_options *o,
              const char *word, struct err *err)
{
    const struct train_config config = training_config(cli, o);
    struct dataset_options opt = runconfig_reading(&config);
    struct pool *pool = NULL;
    enum err_code rc;

    if (o->split != NULL && option_given(cli->parsed, "valid"))
        return err_set(err, ERR_ARG,
                       "--split and --valid: a file says what is held out, or a part; "
                       "choose one");
    opt.columns = cli->columns;
    opt.max_rejects = cli->max_rejects;
    opt.progress = show_reading;
    opt.progress_arg = cli->progress;
    opt.cancel = signals_stop();
    rc = signals_catch(err);
    if (rc == ERR_OK)
        rc = pool_new(&pool, cli->threads, err);
    if (rc == ERR_OK)
        rc = locate_load(ret, word, &opt, pool, err);
    pool_free(pool);
    progress_clear(cli->progress);
    if (rc == ERR_OK)
        warn_of(cli, *ret, o, word);
    return rc;
}

/* ---- the session ---------------------------------------------------------------- */

bool
training_warn_of_finder(struct cli *cli, const struct session *s)
{
    const size_t batch = session_plan(s)->batch;
    char text[LRADVICE_TEXT];

    if (!lradvice_is_noisy(batch))
        return false;
    progress_warn(cli->progress, "%s, or give --batch %d or more",
                  lradvice_warning(text, batch), LRADVICE_MIN_BATCH);
    return true;
}

void
training_follow(struct cli *cli, struct session *s, struct snapshot *ret,
                void (*heard)(void *arg, const struct snapshot *now), void *arg)
{
    bool stopped = false, done;

    do {
        struct pollfd p[] = { { .fd = session_fd(s), .events = POLLIN },
                              { .fd = stopped ? -1 : signals_fd(), .events = POLLIN } };

        poll(p, 2, -1);
        if (!stopped && *signals_stop()) {
            stopped = true;
            session_stop(s);
            progress_say(cli->progress, "stopping after this batch%s",
                         signals_caught() == SIGINT ? "; Ctrl-C again stops at once"
                                                    : "");
        }
        done = session_wait(s, 0);
        session_snapshot(s, ret);
        heard(arg, ret);
    } while (!done);
    progress_clear(cli->progress);
}

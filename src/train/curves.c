/* curves.c - the recorded losses of a run as CSV; see curves.h. */
#include "config.h"

#include "src/train/curves.h"

#include "src/base/shortest.h"

#include <math.h>

#define N_EPOCH_FIELDS 6

double
curves_epoch_step(const struct run *r, unsigned e)
{
    return r->info.epochs > 0 ? (double)r->info.n_steps / r->info.epochs * e : 0;
}

static void
put_real(struct sinktext *t, double v)
{
    char digits[SHORTEST_MAX];

    sinktext_put(t, ",");
    if (!isfinite(v))
        return;
    shortest_f64(digits, v);
    sinktext_put(t, digits);
}

static void
put_step(struct sinktext *t, const struct step_record *s)
{
    const double field[] = {
        s->min, s->max, s->mean, s->last, s->smooth, s->lr, s->mom
    };

    for (size_t i = 0; i < sizeof(field) / sizeof(*field); i++)
        put_real(t, s->step > 0 ? field[i] : NAN);
}

static void
put_epoch(struct sinktext *t, const struct epoch_record *e)
{
    const double field[N_EPOCH_FIELDS] = { e->epoch, e->train_loss, e->valid_loss,
                                           e->rmse,  e->mae,        e->seconds };

    for (size_t i = 0; i < N_EPOCH_FIELDS; i++)
        put_real(t, e->epoch > 0 ? field[i] : NAN);
}

enum err_code
curves_write_csv(const struct sink *to, const struct run *r, struct err *err)
{
    static const struct step_record no_step = { .step = 0 };
    static const struct epoch_record no_epoch = { .epoch = 0 };
    struct sinktext t = { .to = to };
    size_t s = 0, e = 0;

    if (r->n_steps + r->n_epochs == 0)
        return err_set(err, ERR_STATE, "%s: no losses are recorded yet", r->path);
    sinktext_put(&t, "step,min,max,mean,last,smooth,lr,mom,epoch,train_loss,"
                     "valid_loss,rmse,mae,seconds\n");
    while (s < r->n_steps || e < r->n_epochs) {
        double step = s < r->n_steps ? (double)r->steps[s].step : INFINITY;
        double end = e < r->n_epochs ? curves_epoch_step(r, (unsigned)e + 1) : INFINITY;

        sinktext_printf(&t, "%.0f", fmin(step, end));
        put_step(&t, step <= end ? &r->steps[s++] : &no_step);
        put_epoch(&t, end <= step ? &r->epochs[e++] : &no_epoch);
        sinktext_put(&t, "\n");
    }
    return sinktext_end(&t, err);
}

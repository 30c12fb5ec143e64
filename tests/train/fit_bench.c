/* fit_bench.c - a fit and its watcher; see fit_bench.h. */
#include "config.h"

#include "tests/train/fit_bench.h"

#include "tests/golden.h"
#include "tests/train/fake_device.h"
#include "tests/unit.h"

#include <string.h>

static enum fit_wish
hear_wish(void *arg)
{
    struct fit_heard *h = arg;

    return h->wish_at != 0 && h->n_steps >= h->wish_at ? h->wish : FIT_GO_ON;
}

static void
hear_stepped(void *arg, const struct fit_stepped *s)
{
    struct fit_heard *h = arg;

    for (size_t i = 0; i < s->n && h->golden != NULL; i++) {
        double raw = golden_at(h->golden, "raw_loss", h->n_steps + i);
        double smooth = golden_at(h->golden, "smooth_loss", h->n_steps + i);

        CU_ASSERT_DOUBLE_EQUAL(s->steps[i].loss / raw, 1, 2e-6 * h->tolerance);
        CU_ASSERT_DOUBLE_EQUAL(s->steps[i].smooth / smooth, 1, 3e-6 * h->tolerance);
    }
    h->n_calls++;
    h->n_steps += s->n;
    h->last = s->steps[s->n - 1];
    CU_ASSERT_EQUAL(s->step, h->n_steps);
}

static bool
hear_looks(void *arg)
{
    return ((struct fit_heard *)arg)->looks;
}

static void
hear_seen(void *arg, struct shared_model *now)
{
    struct fit_heard *h = arg;

    h->n_seen++;
    h->seen = shared_model_get(now)->arena[0];
    shared_model_drop(now);
}

static enum err_code
hear_recorded(void *arg, const struct step_record *r, size_t n, struct err *err)
{
    struct fit_heard *h = arg;

    (void)err;
    h->n_recorded += n;
    h->last_record = r[n - 1];
    return ERR_OK;
}

static void
hear_validating(void *arg)
{
    ((struct fit_heard *)arg)->n_validating++;
}

static enum err_code
hear_epoch(void *arg, const struct epoch_record *e, struct shared_model *kept,
           struct err *err)
{
    struct fit_heard *h = arg;

    (void)err;
    if (h->n_epochs < FIT_BENCH_HEARD)
        h->epoch[h->n_epochs++] = *e;
    h->kept = shared_model_get(kept)->arena[0];
    return ERR_OK;
}

enum err_code
fit_bench_run(struct fit_bench *b, unsigned epochs, double lr, unsigned patience)
{
    struct fit_setup setup = { .device = b->device,
                               .sampler = b->sampler,
                               .epochs = epochs,
                               .lr = lr,
                               .patience = patience,
                               .validate = b->ratings->n_held_out > 0 };
    struct fit_watch watch = { .arg = &b->heard,
                               .wish = hear_wish,
                               .stepped = hear_stepped,
                               .looks = hear_looks,
                               .seen = hear_seen,
                               .recorded = hear_recorded,
                               .validating = hear_validating,
                               .epoch = hear_epoch };

    return fit_run(&b->result, &setup, &watch, &b->kept, &b->err);
}

void
fit_bench_open(struct fit_bench *b, const struct device_ops *ops,
               const struct model *init, double wd)
{
    struct model *copy = NULL;
    struct problem p = {
        .ratings = b->ratings, .sampler = b->sampler, .init = init, .wd = wd
    };

    CU_ASSERT_EQUAL_FATAL(ops->open(&b->device, &p, &b->err), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(model_new(&copy, init->n_users, init->n_items, init->k,
                                    init->y_lo, init->y_hi, NULL),
                          ERR_OK);
    memcpy(copy->arena, init->arena, init->len * sizeof(*copy->arena));
    CU_ASSERT_EQUAL_FATAL(shared_model_new(&b->kept, copy, NULL), ERR_OK);
}

void
fit_bench_fake(struct fit_bench *b, bool held_out)
{
    struct model *init = NULL;

    memset(b, 0, sizeof(*b));
    fake_reset();
    b->ratings = fake_ratings(24, held_out);
    CU_ASSERT_EQUAL_FATAL(sampler_new(&b->sampler, b->ratings, FIT_BENCH_BATCH,
                                      SAMPLING_PERMUTATION, 1, false, NULL, &b->err),
                          ERR_OK);
    CU_ASSERT_EQUAL_FATAL(model_new(&init, 24, 16, 2, 0, 5, NULL), ERR_OK);
    fit_bench_open(b, &fake_device, init, 0);
    model_free(init);
}

void
fit_bench_done(struct fit_bench *b)
{
    if (b->device != NULL)
        b->device->ops->close(b->device);
    shared_model_drop(b->kept);
    sampler_free(b->sampler);
    ratings_free(b->ratings);
}

float
fit_bench_kept(const struct fit_bench *b)
{
    return shared_model_get(b->kept)->arena[0];
}

/* test_fit.c - the training loop, on planted losses and on fastai's own fits. */
#include "config.h"

#include "src/base/mem.h"
#include "src/train/fit.h"

#include "tests/golden.h"
#include "tests/train/fake_device.h"
#include "tests/unit.h"

#include <math.h>
#include <string.h>

#define BATCH     16
#define PER_EPOCH 9 /* 24 users * 8 ratings, a quarter held out */
#define MAX_HEARD 64

/* What a fit told, and what it is to be told. */
struct heard {
    size_t n_steps, n_recorded, n_calls, n_validating;
    struct step last;
    struct step_record last_record;
    struct epoch_record epoch[MAX_HEARD];
    size_t n_epochs;
    float kept; /* first weight of what was kept at the last epoch's end */
    enum fit_wish wish;
    size_t wish_at;       /* give `wish` from this step on; 0: never */
    const json_t *golden; /* losses to compare with, or NULL */
    double tolerance;
    bool looks; /* in mid-epoch, after every call */
    size_t n_seen;
    float seen; /* first weight of what was seen last */
};

static enum fit_wish
hear_wish(void *arg)
{
    struct heard *h = arg;

    return h->wish_at != 0 && h->n_steps >= h->wish_at ? h->wish : FIT_GO_ON;
}

static void
hear_stepped(void *arg, const struct fit_stepped *s)
{
    struct heard *h = arg;

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
    return ((struct heard *)arg)->looks;
}

static void
hear_seen(void *arg, struct shared_model *now)
{
    struct heard *h = arg;

    h->n_seen++;
    h->seen = shared_model_get(now)->arena[0];
    shared_model_drop(now);
}

static enum err_code
hear_recorded(void *arg, const struct step_record *r, size_t n, struct err *err)
{
    struct heard *h = arg;

    (void)err;
    h->n_recorded += n;
    h->last_record = r[n - 1];
    return ERR_OK;
}

static void
hear_validating(void *arg)
{
    ((struct heard *)arg)->n_validating++;
}

static enum err_code
hear_epoch(void *arg, const struct epoch_record *e, struct shared_model *kept,
           struct err *err)
{
    struct heard *h = arg;

    (void)err;
    if (h->n_epochs < MAX_HEARD)
        h->epoch[h->n_epochs++] = *e;
    h->kept = shared_model_get(kept)->arena[0];
    return ERR_OK;
}

/* A fit with all that it borrows. */
struct bench {
    struct ratings *ratings;
    struct sampler *sampler;
    struct device *device;
    struct shared_model *kept;
    struct heard heard;
    struct fit_result result;
    struct err err;
};

static enum err_code
bench_run(struct bench *b, unsigned epochs, double lr, unsigned patience)
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

static void
bench_open(struct bench *b, const struct device_ops *ops, const struct model *init,
           double wd)
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

static void
bench_fake(struct bench *b, bool held_out)
{
    struct model *init = NULL;

    memset(b, 0, sizeof(*b));
    fake_reset();
    b->ratings = fake_ratings(24, held_out);
    CU_ASSERT_EQUAL_FATAL(sampler_new(&b->sampler, b->ratings, BATCH,
                                      SAMPLING_PERMUTATION, 1, false, NULL, &b->err),
                          ERR_OK);
    CU_ASSERT_EQUAL_FATAL(model_new(&init, 24, 16, 2, 0, 5, NULL), ERR_OK);
    bench_open(b, &fake_device, init, 0);
    model_free(init);
}

static void
bench_done(struct bench *b)
{
    if (b->device != NULL)
        b->device->ops->close(b->device);
    shared_model_drop(b->kept);
    sampler_free(b->sampler);
    ratings_free(b->ratings);
}

static float
kept_weight(const struct bench *b)
{
    return shared_model_get(b->kept)->arena[0];
}

static void
a_fit_tells_every_batch_once_and_every_epoch(void)
{
    struct bench b;

    bench_fake(&b, true);
    CU_ASSERT_EQUAL(bench_run(&b, 3, 0.01, 0), ERR_OK);
    CU_ASSERT_EQUAL(b.result.end, FIT_DONE);
    CU_ASSERT_EQUAL(b.heard.n_steps, 3 * PER_EPOCH);
    CU_ASSERT_EQUAL(b.heard.n_epochs, 3);
    CU_ASSERT_EQUAL(b.heard.n_validating, 3);
    CU_ASSERT_EQUAL(b.heard.n_recorded, 1);
    CU_ASSERT_EQUAL(b.heard.last_record.step, 3 * PER_EPOCH);
    CU_ASSERT_EQUAL(b.heard.last_record.max, 1);
    CU_ASSERT_EQUAL(b.heard.epoch[1].epoch, 2);
    CU_ASSERT_DOUBLE_EQUAL(b.heard.epoch[1].valid_loss, 1.0 / (2 * PER_EPOCH), 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(b.heard.epoch[1].rmse, sqrt(b.heard.epoch[1].valid_loss),
                           1e-12);
    CU_ASSERT_EQUAL(b.heard.epoch[2].train_loss, b.heard.last.smooth);
    bench_done(&b);
}

static void
the_best_epochs_weights_come_back(void)
{
    static const double valid[] = { 0.9, 0.5, 0.7, 0.5 };
    struct bench b;

    bench_fake(&b, true);
    fake.valid = valid;
    fake.n_valid = 4;
    CU_ASSERT_EQUAL(bench_run(&b, 4, 0.01, 0), ERR_OK);
    CU_ASSERT_EQUAL(b.result.end, FIT_DONE);
    CU_ASSERT_EQUAL(b.result.best_epoch, 2);
    CU_ASSERT_EQUAL(kept_weight(&b), 2 * PER_EPOCH);
    CU_ASSERT_TRUE(b.heard.epoch[1].best);
    CU_ASSERT_FALSE(b.heard.epoch[3].best);
    bench_done(&b);
}

static void
patience_ends_a_fit_and_not_after_its_last_epoch(void)
{
    static const double valid[] = { 0.5, 0.6, 0.7, 0.4 };
    struct bench b;

    bench_fake(&b, true);
    fake.valid = valid;
    fake.n_valid = 4;
    CU_ASSERT_EQUAL(bench_run(&b, 4, 0.01, 2), ERR_OK);
    CU_ASSERT_EQUAL(b.result.end, FIT_EARLY);
    CU_ASSERT_EQUAL(b.heard.n_epochs, 3);
    CU_ASSERT_EQUAL(kept_weight(&b), PER_EPOCH);
    bench_done(&b);

    bench_fake(&b, true);
    fake.valid = valid;
    fake.n_valid = 3;
    CU_ASSERT_EQUAL(bench_run(&b, 3, 0.01, 2), ERR_OK);
    CU_ASSERT_EQUAL(b.result.end, FIT_DONE);
    bench_done(&b);
}

static void
without_held_out_ratings_the_last_weights_are_kept(void)
{
    struct bench b;

    bench_fake(&b, false);
    CU_ASSERT_EQUAL(bench_run(&b, 5, 0.01, 2), ERR_OK);
    CU_ASSERT_EQUAL(b.result.end, FIT_DONE);
    CU_ASSERT_EQUAL(b.result.best_epoch, 0);
    CU_ASSERT_FALSE(b.result.no_number);
    CU_ASSERT_EQUAL(b.heard.n_epochs, 5);
    CU_ASSERT_TRUE(isnan(b.heard.epoch[4].valid_loss));
    CU_ASSERT_EQUAL(kept_weight(&b), (float)b.heard.n_steps);
    CU_ASSERT_EQUAL(b.heard.n_steps, 5 * 12);
    CU_ASSERT_EQUAL(atomic_load(&fake.n_validated), 0);
    bench_done(&b);
}

static void
validations_that_are_all_nan_keep_the_last_weights(void)
{
    static const double valid[] = { NAN, NAN, NAN };
    struct bench b;

    bench_fake(&b, true);
    fake.valid = valid;
    fake.n_valid = 3;
    CU_ASSERT_EQUAL(bench_run(&b, 3, 0.01, 0), ERR_OK);
    CU_ASSERT_TRUE(b.result.no_number);
    CU_ASSERT_EQUAL(b.result.best_epoch, 0);
    CU_ASSERT_EQUAL(kept_weight(&b), 3 * PER_EPOCH);
    bench_done(&b);
}

static void
a_loss_that_is_not_finite_ends_the_fit_at_its_batch(void)
{
    static const double bad[] = { NAN, INFINITY };
    struct bench b;

    for (size_t i = 0; i < 2; i++) {
        bench_fake(&b, true);
        fake.bad_step = PER_EPOCH + 4;
        fake.bad_loss = bad[i];
        CU_ASSERT_EQUAL(bench_run(&b, 3, 0.01, 0), ERR_NUMERIC);
        CU_ASSERT_EQUAL(b.heard.n_steps, PER_EPOCH + 4);
        CU_ASSERT_EQUAL(b.heard.last_record.step, PER_EPOCH + 4);
        CU_ASSERT_EQUAL(kept_weight(&b), PER_EPOCH);
        CU_ASSERT_EQUAL(b.result.best_epoch, 1);
        CU_ASSERT_PTR_NOT_NULL(strstr(b.err.msg, "batch 4 of epoch 2"));
        CU_ASSERT_PTR_NOT_NULL(strstr(b.err.msg, "the weights of epoch 1 were kept"));
        CU_ASSERT_PTR_NOT_NULL(strstr(b.err.msg, "--lr 0.001"));
        bench_done(&b);
    }
}

static void
a_nan_before_the_first_validation_keeps_the_initial_weights(void)
{
    struct bench b;

    bench_fake(&b, true);
    fake.bad_step = 1;
    fake.bad_loss = NAN;
    CU_ASSERT_EQUAL(bench_run(&b, 2, 0.01, 0), ERR_NUMERIC);
    CU_ASSERT_EQUAL(kept_weight(&b), 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(b.err.msg, "the initial weights were kept"));
    bench_done(&b);
}

static void
a_stop_validates_once_and_keeps_the_better(void)
{
    static const double worse[] = { 0.5, 0.6 }, better[] = { 0.5, 0.4 };
    const double *const valid[] = { worse, better };

    for (int i = 0; i < 2; i++) {
        struct bench b;

        bench_fake(&b, true);
        fake.valid = valid[i];
        fake.n_valid = 2;
        b.heard.wish = FIT_STOP;
        b.heard.wish_at = PER_EPOCH + 1;
        CU_ASSERT_EQUAL(bench_run(&b, 9, 0.01, 0), ERR_OK);
        CU_ASSERT_EQUAL(b.result.end, FIT_STOPPED);
        CU_ASSERT_TRUE(b.heard.n_steps < 2 * PER_EPOCH + 1);
        CU_ASSERT_EQUAL(b.heard.n_epochs, 2);
        CU_ASSERT_EQUAL(b.result.best_epoch, i == 0 ? 1 : 2);
        CU_ASSERT_EQUAL(kept_weight(&b), i == 0 ? PER_EPOCH : (float)b.heard.n_steps);
        bench_done(&b);
    }
}

static void
a_stop_at_an_epochs_end_does_not_validate_again(void)
{
    struct bench b;

    bench_fake(&b, true);
    b.heard.wish = FIT_STOP;
    b.heard.wish_at = PER_EPOCH;
    CU_ASSERT_EQUAL(bench_run(&b, 9, 0.01, 0), ERR_OK);
    CU_ASSERT_EQUAL(b.result.end, FIT_STOPPED);
    CU_ASSERT_EQUAL(b.heard.n_steps, PER_EPOCH);
    CU_ASSERT_EQUAL(atomic_load(&fake.n_validated), 1);
    bench_done(&b);
}

static void
an_abandoned_fit_ends_without_validation(void)
{
    struct bench b;

    bench_fake(&b, true);
    b.heard.wish = FIT_ABANDON;
    b.heard.wish_at = 2;
    CU_ASSERT_EQUAL(bench_run(&b, 9, 0.01, 0), ERR_OK);
    CU_ASSERT_EQUAL(b.result.end, FIT_ABANDONED);
    CU_ASSERT_EQUAL(b.heard.n_epochs, 0);
    CU_ASSERT_EQUAL(atomic_load(&fake.n_validated), 0);
    bench_done(&b);
}

static void
every_call_into_the_device_may_fail(void)
{
    unsigned long n_calls;
    struct bench b;

    bench_fake(&b, true);
    CU_ASSERT_EQUAL(bench_run(&b, 2, 0.01, 0), ERR_OK);
    n_calls = atomic_load(&fake.n_calls);
    bench_done(&b);
    for (unsigned long i = 2; i <= n_calls; i++) {
        bench_fake(&b, true);
        fake.fail_call = i;
        CU_ASSERT_EQUAL(bench_run(&b, 2, 0.01, 0), ERR_UNAVAILABLE);
        CU_ASSERT_PTR_NOT_NULL(b.kept);
        bench_done(&b);
    }
    CU_ASSERT_TRUE(n_calls > 8);
}

static void
every_allocation_may_fail(void)
{
    unsigned long n = 0;

    for (enum err_code rc = ERR_NOMEM; rc != ERR_OK; n++) {
        struct bench b;

        bench_fake(&b, true);
        mem_fail_at(n + 1, 0);
        rc = bench_run(&b, 2, 0.01, 0);
        mem_fail_at(0, 0);
        CU_ASSERT_TRUE(rc == ERR_OK || rc == ERR_NOMEM);
        CU_ASSERT_PTR_NOT_NULL(b.kept);
        bench_done(&b);
    }
    CU_ASSERT_TRUE(n > 5);
}

/* ---- fastai's own fits ---------------------------------------------------------- */

/* One trace on one device: every loss, every epoch, and the weights that are kept. */
static void
replay(const char *name, const struct device_ops *ops, unsigned epochs,
       double tolerance, bool looks)
{
    struct golden_trace t;
    struct bench b = { 0 };
    const char *why;
    size_t n_run;

    if (!ops->probe(&why))
        return;
    golden_trace_load(&t, name);
    b.ratings = t.ratings;
    b.heard.golden = t.run;
    b.heard.tolerance = tolerance;
    b.heard.looks = looks;
    CU_ASSERT_EQUAL_FATAL(sampler_new_listed(&b.sampler, t.user, t.item, t.stars,
                                             t.n_batches, t.batch, t.per_epoch, &b.err),
                          ERR_OK);
    bench_open(&b, ops, t.init, golden_number(golden_get(t.run, "wd")));
    CU_ASSERT_EQUAL_FATAL(
        bench_run(&b, epochs, golden_number(golden_get(t.run, "lr_max")), 2), ERR_OK);
    n_run = golden_len(t.run, "valid_loss");
    CU_ASSERT_EQUAL(b.heard.n_epochs, n_run);
    CU_ASSERT_EQUAL(b.result.end, n_run < epochs ? FIT_EARLY : FIT_DONE);
    for (size_t i = 0; i < n_run; i++) {
        CU_ASSERT_DOUBLE_EQUAL(b.heard.epoch[i].valid_loss /
                                   golden_at(t.run, "valid_loss", i),
                               1, 2e-6 * tolerance);
        CU_ASSERT_DOUBLE_EQUAL(b.heard.epoch[i].train_loss /
                                   golden_at(t.run, "train_loss", i),
                               1, 3e-6 * tolerance);
    }
    CU_ASSERT_TRUE(golden_distance(shared_model_get(b.kept),
                                   golden_get(t.run, "final")) < 2e-6 * tolerance);
    b.ratings = NULL;
    bench_done(&b);
    golden_trace_done(&t);
}

static void
fastais_stopped_fit_is_repeated_on_every_device(void)
{
    for (size_t i = 0; device_list[i] != NULL; i++)
        replay("trace_c_stop", device_list[i], 12, 10, false);
}

static void
fastais_plain_fits_are_repeated_on_every_device(void)
{
    for (size_t i = 0; device_list[i] != NULL; i++) {
        replay("trace_a", device_list[i], 3, 1, false);
        replay("trace_b", device_list[i], 2, 1, false);
    }
}

static void
looking_at_the_weights_changes_no_number_on_any_device(void)
{
    for (size_t i = 0; device_list[i] != NULL; i++) {
        replay("trace_a", device_list[i], 3, 1, true);
        replay("trace_c_stop", device_list[i], 12, 10, true);
    }
}

/* The first weight of the fake device is the number of its steps. */
static void
who_looks_sees_the_weights_of_mid_epoch(void)
{
    struct bench b;

    bench_fake(&b, true);
    b.heard.looks = true;
    CU_ASSERT_EQUAL(bench_run(&b, 1, 0.01, 0), ERR_OK);
    CU_ASSERT_TRUE(b.heard.n_seen > 0);
    CU_ASSERT_TRUE(b.heard.seen > 0 && b.heard.seen < PER_EPOCH);
    CU_ASSERT_EQUAL(b.heard.kept, PER_EPOCH);
    bench_done(&b);
}

CU_TestInfo tests_fit[] = {
    { "a fit tells every batch once and every epoch",
      a_fit_tells_every_batch_once_and_every_epoch },
    { "the best epoch's weights come back", the_best_epochs_weights_come_back },
    { "patience ends a fit, and not after its last epoch",
      patience_ends_a_fit_and_not_after_its_last_epoch },
    { "without held-out ratings the last weights are kept",
      without_held_out_ratings_the_last_weights_are_kept },
    { "validations that are all NaN keep the last weights",
      validations_that_are_all_nan_keep_the_last_weights },
    { "a loss that is not finite ends the fit at its batch",
      a_loss_that_is_not_finite_ends_the_fit_at_its_batch },
    { "a NaN before the first validation keeps the initial weights",
      a_nan_before_the_first_validation_keeps_the_initial_weights },
    { "a stop validates once and keeps the better",
      a_stop_validates_once_and_keeps_the_better },
    { "a stop at an epoch's end does not validate again",
      a_stop_at_an_epochs_end_does_not_validate_again },
    { "an abandoned fit ends without validation",
      an_abandoned_fit_ends_without_validation },
    { "every call into the device may fail", every_call_into_the_device_may_fail },
    { "every allocation may fail", every_allocation_may_fail },
    { "fastai's stopped fit is repeated on every device",
      fastais_stopped_fit_is_repeated_on_every_device },
    { "fastai's plain fits are repeated on every device",
      fastais_plain_fits_are_repeated_on_every_device },
    { "looking at the weights changes no number on any device",
      looking_at_the_weights_changes_no_number_on_any_device },
    { "who looks sees the weights of mid-epoch",
      who_looks_sees_the_weights_of_mid_epoch },
    CU_TEST_INFO_NULL,
};

/* test_recorder.c - smoothed loss, records per 64 batches, envelopes. */
#include "config.h"

#include "src/base/mem.h"
#include "src/train/recorder.h"

#include "tests/unit.h"

#include <math.h>

static struct step
step_of(double loss)
{
    return (struct step){ .loss = loss, .lr = loss * 2, .mom = 0.9 };
}

static void
three_two_one_is_smoothed_as_fastai_does(void)
{
    static const double expected[] = { 3.0, 2.49494949, 1.98653245 };
    struct recorder r = { 0 };
    struct step_record rec;

    for (int i = 0; i < 3; i++) {
        struct step s = step_of(3 - i);

        CU_ASSERT_FALSE(recorder_add(&r, &s, &rec));
        CU_ASSERT_DOUBLE_EQUAL(s.smooth, expected[i], 1e-6);
    }
}

static void
a_record_covers_64_batches_and_the_last_one_the_rest(void)
{
    struct recorder r = { 0 };
    struct step_record rec;
    size_t n = 0;

    for (int i = 1; i <= 130; i++) {
        struct step s = step_of(i);

        if (recorder_add(&r, &s, &rec)) {
            n++;
            CU_ASSERT_EQUAL(rec.step, n * 64);
            CU_ASSERT_EQUAL(rec.min, (double)(n - 1) * 64 + 1);
            CU_ASSERT_EQUAL(rec.max, (double)n * 64);
            CU_ASSERT_DOUBLE_EQUAL(rec.mean, (double)n * 64 - 31.5, 1e-9);
            CU_ASSERT_EQUAL(rec.last, rec.max);
            CU_ASSERT_EQUAL(rec.lr, rec.max * 2);
        }
    }
    CU_ASSERT_EQUAL(n, 2);
    CU_ASSERT_TRUE(recorder_flush(&r, &rec));
    CU_ASSERT_EQUAL(rec.step, 130);
    CU_ASSERT_EQUAL(rec.min, 129);
    CU_ASSERT_DOUBLE_EQUAL(rec.mean, 129.5, 1e-9);
    CU_ASSERT_FALSE(recorder_flush(&r, &rec));
}

static void
one_spike_among_a_million_batches_stays_visible(void)
{
    struct history *h = mem_new(1, sizeof(*h));
    size_t n_seen = 0;

    CU_ASSERT_PTR_NOT_NULL_FATAL(h);
    for (size_t i = 1; i <= 1000000; i++) {
        struct step s = step_of(i == 617283 ? 99.0 : i == 271828 ? -7.0 : 0.5);

        history_add(h, &s);
    }
    CU_ASSERT_EQUAL(h->n_steps, 1000000);
    CU_ASSERT_EQUAL(h->span, 1024);
    CU_ASSERT_EQUAL(h->n, 977);
    for (size_t i = 0; i < h->n; i++) {
        CU_ASSERT_EQUAL(h->at[i].step, i + 1 < h->n ? (i + 1) * 1024 : 1000000);
        if (h->at[i].max == 99.0)
            CU_ASSERT_EQUAL(i, (617283 - 1) / 1024);
        if (h->at[i].min == -7.0)
            CU_ASSERT_EQUAL(i, (271828 - 1) / 1024);
        n_seen += h->at[i].max == 99.0 || h->at[i].min == -7.0;
    }
    CU_ASSERT_EQUAL(n_seen, 2);
    mem_free(h);
}

/* Whatever the length, points tile the steps and means weigh every batch alike. */
static void
points_tile_the_steps_for_every_length(void)
{
    static const size_t lengths[] = { 1, 2, 1023, 1024, 1025, 2048, 2049, 5000, 70001 };
    struct history *h = mem_new(1, sizeof(*h));

    CU_ASSERT_PTR_NOT_NULL_FATAL(h);
    for (size_t l = 0; l < sizeof(lengths) / sizeof(*lengths); l++) {
        size_t before = 0;
        double sum = 0;

        *h = (struct history){ 0 };
        for (size_t i = 1; i <= lengths[l]; i++) {
            struct step s = step_of((double)i);

            history_add(h, &s);
        }
        CU_ASSERT_TRUE(h->n <= HISTORY_POINTS);
        for (size_t i = 0; i < h->n; i++) {
            CU_ASSERT_EQUAL(h->at[i].min, (double)before + 1);
            CU_ASSERT_EQUAL(h->at[i].max, (double)h->at[i].step);
            sum += h->at[i].mean * (double)(h->at[i].step - before);
            before = h->at[i].step;
        }
        CU_ASSERT_EQUAL(before, lengths[l]);
        CU_ASSERT_DOUBLE_EQUAL(sum / (double)before, ((double)before + 1) / 2, 1e-6);
    }
    mem_free(h);
}

static void
a_nan_shows_in_last_and_spares_the_envelope(void)
{
    struct recorder r = { 0 };
    struct step_record rec;
    struct step a = step_of(1.0), b = step_of(NAN);

    CU_ASSERT_FALSE(recorder_add(&r, &a, &rec));
    CU_ASSERT_FALSE(recorder_add(&r, &b, &rec));
    CU_ASSERT_TRUE(recorder_flush(&r, &rec));
    CU_ASSERT_EQUAL(rec.min, 1.0);
    CU_ASSERT_EQUAL(rec.max, 1.0);
    CU_ASSERT_TRUE(isnan(rec.last));
}

CU_TestInfo tests_recorder[] = {
    { "3, 2, 1 is smoothed as fastai does", three_two_one_is_smoothed_as_fastai_does },
    { "a record covers 64 batches, and the last one the rest",
      a_record_covers_64_batches_and_the_last_one_the_rest },
    { "one spike among a million batches stays visible",
      one_spike_among_a_million_batches_stays_visible },
    { "points tile the steps for every length",
      points_tile_the_steps_for_every_length },
    { "a NaN shows in last and spares the envelope",
      a_nan_shows_in_last_and_spares_the_envelope },
    CU_TEST_INFO_NULL,
};

/* test_curves.c - recorded losses as a table and as a drawing. */
#include "config.h"

#include "src/train/curves.h"

#include "src/base/mem.h"
#include "tests/collected.h"
#include "tests/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Two epochs of 96 batches: a record per 64, the second epoch ends with the third. */
static struct step_record steps[] = {
    { 64, 0.5, 2.5, 1.25, 1, 1.5, 1e-4, 0.95 },
    { 128, 0.5, NAN, 1, 0.75, 1.25, 3e-3, 0.85 },
    { 192, 0.25, 1.5, 0.75, 0.5, 1, 1e-8, 0.95 },
};
static struct epoch_record epochs[] = {
    { 1, 1.25, 1.5, 1.2247, 0.75, 2.5, true },
    { 2, 1, NAN, NAN, NAN, 2, false },
};

static struct run
a_run(void)
{
    return (struct run){ .path = "runs/a",
                         .info = { .data = "dir/ml-<small>",
                                   .epochs = 2,
                                   .n_steps = 192,
                                   .factors = 5,
                                   .batch = 64,
                                   .lr = 3e-3,
                                   .wd = 1e-3 },
                         .steps = steps,
                         .n_steps = 3,
                         .epochs = epochs,
                         .n_epochs = 2 };
}

static void
a_table_has_a_row_a_record_by_batch(void)
{
    struct collected c = { 0 };
    const struct sink to = collected_sink(&c);
    struct run r = a_run();

    CU_ASSERT_EQUAL(curves_write_csv(&to, &r, NULL), ERR_OK);
    CU_ASSERT_STRING_EQUAL(
        c.bytes, "step,min,max,mean,last,smooth,lr,mom,epoch,train_loss,valid_loss,"
                 "rmse,mae,seconds\n"
                 "64,0.5,2.5,1.25,1,1.5,0.0001,0.95,,,,,,\n"
                 "96,,,,,,,,1,1.25,1.5,1.2247,0.75,2.5\n"
                 "128,0.5,,1,0.75,1.25,0.003,0.85,,,,,,\n"
                 "192,0.25,1.5,0.75,0.5,1,1e-08,0.95,2,1,,,,2\n");
    free(c.bytes);
}

/* Of 0 … 192 batches and losses 0.16 … 2.59: where 64 and the smoothed 1.5 lie. */
static void
a_drawing_puts_losses_where_they_belong(void)
{
    struct collected c = { 0 };
    const struct sink to = collected_sink(&c);
    struct run r = a_run();
    const double x = 64 + 64.0 / 192 * (800 - 64 - 24);
    const double lo = 0.25 - 0.04 * 2.25, hi = 2.5 + 0.04 * 2.25;
    const double y = 450 - 50 - (1.5 - lo) / (hi - lo) * (450 - 78 - 50);
    char text[64];

    CU_ASSERT_EQUAL_FATAL(curves_write_svg(&to, &r, "a", NULL), ERR_OK);
    snprintf(text, sizeof(text), "class=\"train\" d=\"M%.1f %.1fL", x, y);
    CU_ASSERT_PTR_NOT_NULL(strstr(c.bytes, text));
    CU_ASSERT_PTR_NOT_NULL(strstr(c.bytes, "epoch 1: validation loss 1.500000"));
    CU_ASSERT_PTR_NULL(strstr(c.bytes, "epoch 2:")); /* none was measured */
    CU_ASSERT_PTR_NULL(strstr(c.bytes, "nan"));
    CU_ASSERT_PTR_NOT_NULL(strstr(c.bytes, ">2.5</text>")); /* a round tick */
    CU_ASSERT_PTR_NOT_NULL(strstr(c.bytes, ">ml-&lt;small&gt;: 5 factors, batch 64,"));
    free(c.bytes);
}

static void
a_title_is_harmless_in_a_drawing(void)
{
    struct collected c = { 0 };
    const struct sink to = collected_sink(&c);
    struct run r = a_run();

    CU_ASSERT_EQUAL_FATAL(
        curves_write_svg(&to, &r, "<script>&\033\xff\xe2\x80\xae", NULL), ERR_OK);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(c.bytes, ">&lt;script&gt;&amp;\\x1b\\xff\\u202e</text>"));
    CU_ASSERT_PTR_NULL(strstr(c.bytes, "<script"));
    free(c.bytes);
}

static void
a_long_run_is_drawn_in_few_points_and_keeps_its_spike(void)
{
    enum { N = 100000 };
    struct collected c = { 0 };
    const struct sink to = collected_sink(&c);
    struct step_record *s = calloc(N, sizeof(*s));
    struct run r = a_run();

    for (size_t i = 0; i < N; i++)
        s[i] =
            (struct step_record){ 64 * (i + 1), 1, i == 77777 ? 9 : 1, 1, 1, 1, 1, 1 };
    r.steps = s;
    r.n_steps = N;
    r.n_epochs = 0;
    CU_ASSERT_EQUAL_FATAL(curves_write_svg(&to, &r, "a", NULL), ERR_OK);
    CU_ASSERT(c.n < 50000);
    /* Of 1 … 9, ticks are 2 apart. */
    CU_ASSERT_PTR_NOT_NULL(strstr(c.bytes, ">8</text>"));
    free(c.bytes);
    free(s);
}

/* What stands in a file may be anything. */
static void
losses_beyond_all_bounds_are_left_out_of_a_drawing(void)
{
    static const double loss[] = { 1e300, -1e300, 1e59, 1.0, 1.0 + 1e-15 };
    struct step_record s[5];
    struct epoch_record e = { 1, 1e300, 1e300, 1e300, 1e300, 1, true };
    struct run r = a_run();

    r.info.epochs = 1;
    r.info.n_steps = SIZE_MAX;
    r.steps = s;
    r.epochs = &e;
    r.n_epochs = 1;
    for (unsigned from = 0; from < 5; from++)
        for (r.n_steps = 0; from + r.n_steps < 5;) {
            struct collected c = { 0 };
            const struct sink to = collected_sink(&c);
            double l = loss[from + r.n_steps];

            s[r.n_steps] = (struct step_record){ r.n_steps + 1, l, l, l, l, l, 1, 1 };
            r.n_steps++;
            CU_ASSERT_EQUAL_FATAL(curves_write_svg(&to, &r, "a", NULL), ERR_OK);
            CU_ASSERT(c.n < 10000);
            CU_ASSERT_PTR_NULL(strstr(c.bytes, "nan"));
            CU_ASSERT_PTR_NULL(strstr(c.bytes, "inf"));
            CU_ASSERT_PTR_NULL(strstr(c.bytes, "epoch 1:"));
            free(c.bytes);
        }
}

static void
without_losses_there_is_nothing_to_write(void)
{
    struct collected c = { 0 };
    const struct sink to = collected_sink(&c);
    struct run r = a_run();
    struct err err;

    r.n_steps = r.n_epochs = 0;
    CU_ASSERT_EQUAL(curves_write_csv(&to, &r, &err), ERR_STATE);
    CU_ASSERT_STRING_EQUAL(err.msg, "runs/a: no losses are recorded yet");
    CU_ASSERT_EQUAL(curves_write_svg(&to, &r, "a", &err), ERR_STATE);
    CU_ASSERT_EQUAL(c.n, 0);
}

static void
every_failure_is_reported(void)
{
    struct collected c = { .fail_at = 1 };
    const struct sink to = collected_sink(&c);
    struct run r = a_run();

    CU_ASSERT_EQUAL(curves_write_csv(&to, &r, NULL), ERR_IO);
    c.writes = 0;
    CU_ASSERT_EQUAL(curves_write_svg(&to, &r, "a", NULL), ERR_IO);
    mem_fail_at(1, 0);
    CU_ASSERT_EQUAL(curves_write_svg(&to, &r, "a", NULL), ERR_NOMEM);
    mem_fail_at(0, 0);
    free(c.bytes);
}

CU_TestInfo tests_curves[] = {
    { "a table has a row a record, by batch", a_table_has_a_row_a_record_by_batch },
    { "a drawing puts losses where they belong",
      a_drawing_puts_losses_where_they_belong },
    { "a title is harmless in a drawing", a_title_is_harmless_in_a_drawing },
    { "a long run is drawn in few points and keeps its spike",
      a_long_run_is_drawn_in_few_points_and_keeps_its_spike },
    { "losses beyond all bounds are left out of a drawing",
      losses_beyond_all_bounds_are_left_out_of_a_drawing },
    { "without losses there is nothing to write",
      without_losses_there_is_nothing_to_write },
    { "every failure is reported", every_failure_is_reported },
    CU_TEST_INFO_NULL,
};

/*
 * test_sampler_chance.c - batches: each partition, each draw as likely as any other.
 *
 * Ratings made with float stars carry their position as stars, so that a batch tells
 * which ratings it holds.
 */
#include "config.h"

#include "src/data/sampler.h"

#include "src/base/mem.h"
#include "tests/data/drawn.h"
#include "tests/made.h"
#include "tests/unit.h"

#include <math.h>

/* Chi-square of counts that should be equal; mean n - 1, variance 2 (n - 1). */
static double
chi_square(const unsigned *count, size_t n)
{
    double sum = 0, chi = 0;

    for (size_t i = 0; i < n; i++)
        sum += count[i];
    for (size_t i = 0; i < n; i++)
        chi += (count[i] - sum / (double)n) * (count[i] - sum / (double)n);
    return chi / (sum / (double)n);
}

/* Number of the present epoch's assignment in base n_batches + 1, a digit a rating; a
 * rating in no batch counts as one of the rest. */
static size_t
assignment(struct drawn *d, size_t n)
{
    size_t n_batches = sampler_n_batches(d->s), code = 0;
    size_t slot[16];

    for (size_t at = 0; at < n; at++)
        slot[at] = n_batches;
    for (size_t b = 0; b < n_batches; b++) {
        sampler_get(d->s, b, &d->b);
        for (size_t j = 0; j < d->size; j++)
            slot[(size_t)d->b.stars[j]] = b;
    }
    for (size_t at = 0; at < n; at++)
        code = code * (n_batches + 1) + slot[at];
    return code;
}

/*
 * Draw n_draws epochs of n ratings in batches of B and count how often each partition
 * comes up. All `n_kinds` of them must come, and chi-square lie within 5 standard
 * deviations of its mean.
 */
static void
check_uniform(size_t n, size_t batch, size_t n_kinds, unsigned n_draws)
{
    struct made want = { .n = n, .n_users = 3, .n_items = 3 };
    struct ratings *r = made_ratings(&want);
    size_t n_codes = (size_t)pow((double)(n / batch + 1), (double)n) + 1, kinds = 0;
    unsigned *count = mem_new(n_codes, sizeof(*count));
    double chi, mean = (double)n_kinds - 1;
    struct drawn d;

    drawn_open(&d, r, batch, SAMPLING_PERMUTATION, n + batch, NULL);
    for (unsigned e = 0; e < n_draws; e++) {
        drawn_begin(&d, e);
        count[assignment(&d, n)]++;
    }
    for (size_t i = 0; i < n_codes; i++)
        if (count[i] > 0)
            count[kinds++] = count[i];
    CU_ASSERT_EQUAL_FATAL(kinds, n_kinds);
    chi = chi_square(count, kinds);
    CU_ASSERT_TRUE(fabs(chi - mean) < 5 * sqrt(2 * mean));
    drawn_close(&d);
    mem_free(count);
    ratings_free(r);
}

static void
every_partition_is_equally_likely(void)
{
    check_uniform(6, 2, 90, 27000); /* 6! / (2! 2! 2!) */
    check_uniform(5, 2, 30, 9000);  /* 5! / (2! 2! 1!): one sits out */
    check_uniform(4, 1, 24, 7200);  /* 4! */
    check_uniform(6, 4, 15, 4500);  /* 6! / (4! 2!) */
}

/* With replacement: 3 ratings in a batch of 2 are 9 ordered pairs, which come back
 * sorted; and a held-out rating never. */
static void
every_draw_of_bootstrap_is_equally_likely(void)
{
    struct made want = { .n = 4, .n_users = 2, .n_items = 3 };
    struct ratings *r = made_ratings(&want);
    unsigned count[9] = { 0 };
    struct drawn d;
    double chi;

    r->item[2] |= RATINGS_HELD_OUT;
    r->n_held_out = 1;
    drawn_open(&d, r, 2, SAMPLING_BOOTSTRAP, 5, NULL);
    for (unsigned e = 0; e < 9000; e++) {
        size_t x, y;

        drawn_begin(&d, e);
        sampler_get(d.s, 0, &d.b);
        CU_ASSERT_TRUE_FATAL(drawn_is_rating(&d, r, 0, (size_t)d.b.stars[0]));
        CU_ASSERT_TRUE_FATAL(drawn_is_rating(&d, r, 1, (size_t)d.b.stars[1]));
        CU_ASSERT_TRUE_FATAL(d.b.stars[0] <= d.b.stars[1]);
        x = d.b.stars[0] > 2 ? 2 : (size_t)d.b.stars[0];
        y = d.b.stars[1] > 2 ? 2 : (size_t)d.b.stars[1];
        /* A sorted unequal pair stands for two: count every second one for the other.
         */
        if (e % 2 == 0)
            count[3 * x + y]++;
        else
            count[3 * y + x]++;
    }
    chi = chi_square(count, 9);
    CU_ASSERT_TRUE(chi < 8 + 5 * 4);
    drawn_close(&d);
    ratings_free(r);
}

/* Of T ratings in N draws, T C(N, j) T^-j (1 - 1/T)^(N - j) are expected to be drawn j
 * times; of a rest too small for a batch nothing is said. */
static void
ratings_are_drawn_as_often_as_with_replacement(void)
{
    struct made want = { .n = 100000, .n_users = 3000, .n_items = 500, .held_out = 10 };
    struct ratings *r = made_ratings(&want);
    double T = (double)ratings_n_train(r), chi = 0, p, N;
    unsigned *times = mem_new(r->n, sizeof(*times)), count[8] = { 0 };
    struct drawn d;

    drawn_open(&d, r, 512, SAMPLING_BOOTSTRAP, 5, NULL);
    N = 512.0 * (double)sampler_n_batches(d.s);
    drawn_begin(&d, 0);
    for (size_t b = 0; b < sampler_n_batches(d.s); b++) {
        sampler_get(d.s, b, &d.b);
        for (size_t j = 0; j < 512; j++)
            times[(size_t)d.b.stars[j]]++;
    }
    for (size_t at = 0; at < r->n; at++) {
        CU_ASSERT_TRUE_FATAL(times[at] < 12);
        if (ratings_held_out(r, at))
            CU_ASSERT_EQUAL(times[at], 0)
        else
            count[times[at] < 7 ? times[at] : 7]++;
    }
    p = pow(1 - 1 / T, N);
    for (int j = 0; j < 7; j++) {
        chi += (count[j] - T * p) * (count[j] - T * p) / (T * p);
        p *= (N - j) / (j + 1) / (T - 1);
    }
    CU_ASSERT_TRUE(chi < 5 + 5 * sqrt(2 * 5));
    drawn_close(&d);
    mem_free(times);
    ratings_free(r);
}

CU_TestInfo tests_sampler_chance[] = {
    { "every partition is equally likely", every_partition_is_equally_likely },
    { "every draw of bootstrap is equally likely",
      every_draw_of_bootstrap_is_equally_likely },
    { "ratings are drawn as often as with replacement",
      ratings_are_drawn_as_often_as_with_replacement },
    CU_TEST_INFO_NULL,
};

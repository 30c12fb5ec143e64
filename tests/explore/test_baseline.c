/* test_baseline.c - biases alone, held against the equations that they solve. */
#include "config.h"

#include "src/explore/baseline.h"

#include "tests/made.h"
#include "tests/unit.h"

static void
biases_are_where_no_derivative_is_left(void)
{
    const struct made want = { .n = 3000,
                               .n_users = 60,
                               .n_items = 80,
                               .coded = true,
                               .held_out = 10,
                               .seed = 5 };
    struct ratings *r = made_ratings(&want);
    double by_user[61] = { 0 }, by_film[81] = { 0 };
    struct baseline b = { 0 };

    CU_ASSERT_EQUAL_FATAL(baseline_fit(&b, r, NULL, NULL, NULL), ERR_OK);
    for (uint32_t u = 1; u <= 60; u++)
        for (uint64_t at = r->start[u]; at < r->start[u + 1]; at++) {
            uint32_t i = ratings_item(r, at);
            double left = (double)ratings_stars(r, at) - baseline_rating(&b, u, i);

            if (ratings_held_out(r, at))
                continue;
            by_user[u] += left;
            by_film[i] += left;
        }
    for (uint32_t u = 1; u <= 60; u++)
        CU_ASSERT_DOUBLE_EQUAL(by_user[u], 10 * b.user_bias[u], 1e-4);
    for (uint32_t i = 1; i <= 80; i++)
        CU_ASSERT_DOUBLE_EQUAL(by_film[i], 10 * b.item_bias[i], 1e-4);
    baseline_done(&b);
    ratings_free(r);
}

CU_TestInfo tests_baseline[] = {
    { "biases are where no derivative is left",
      biases_are_where_no_derivative_is_left },
    CU_TEST_INFO_NULL,
};

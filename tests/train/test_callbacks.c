/* test_callbacks.c - keep the best, stop early. */
#include "config.h"

#include "src/train/callbacks.h"

#include "tests/unit.h"

#include <math.h>

static void
only_a_strictly_lower_loss_is_an_improvement(void)
{
    struct save_best b = { 0 };

    CU_ASSERT_TRUE(save_best_improved(&b, 1, 0.9));
    CU_ASSERT_FALSE(save_best_improved(&b, 2, 0.9));
    CU_ASSERT_FALSE(save_best_improved(&b, 3, 0.95));
    CU_ASSERT_TRUE(save_best_improved(&b, 4, 0.8999999));
    CU_ASSERT_EQUAL(b.epoch, 4);
    CU_ASSERT_EQUAL(b.loss, 0.8999999);
}

static void
nan_and_infinity_are_never_the_best(void)
{
    struct save_best b = { 0 };

    CU_ASSERT_FALSE(save_best_improved(&b, 1, NAN));
    CU_ASSERT_FALSE(save_best_improved(&b, 2, INFINITY));
    CU_ASSERT_EQUAL(b.epoch, 0);
    CU_ASSERT_TRUE(save_best_improved(&b, 3, 1e9));
    CU_ASSERT_FALSE(save_best_improved(&b, 4, NAN));
    CU_ASSERT_EQUAL(b.epoch, 3);
}

static void
patience_counts_epochs_since_the_last_improvement(void)
{
    static const bool improved[] = { true, false, true, false, false };
    static const bool stops[] = { false, false, false, false, true };
    struct early_stop e = { .patience = 2 };

    for (int i = 0; i < 5; i++)
        CU_ASSERT_EQUAL(early_stop_reached(&e, improved[i]), stops[i]);
}

static void
no_patience_set_never_stops(void)
{
    struct early_stop e = { .patience = 0 };

    for (int i = 0; i < 100; i++)
        CU_ASSERT_FALSE(early_stop_reached(&e, false));
}

CU_TestInfo tests_callbacks[] = {
    { "only a strictly lower loss is an improvement",
      only_a_strictly_lower_loss_is_an_improvement },
    { "NaN and infinity are never the best", nan_and_infinity_are_never_the_best },
    { "patience counts epochs since the last improvement",
      patience_counts_epochs_since_the_last_improvement },
    { "no patience set never stops", no_patience_set_never_stops },
    CU_TEST_INFO_NULL,
};

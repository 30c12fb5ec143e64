/* test_train_panel.c - what the panel of a run does that one screen does not show. */
#include "config.h"

#include "tests/tui/sitting.h"
#include "tests/tui/worlds.h"

#include "tests/tui/home.h"
#include "tests/unit.h"

#include <math.h>

static struct sitting s;

static void
a_click_on_another_setting_leaves_the_one_that_is_typed(void)
{
    struct input click = { .kind = INPUT_CLICK, .x = 3, .y = 1 };

    sitting_begin(&s, "train", WORLD_data);
    sitting_press(&s, "enter ctrl-u '7");
    sitting_input(&s, &click);
    CU_ASSERT_FALSE(sitting_shows(&s, "enter sets it"));
    sitting_press(&s, "enter"); /* begins to edit the epochs */
    CU_ASSERT_EQUAL(s.wish.kind, WISH_NONE);
    sitting_end(&s);
}

static void
a_double_click_on_the_curve_edits_no_setting(void)
{
    struct input twice = { .kind = INPUT_DOUBLE_CLICK, .x = 80, .y = 5 };

    sitting_begin(&s, "train", WORLD_trained);
    sitting_input(&s, &twice);
    CU_ASSERT_FALSE(sitting_shows(&s, "enter sets it"));
    twice.x = 3;
    sitting_input(&s, &twice);
    CU_ASSERT_TRUE(sitting_shows(&s, "enter sets it"));
    sitting_end(&s);
}

static void
a_run_that_begins_ends_the_typing_of_a_setting(void)
{
    sitting_begin(&s, "train", WORLD_data);
    sitting_press(&s, "enter '7");
    sitting_turn(&s, worlds_get(WORLD_first_epoch));
    CU_ASSERT_FALSE(sitting_shows(&s, "enter sets it"));
    sitting_end(&s);
}

static void
a_shorter_run_is_seen_though_the_longer_one_was_zoomed(void)
{
    struct world w;

    sitting_begin(&s, "train", WORLD_trained);
    sitting_press(&s, "end + + +");
    CU_ASSERT_TRUE(sitting_shows(&s, "3400"));
    w = *s.world;
    w.curve.n = 8;
    w.curve.n_steps = 64 * 8;
    w.curve.n_epochs = 0;
    sitting_turn(&s, &w);
    CU_ASSERT_FALSE(sitting_shows(&s, "3400"));
    CU_ASSERT_TRUE(sitting_shows(&s, " 400 "));
    sitting_end(&s);
}

/* Of a run of many batches the first points are all that there is. */
static void
the_first_points_of_a_long_run_are_seen(void)
{
    struct world w;

    sitting_begin(&s, "train", WORLD_first_epoch);
    w = *s.world;
    w.yardstick = (struct yardstick_losses){ NAN, NAN };
    w.curve.n_steps = 100 * w.curve.n * 64;
    sitting_turn(&s, &w);
    CU_ASSERT_FALSE(sitting_shows(&s, "12 points"));
    CU_ASSERT_FALSE(sitting_shows(&s, "0.0┤"));
    CU_ASSERT_TRUE(sitting_shows(&s, "1.4┤"));
    sitting_end(&s);
}

static void
without_validation_the_table_of_epochs_has_dashes(void)
{
    struct epoch_record epoch = { .epoch = 1,
                                  .train_loss = .9,
                                  .valid_loss = NAN,
                                  .rmse = NAN,
                                  .mae = NAN,
                                  .seconds = 1 };
    struct world w;

    sitting_begin(&s, "train", WORLD_trained);
    w = *s.world;
    w.curve.epochs = &epoch;
    w.curve.n_epochs = 1;
    sitting_turn(&s, &w);
    CU_ASSERT_FALSE(sitting_shows(&s, "nan"));
    CU_ASSERT_TRUE(sitting_shows(&s, "  -  "));
    sitting_end(&s);
}

static void
a_model_that_biases_alone_would_beat_is_told_so(void)
{
    struct world w;

    sitting_begin(&s, "train", WORLD_trained);
    w = *s.world;
    w.curve.n_epochs_all = 3;
    w.yardstick = (struct yardstick_losses){ .mean = 1.1, .biases = .72 };
    sitting_turn(&s, &w); /* the best validation is .71 */
    CU_ASSERT_FALSE(sitting_shows(&s, "biases alone"));
    w.yardstick.biases = .70;
    sitting_turn(&s, &w);
    CU_ASSERT_TRUE(
        sitting_shows(&s, "worse than biases alone (0.700): try a lower rate"));
    CU_ASSERT_TRUE(sitting_shows(&s, "valid loss 0.7100, biases alone do better"));
    w.yardstick.mean = .705;
    sitting_turn(&s, &w);
    CU_ASSERT_TRUE(
        sitting_shows(&s, "worse than the mean of all ratings: try a lower rate"));
    w.yardstick = (struct yardstick_losses){ NAN, NAN };
    sitting_turn(&s, &w);
    CU_ASSERT_FALSE(sitting_shows(&s, "biases alone"));
    sitting_end(&s);
}

static void
a_run_that_was_just_begun_is_starting(void)
{
    struct world w;

    sitting_begin(&s, "train", WORLD_data);
    w = *s.world;
    w.busy = true;
    w.now = (struct snapshot){ .eta_s = NAN };
    sitting_turn(&s, &w);
    CU_ASSERT_TRUE(sitting_shows(&s, "starting"));
    w.now.state = SESSION_TRAINING;
    sitting_turn(&s, &w);
    CU_ASSERT_TRUE(sitting_shows(&s, "starting"));
    sitting_end(&s);
}

CU_TestInfo tests_train_panel[] = {
    { "a click on another setting leaves the one that is typed",
      a_click_on_another_setting_leaves_the_one_that_is_typed },
    { "a double click on the curve edits no setting",
      a_double_click_on_the_curve_edits_no_setting },
    { "a run that begins ends the typing of a setting",
      a_run_that_begins_ends_the_typing_of_a_setting },
    { "a shorter run is seen though the longer one was zoomed",
      a_shorter_run_is_seen_though_the_longer_one_was_zoomed },
    { "the first points of a long run are seen",
      the_first_points_of_a_long_run_are_seen },
    { "without validation the table of epochs has dashes",
      without_validation_the_table_of_epochs_has_dashes },
    { "a model that biases alone would beat is told so",
      a_model_that_biases_alone_would_beat_is_told_so },
    { "a run that was just begun is starting", a_run_that_was_just_begun_is_starting },
    CU_TEST_INFO_NULL,
};

/* test_desk_run.c - runs and range tests at the desk, and what each leaves behind. */
#include "config.h"

#include "ui/tui/desk.h"

#include "tests/tui/desks.h"
#include "tests/unit.h"

#include <math.h>
#include <string.h>

static struct desk *desk;
static const struct world *world;
static struct err err;

static void
train(unsigned epochs)
{
    desks_config(desk, epochs);
    CU_ASSERT_EQUAL_FATAL(desk_train(desk, &err), ERR_OK);
    desks_wait(desk, desks_is_idle);
    CU_ASSERT_PTR_NULL(world->trouble);
}

static void
a_run_leaves_its_curve_and_its_model(void)
{
    desks_begin(&desk, &world);
    desks_open(desk, desks_data());
    train(3);
    CU_ASSERT_EQUAL(world->curve.n_epochs, 3);
    CU_ASSERT(world->curve.n > 0);
    CU_ASSERT_EQUAL(world->now.n_epochs_done, 3);
    CU_ASSERT_PTR_NOT_NULL(world->shown);
    desks_end(desk);
}

static void
after_a_loss_that_ran_away_the_rate_is_a_third(void)
{
    struct train_config c;

    desks_begin(&desk, &world);
    desks_open(desk, desks_data());
    desks_config(desk, 20);
    c = world->config;
    c.lr = .5;
    c.y_lo = -1e30; /* the square of an error is then beyond a float */
    c.y_hi = 1e30;
    desk_set_config(desk, &c);
    CU_ASSERT_EQUAL(desk_train(desk, &err), ERR_OK);
    desks_wait(desk, desks_is_idle);
    CU_ASSERT_EQUAL(world->now.state, SESSION_FAILED);
    CU_ASSERT_EQUAL(world->now.error.code, ERR_NUMERIC);
    CU_ASSERT_PTR_NOT_NULL(world->trouble);
    CU_ASSERT_EQUAL(world->config.lr, .17);
    CU_ASSERT_EQUAL(world->config.y_hi, 1e30);
    desks_end(desk);
}

static void
what_a_run_was_through_is_known_until_the_next(void)
{
    desks_begin(&desk, &world);
    desks_open(desk, desks_data());
    CU_ASSERT_FALSE(world->has_trained);
    train(1);
    CU_ASSERT_TRUE(world->has_trained);
    CU_ASSERT_FALSE(world->has_tried);
    CU_ASSERT_EQUAL(desk_find_lr(desk, &err), ERR_OK);
    CU_ASSERT_FALSE(world->has_trained);
    CU_ASSERT_FALSE(world->has_tried);
    desks_wait(desk, desks_is_idle);
    CU_ASSERT_FALSE(world->has_trained);
    CU_ASSERT_TRUE(world->has_tried);
    desks_end(desk);
}

static void
a_run_that_finds_its_rate_was_through_both(void)
{
    struct train_config c;

    desks_begin(&desk, &world);
    desks_open(desk, desks_data());
    desks_config(desk, 1);
    c = world->config;
    c.lr = 0;
    c.batch = 1; /* or there are too few for a range test */
    desk_set_config(desk, &c);
    CU_ASSERT_EQUAL(desk_train(desk, &err), ERR_OK);
    desks_wait(desk, desks_is_idle);
    CU_ASSERT_TRUE(world->has_tried);
    CU_ASSERT_EQUAL(world->has_trained, world->now.step > 0);
    desks_end(desk);
}

static void
a_run_that_is_resumed_has_not_trained_since(void)
{
    desks_begin(&desk, &world);
    desks_open(desk, desks_data());
    desks_config(desk, 10000);
    CU_ASSERT_EQUAL(desk_train(desk, &err), ERR_OK);
    desks_wait(desk, desks_is_training);
    CU_ASSERT_TRUE(world->has_trained);
    desk_pause(desk);
    desks_wait(desk, desks_is_paused);
    desk_pause(desk);
    CU_ASSERT_FALSE(world->has_trained);
    desks_wait(desk, desks_is_training);
    CU_ASSERT_TRUE(world->has_trained);
    desks_end(desk);
}

static void
a_range_test_leaves_the_curve_of_the_run_before(void)
{
    size_t n;

    desks_begin(&desk, &world);
    desks_open(desk, desks_data());
    train(3);
    n = world->curve.n;
    CU_ASSERT_EQUAL(desk_find_lr(desk, &err), ERR_OK);
    desks_wait(desk, desks_is_idle);
    CU_ASSERT(world->finding->n > 0);
    CU_ASSERT_EQUAL(world->curve.n, n);
    CU_ASSERT_EQUAL(world->curve.n_epochs, 3);
    CU_ASSERT_EQUAL(world->now.n_epochs_done, 3);
    desks_end(desk);
}

static void
a_run_leaves_the_curve_of_the_range_test_before(void)
{
    size_t n;

    desks_begin(&desk, &world);
    desks_open(desk, desks_data());
    desks_config(desk, 1);
    CU_ASSERT_EQUAL(desk_find_lr(desk, &err), ERR_OK);
    desks_wait(desk, desks_is_idle);
    n = world->finding->n;
    CU_ASSERT_FATAL(n > 0);
    train(1);
    CU_ASSERT_EQUAL(world->finding->n, n);
    CU_ASSERT_EQUAL(desk_find_lr(desk, &err), ERR_OK); /* a new one begins empty */
    CU_ASSERT_EQUAL(world->finding->n, 0);
    desks_wait(desk, desks_is_idle);
    CU_ASSERT_EQUAL(world->finding->n, n);
    desks_end(desk);
}

static void
a_run_that_was_opened_can_be_trained_again(void)
{
    desks_begin(&desk, &world);
    desks_open(desk, desks_data());
    train(2);
    desks_open(desk, "latest");
    CU_ASSERT_PTR_NULL(world->data);
    CU_ASSERT_PTR_NOT_NULL(world->shown);
    CU_ASSERT_EQUAL(world->curve.n_epochs, 2);
    CU_ASSERT_EQUAL(world->config.factors, 4);
    CU_ASSERT_EQUAL(desk_train(desk, &err), ERR_OK); /* its data are read first */
    CU_ASSERT_TRUE(world->loading.active);
    desks_wait(desk, desks_is_idle);
    CU_ASSERT_EQUAL(world->now.state, SESSION_DONE);
    CU_ASSERT_PTR_NOT_NULL(world->data);
    desks_end(desk);
}

static void
a_range_test_keeps_the_model_of_a_run_that_was_opened(void)
{
    const struct shown *shown;
    uint64_t films;

    desks_begin(&desk, &world);
    desks_open(desk, desks_data());
    train(2);
    desks_open(desk, "latest");
    shown = world->shown;
    CU_ASSERT_PTR_NOT_NULL_FATAL(shown);
    films = shown->films;
    for (int i = 0; i < 3; i++) { /* each time the data are read again */
        struct train_config c = world->config;

        c.valid_part = .1 * (i + 1);
        desk_set_config(desk, &c);
        CU_ASSERT_EQUAL(desk_find_lr(desk, &err), ERR_OK);
        CU_ASSERT_TRUE(world->loading.active);
        desks_wait(desk, desks_is_idle);
        CU_ASSERT_PTR_EQUAL(world->shown, shown);
        CU_ASSERT_EQUAL(shown->catalog->n_users, 20);
        CU_ASSERT_EQUAL(world->curve.n_epochs, 2);
        CU_ASSERT_STRING_EQUAL(world->name, world->saved); /* still the run's */
    }
    train(1);
    CU_ASSERT_PTR_NOT_EQUAL(world->shown, shown);
    CU_ASSERT_PTR_EQUAL(world->shown->catalog, world->data->catalog);
    CU_ASSERT_EQUAL(world->shown->films, films); /* of the same films */
    CU_ASSERT_STRING_EQUAL(world->name, desks_data());
    CU_ASSERT_EQUAL(world->curve.n_epochs, 1);
    desks_end(desk);
}

static void
earlier_runs_on_the_same_data_come_and_go(void)
{
    desks_begin(&desk, &world);
    desks_open(desk, desks_data());
    CU_ASSERT_EQUAL(desk_compare(desk, &err), ERR_NOTFOUND);
    train(1);
    train(1);
    CU_ASSERT_EQUAL(desk_compare(desk, &err), ERR_OK);
    CU_ASSERT_EQUAL(world->n_past, 1); /* the run itself is not one */
    CU_ASSERT_EQUAL(world->past[0].n_epochs, 1);
    CU_ASSERT_EQUAL(desk_compare(desk, &err), ERR_OK);
    CU_ASSERT_EQUAL(world->n_past, 0);
    desks_end(desk);
}

static void
a_paused_run_goes_on_when_nobody_is_left(void)
{
    desks_begin(&desk, &world);
    desks_open(desk, desks_data());
    desks_config(desk, 200);
    CU_ASSERT_EQUAL(desk_train(desk, &err), ERR_OK);
    desks_wait(desk, desks_is_training);
    desk_pause(desk);
    desk_resume(desk); /* heard before it has paused, perhaps */
    desks_wait(desk, desks_is_idle);
    CU_ASSERT_EQUAL(world->now.state, SESSION_DONE);
    desks_end(desk);
}

static void
a_model_whose_weights_are_no_numbers_is_told(void)
{
    struct shown *s;
    struct model *m = NULL;

    desks_begin(&desk, &world);
    desks_open(desk, desks_data());
    CU_ASSERT_EQUAL_FATAL(model_new(&m, world->data->catalog->n_users,
                                    world->data->catalog->n_items, 4, .5f, 5.5f, NULL),
                          ERR_OK);
    m->bi[3] = NAN;
    CU_ASSERT_EQUAL(
        shown_new(&s, m, world->data->catalog, world->data->ratings, NULL, NULL, &err),
        ERR_NUMERIC);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "lower rate"));
    model_free(m);
    desks_end(desk);
}

CU_TestInfo tests_desk_run[] = {
    { "a run leaves its curve and its model", a_run_leaves_its_curve_and_its_model },
    { "after a loss that ran away the rate is a third",
      after_a_loss_that_ran_away_the_rate_is_a_third },
    { "what a run was through is known until the next",
      what_a_run_was_through_is_known_until_the_next },
    { "a run that finds its rate was through both",
      a_run_that_finds_its_rate_was_through_both },
    { "a run that is resumed has not trained since",
      a_run_that_is_resumed_has_not_trained_since },
    { "a range test leaves the curve of the run before",
      a_range_test_leaves_the_curve_of_the_run_before },
    { "a run leaves the curve of the range test before",
      a_run_leaves_the_curve_of_the_range_test_before },
    { "a run that was opened can be trained again",
      a_run_that_was_opened_can_be_trained_again },
    { "a range test keeps the model of a run that was opened",
      a_range_test_keeps_the_model_of_a_run_that_was_opened },
    { "earlier runs on the same data come and go",
      earlier_runs_on_the_same_data_come_and_go },
    { "a paused run goes on when nobody is left",
      a_paused_run_goes_on_when_nobody_is_left },
    { "a model whose weights are no numbers is told",
      a_model_whose_weights_are_no_numbers_is_told },
    CU_TEST_INFO_NULL,
};

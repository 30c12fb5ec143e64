/* test_desk.c - what lies open: reading, settings, and what fails at any allocation. */
#include "config.h"

#include "ui/tui/desk.h"

#include "src/base/mem.h"

#include "tests/scratch.h"
#include "tests/tui/desks.h"
#include "tests/tui/home.h"
#include "tests/unit.h"

#include <string.h>

static struct desk *desk;
static const struct world *world;
static struct err err;

/* ---- reading -----------------------------------------------------------------------
 */

static void
data_are_opened_in_the_background(void)
{
    desks_begin(&desk, &world);
    CU_ASSERT_PTR_NULL(world->name);
    CU_ASSERT_EQUAL(desk_open(desk, desks_data(), &err), ERR_OK);
    CU_ASSERT_TRUE(world->loading.active);
    CU_ASSERT_EQUAL(desk_open(desk, desks_other(), &err), ERR_STATE);
    desks_wait(desk, desks_is_idle);
    CU_ASSERT_STRING_EQUAL(world->name, desks_data());
    CU_ASSERT_EQUAL(world->data->ratings->n, 200);
    CU_ASSERT_PTR_NOT_NULL(world->plan);
    desks_end(desk);
}

static void
what_cannot_be_opened_is_told_and_the_old_stays(void)
{
    desks_begin(&desk, &world);
    desks_open(desk, desks_data());
    CU_ASSERT_EQUAL(desk_open(desk, home_path("nowhere"), &err), ERR_OK);
    desks_wait(desk, desks_is_idle);
    CU_ASSERT_PTR_NOT_NULL_FATAL(world->trouble);
    CU_ASSERT_PTR_NOT_NULL(strstr(world->trouble, "nowhere"));
    CU_ASSERT_STRING_EQUAL(world->name, desks_data());
    CU_ASSERT_PTR_NOT_NULL(world->data);
    desks_end(desk);
}

static void
a_run_that_is_asked_for_while_data_are_read_begins_then(void)
{
    desks_begin(&desk, &world);
    CU_ASSERT_EQUAL(desk_train(desk, &err), ERR_STATE);
    CU_ASSERT_EQUAL(desk_open(desk, desks_data(), &err), ERR_OK);
    CU_ASSERT_EQUAL(desk_train(desk, &err), ERR_OK);
    CU_ASSERT_FALSE(world->busy);
    desks_wait(desk, desks_is_idle);
    CU_ASSERT_EQUAL(world->now.state, SESSION_DONE);
    CU_ASSERT_PTR_NOT_NULL(world->shown);
    desks_end(desk);
}

static void
settings_that_the_data_were_not_read_under_read_them_again(void)
{
    struct train_config c;

    desks_begin(&desk, &world);
    desks_open(desk, desks_data());
    CU_ASSERT_EQUAL(world->data->ratings->n_held_out, 20);
    desks_config(desk, 1);
    c = world->config;
    c.valid_part = .3;
    desk_set_config(desk, &c);
    CU_ASSERT_EQUAL(desk_train(desk, &err), ERR_OK);
    desks_wait(desk, desks_is_idle);
    CU_ASSERT_EQUAL(world->data->ratings->n_held_out, 60);
    CU_ASSERT_EQUAL(world->curve.n_epochs, 1);
    desks_end(desk);
}

static void
settings_that_cannot_work_say_why(void)
{
    struct train_config c;

    desks_begin(&desk, &world);
    desks_open(desk, desks_data());
    c = world->config;
    c.y_lo = 5;
    c.y_hi = 1;
    desk_set_config(desk, &c);
    CU_ASSERT_PTR_NOT_NULL(world->wrong);
    CU_ASSERT_PTR_NULL(world->plan);
    c = train_config_defaults();
    desk_set_config(desk, &c);
    CU_ASSERT_PTR_NULL(world->wrong);
    desks_end(desk);
}

/* Data of 60 ratings whose columns have names of their own. */
static const char *
write_own_columns(void)
{
    const char *path = home_path("own.csv");
    char text[1024] = "who,what,stars\n";
    size_t n = strlen(text);

    for (unsigned i = 0; i < 60; i++)
        n += (size_t)snprintf(text + n, sizeof(text) - n, "%u,%u,%u\n", i / 6 + 1,
                              i % 6 + 1, i % 5 + 1);
    scratch_write(path, text, n);
    return path;
}

static void
what_cannot_be_opened_leaves_how_the_open_data_were_read(void)
{
    struct train_config c;

    desks_begin(&desk, &world);
    desk_read_as(desk, "user=who,item=what,rating=stars", -1);
    desks_open(desk, write_own_columns());
    CU_ASSERT_EQUAL(world->data->ratings->n_held_out, 6);
    desks_config(desk, 1);
    c = world->config;
    c.valid_part = .5;
    desk_set_config(desk, &c);
    CU_ASSERT_EQUAL(desk_open(desk, home_path("nowhere"), &err), ERR_OK);
    desks_wait(desk, desks_is_idle);
    CU_ASSERT_EQUAL(desk_train(desk, &err), ERR_OK);
    desks_wait(desk, desks_is_idle);
    CU_ASSERT_PTR_NULL(world->trouble);
    CU_ASSERT_EQUAL(world->data->ratings->n_held_out, 30);
    desks_end(desk);
}

/* ---- any allocation may fail -------------------------------------------------------
 */

/* Open, train, find a rate, compare, open the run: each step may fail, and none may
 * leak, hang or crash. */
static void
sit(unsigned long n)
{
    struct train_config c = train_config_defaults();
    struct desk *d;

    mem_fail_at(n, 0);
    if (desk_new(&d, &err) != ERR_OK)
        return;
    c.factors = 2;
    c.batch = 64;
    c.epochs = 1;
    c.threads = 1;
    desk_set_config(d, &c);
    if (desk_open(d, desks_data(), &err) == ERR_OK)
        desks_wait(d, desks_is_idle);
    if (desk_train(d, &err) == ERR_OK)
        desks_wait(d, desks_is_idle);
    if (desk_find_lr(d, &err) == ERR_OK)
        desks_wait(d, desks_is_idle);
    if (desk_compare(d, &err) == ERR_OK)
        CU_ASSERT(desk_world(d)->n_past > 0);
    if (desk_open(d, "latest", &err) == ERR_OK)
        desks_wait(d, desks_is_idle);
    desk_free(d);
}

static void
every_allocation_may_fail(void)
{
    unsigned long total, n;

    desks_init();
    sit(0);
    total = mem_count();
    CU_ASSERT_FATAL(total > 100);
    for (n = 1; n <= total + 10; n += n < 60 ? 1 : 7) {
        sit(n);
        mem_fail_at(0, 0);
    }
    desks_done();
}

CU_TestInfo tests_desk[] = {
    { "data are opened in the background", data_are_opened_in_the_background },
    { "what cannot be opened is told, and the old stays",
      what_cannot_be_opened_is_told_and_the_old_stays },
    { "a run that is asked for while data are read begins then",
      a_run_that_is_asked_for_while_data_are_read_begins_then },
    { "settings that the data were not read under read them again",
      settings_that_the_data_were_not_read_under_read_them_again },
    { "settings that cannot work say why", settings_that_cannot_work_say_why },
    { "every allocation may fail", every_allocation_may_fail },
    { "what cannot be opened leaves how the open data were read",
      what_cannot_be_opened_leaves_how_the_open_data_were_read },
    CU_TEST_INFO_NULL,
};

/* test_runconfig.c - settings beside the data and the runs that they belong to. */
#include "config.h"

#include "src/train/runconfig.h"

#include "tests/unit.h"

#include <string.h>

static void
data_are_read_as_the_settings_want(void)
{
    struct train_config c = train_config_defaults();
    struct dataset_options o;

    c.item = DATASET_ITEM_ID;
    c.valid_part = .25;
    c.seed = 7;
    c.split_file = "split";
    c.y_lo = 0;
    c.y_hi = 11;
    o = runconfig_reading(&c);
    CU_ASSERT_EQUAL(o.item, DATASET_ITEM_ID);
    CU_ASSERT_EQUAL(o.valid_part, .25);
    CU_ASSERT_EQUAL(o.seed, 7);
    CU_ASSERT_STRING_EQUAL(o.split_file, "split");
    CU_ASSERT_EQUAL(o.y_lo, 0);
    CU_ASSERT_EQUAL(o.y_hi, 11);
    CU_ASSERT_EQUAL(o.max_rejects, -1);
    CU_ASSERT_PTR_NULL(o.columns);
}

static void
without_arguments_reading_and_training_agree(void)
{
    const struct train_config c = train_config_defaults();
    const struct dataset_options o = runconfig_reading(&c), plain = dataset_defaults();

    CU_ASSERT_EQUAL(o.item, plain.item);
    CU_ASSERT_EQUAL(o.valid_part, plain.valid_part);
    CU_ASSERT_EQUAL(o.seed, plain.seed);
    CU_ASSERT_EQUAL(o.y_lo, plain.y_lo);
    CU_ASSERT_EQUAL(o.y_hi, plain.y_hi);
}

static void
only_what_reading_needs_makes_a_difference(void)
{
    const struct train_config a = train_config_defaults();
    struct train_config b = a;
    char one[] = "split", other[] = "split";

    b.factors = 7;
    b.lr = 1;
    b.epochs = 9;
    CU_ASSERT_TRUE(runconfig_reads_alike(&a, &b));
    b.seed = 43;
    CU_ASSERT_FALSE(runconfig_reads_alike(&a, &b));
    b = a;
    b.valid_part = .2;
    CU_ASSERT_FALSE(runconfig_reads_alike(&a, &b));
    b = a;
    b.split_file = one;
    CU_ASSERT_FALSE(runconfig_reads_alike(&a, &b));
    CU_ASSERT_FALSE(runconfig_reads_alike(&b, &a));
    {
        struct train_config same = b;

        same.split_file = other; /* the same name in other memory */
        CU_ASSERT_TRUE(runconfig_reads_alike(&b, &same));
    }
}

static void
a_run_gives_its_settings_back(void)
{
    const struct run_info info = { .factors = 5,
                                   .epochs = 3,
                                   .patience = 1,
                                   .batch = 64,
                                   .lr = 2e-3,
                                   .wd = 1e-2,
                                   .y_lo = 0,
                                   .y_hi = 6,
                                   .valid_part = .3,
                                   .seed = 9,
                                   .item = "id",
                                   .sampling = "bootstrap" };
    struct train_config c = runconfig_of(&info);

    CU_ASSERT_EQUAL(c.factors, 5);
    CU_ASSERT_EQUAL(c.epochs, 3);
    CU_ASSERT_EQUAL(c.patience, 1);
    CU_ASSERT_EQUAL(c.batch, 64);
    CU_ASSERT_EQUAL(c.lr, 2e-3);
    CU_ASSERT_EQUAL(c.wd, 1e-2);
    CU_ASSERT_EQUAL(c.y_lo, 0);
    CU_ASSERT_EQUAL(c.y_hi, 6);
    CU_ASSERT_EQUAL(c.valid_part, .3);
    CU_ASSERT_EQUAL(c.seed, 9);
    CU_ASSERT_EQUAL(c.item, DATASET_ITEM_ID);
    CU_ASSERT_EQUAL(c.sampling, SAMPLING_BOOTSTRAP);
    CU_ASSERT_STRING_EQUAL(c.device, "auto"); /* this machine's, not the run's */
}

static void
what_a_model_file_alone_does_not_say_is_the_default(void)
{
    const struct train_config plain = train_config_defaults();
    struct train_config c = runconfig_of(&(struct run_info){ .factors = 5 });

    CU_ASSERT_EQUAL(c.factors, 5);
    CU_ASSERT_EQUAL(c.epochs, plain.epochs);
    CU_ASSERT_EQUAL(c.lr, plain.lr);
    CU_ASSERT_EQUAL(c.y_hi, plain.y_hi);
    CU_ASSERT_EQUAL(c.item, plain.item);
    CU_ASSERT_EQUAL(c.sampling, plain.sampling);
}

CU_TestInfo tests_runconfig[] = {
    { "data are read as the settings want", data_are_read_as_the_settings_want },
    { "without arguments reading and training agree",
      without_arguments_reading_and_training_agree },
    { "only what reading needs makes a difference",
      only_what_reading_needs_makes_a_difference },
    { "a run gives its settings back", a_run_gives_its_settings_back },
    { "what a model file alone does not say is the default",
      what_a_model_file_alone_does_not_say_is_the_default },
    CU_TEST_INFO_NULL,
};

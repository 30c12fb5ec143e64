/*
 * test_exact.c - a whole fit on each fast device against the dense loop in double: the
 * validation loss of every epoch, and the weights that are kept.
 *
 * The fits go on until they overfit, where rounding grows. At random it leaves some
 * 5e-8 of the loss and 2e-6 of the weights. What always errs to the same side shows
 * sooner: missed steps summed to 7e-5 of what they move made 1e-6 of the loss and 7e-6
 * of the weights, a float .99 as the factor of v 8e-8 of the loss, a float 1 - lr wd as
 * that of w 8e-6.
 */
#include "config.h"

#include "src/data/synth.h"
#include "src/device/cpu_reference.h"
#include "src/train/session.h"
#include "src/train/shared.h"
#include "tests/model/alike.h"
#include "tests/trained.h"
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>

#define MAX_EPOCHS 40

/* What a fit came to. */
struct outcome {
    struct epoch_record epoch[MAX_EPOCHS];
    size_t n_epochs;
    struct shared_model *kept;
};

static void
fit(struct outcome *ret, const struct dataset *d, const struct train_config *like,
    const struct device_ops *ops)
{
    struct train_config config = *like;

    config.ops = ops;
    ret->n_epochs = trained_fit(&ret->kept, ret->epoch, MAX_EPOCHS, d, &config);
}

static void
compare(const struct outcome *got, const struct outcome *want)
{
    CU_ASSERT_EQUAL_FATAL(got->n_epochs, want->n_epochs);
    for (size_t e = 0; e < want->n_epochs; e++)
        CU_ASSERT_DOUBLE_EQUAL(got->epoch[e].valid_loss / want->epoch[e].valid_loss, 1,
                               2e-7);
    CU_ASSERT(alike_distance(shared_model_get(got->kept),
                             shared_model_get(want->kept)) < 4e-6);
}

static void
fit_everywhere(const struct synth_options *data, const struct train_config *config)
{
    struct dataset_options opt = dataset_defaults();
    struct outcome want, got;
    struct dataset *d = NULL;
    struct pool *pool = NULL;
    const char *why;

    CU_ASSERT_FATAL(pool_new(&pool, 2, NULL) == ERR_OK);
    CU_ASSERT_FATAL(synth_load(&d, data, &opt, pool, NULL) == ERR_OK);
    pool_free(pool);
    fit(&want, d, config, &device_cpu_reference);
    for (size_t i = 0; device_list[i] != NULL; i++) {
        if (device_list[i] == &device_cpu_reference || !device_list[i]->probe(&why))
            continue;
        fit(&got, d, config, device_list[i]);
        compare(&got, &want);
        shared_model_drop(got.kept);
    }
    shared_model_drop(want.kept);
    dataset_free(d);
}

/* 10,116 steps; a user is read every forty of them. */
static void
ten_thousand_steps_agree_with_the_reference(void)
{
    const struct synth_options data = {
        .n_users = 2000, .n_items = 1000, .n_ratings = 40000, .seed = 1
    };
    struct train_config c = train_config_defaults();

    c.factors = 6;
    c.batch = 64;
    c.epochs = 18;
    c.patience = 0;
    c.threads = 1;
    fit_everywhere(&data, &c);
}

/* 20 epochs planned; it ends after 6 of them, 10,548 steps. */
static void
the_sample_agrees_with_the_reference(void)
{
    const struct synth_options data = synth_sample();
    struct train_config c = train_config_defaults();

    if (getenv("MLTUI_LONG") == NULL) {
        printf("SKIP: 10,548 steps of the reference; set MLTUI_LONG ");
        return;
    }
    c.epochs = 20;
    c.threads = 2;
    fit_everywhere(&data, &c);
}

CU_TestInfo tests_exact[] = {
    { "ten thousand steps agree with the reference",
      ten_thousand_steps_agree_with_the_reference },
    { "the sample agrees with the reference (MLTUI_LONG)",
      the_sample_agrees_with_the_reference },
    CU_TEST_INFO_NULL,
};

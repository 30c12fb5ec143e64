/* test_ml_small.c - on ml-latest-small training reaches the losses of fastai. */
#include "config.h"

#include "src/train/session.h"

#include "src/train/shared.h"
#include "tests/trained.h"
#include "tests/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MOST_EPOCHS 5

/* fastai on ml-latest-small: mean of the last validation loss over seeds, and its
 * standard deviation. A seed changes split, weights and order. */
static const struct recipe {
    const char *name;
    size_t batch;
    unsigned factors, epochs;
    double lr, wd, valid, lo, hi;
    double loss, sd;
} recipes[] = {
    { "notebook", 4096, 100, 2, 3e-3, 1e-3, .1, .5, 5.5, 1.221, .013 },
    { "B 512", 512, 100, 5, 3e-3, 1e-3, .1, .5, 5.5, .702, .011 },
    { "B 64", 64, 100, 2, 3e-3, 1e-3, .1, .5, 5.5, .715, .014 },
    { "book", 64, 50, 5, 5e-3, .1, .2, 0, 5.5, .717, .011 },
};

/* The last validation loss of one seed. */
static double
loss_of(const struct recipe *r, const char *path, uint64_t seed)
{
    struct dataset_options opt = dataset_defaults();
    struct train_config config = train_config_defaults();
    struct epoch_record epoch[MOST_EPOCHS];
    struct shared_model *m = NULL;
    struct dataset *d = NULL;

    opt.valid_part = r->valid;
    opt.seed = config.seed = seed;
    config.batch = r->batch;
    config.factors = r->factors;
    config.epochs = r->epochs;
    config.patience = 0;
    config.lr = r->lr;
    config.wd = r->wd;
    config.y_lo = (float)r->lo;
    config.y_hi = (float)r->hi;
    CU_ASSERT_EQUAL_FATAL(dataset_load(&d, path, &opt, NULL, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(trained_fit(&m, epoch, MOST_EPOCHS, d, &config), r->epochs);
    shared_model_drop(m);
    dataset_free(d);
    return epoch[r->epochs - 1].valid_loss;
}

/* The mean of a few seeds lies within one standard deviation of fastai's. */
static void
ml_latest_small_reaches_fastais_losses(void)
{
    const unsigned n_seeds = getenv("MLTUI_LONG") != NULL ? 10 : 2;
    const char *path = getenv("MLTUI_ML_SMALL");
    char beside[1024];

    snprintf(beside, sizeof(beside), "%s/../shared/data/ml-latest-small",
             getenv("MLTUI_SRCDIR"));
    path = path != NULL ? path : beside;
    if (access(path, R_OK) != 0) {
        printf("SKIP: %s is not there; set MLTUI_ML_SMALL ", path);
        return;
    }
    for (size_t i = 0; i < sizeof(recipes) / sizeof(*recipes); i++) {
        const struct recipe *r = &recipes[i];
        double sum = 0;

        for (unsigned seed = 1; seed <= n_seeds; seed++)
            sum += loss_of(r, path, seed);
        CU_ASSERT_DOUBLE_EQUAL(sum / n_seeds, r->loss, r->sd);
        if (!(fabs(sum / n_seeds - r->loss) <= r->sd))
            printf("%s: %.4f instead of %.4f ", r->name, sum / n_seeds, r->loss);
    }
}

CU_TestInfo tests_ml_small[] = {
    { "ml-latest-small reaches fastai's losses",
      ml_latest_small_reaches_fastais_losses },
    CU_TEST_INFO_NULL,
};

/* test_foldin_data.c - users of planted data folded in, beside their training. */
#include "config.h"

#include "src/explore/foldin.h"

#include "src/data/synth.h"
#include "src/train/session.h"
#include "src/train/shared.h"
#include "tests/explore/foldin_apart.h"
#include "tests/trained.h"
#include "tests/unit.h"

#include <math.h>

#define FACTORS 16

/* Ratings made by planted tastes: users folded in from their training ratings are near
 * what training made of them, and predict what it held out no worse. */
static void
a_user_of_the_data_gets_nearly_his_trained_predictions(void)
{
    struct synth_options so = { 600, 300, 40000, 42 };
    struct dataset_options opt = dataset_defaults();
    struct train_config config = train_config_defaults();
    struct shared_model *shared = NULL;
    const struct model *m;
    struct dataset *d = NULL;
    struct foldin_prior p = { 0 };
    struct foldin_apart sum = { 0 };

    CU_ASSERT_EQUAL_FATAL(synth_load(&d, &so, &opt, NULL, NULL), ERR_OK);
    config.factors = FACTORS;
    config.epochs = 5;
    config.batch = 64;
    config.lr = 5e-3;
    config.wd = .02;
    trained_fit(&shared, NULL, 0, d, &config);
    m = shared_model_get(shared);
    CU_ASSERT_EQUAL_FATAL(foldin_prior_init(&p, m, d->ratings, NULL), ERR_OK);
    for (uint32_t u = 1; u <= d->ratings->n_users; u++) {
        struct foldin_rating rating[1000];
        size_t n = foldin_apart_ratings(d->ratings, u, rating);
        double z[FACTORS + 1];

        CU_ASSERT_EQUAL_FATAL(foldin_fit(z, NULL, m, &p, rating, n, NULL, NULL),
                              ERR_OK);
        foldin_apart_add(&sum, m, d->ratings, u, z);
    }
    CU_ASSERT(sum.held_out > 3000);
    CU_ASSERT(sqrt(sum.apart / (double)sum.films) < .2);
    CU_ASSERT(sum.folded <= sum.trained);
    foldin_prior_done(&p);
    shared_model_drop(shared);
    dataset_free(d);
}

CU_TestInfo tests_foldin_data[] = {
    { "a user of the data gets nearly his trained predictions",
      a_user_of_the_data_gets_nearly_his_trained_predictions },
    CU_TEST_INFO_NULL,
};

/*
 * test_planted.c - training finds what is in the data: the truth that synth planted,
 * and on ml-latest-small the losses that fastai reaches.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/data/synth.h"
#include "src/train/session.h"
#include "src/train/shared.h"
#include "tests/data/synth_read.h"
#include "tests/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define USERS   2000
#define ITEMS   800
#define RATINGS 200000

/* Train to the end; the last epoch's record. The model is the caller's to drop. */
static struct epoch_record
train(const struct dataset *d, const struct train_config *config,
      struct shared_model **ret)
{
    struct session *s = NULL;
    struct epoch_record e = { 0 };

    CU_ASSERT_EQUAL_FATAL(session_new(&s, d, config, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(session_train(s, NULL, NULL), ERR_OK);
    CU_ASSERT(session_wait(s, -1));
    CU_ASSERT_EQUAL(session_epochs(s, config->epochs - 1, &e, 1), 1);
    *ret = session_model(s);
    session_free(s);
    return e;
}

/* Row of the catalog to number of the film in the world. */
static uint32_t
film_of(const struct synth_world *w, const struct catalog *c, uint32_t row)
{
    int64_t id = c->item_id.num[c->id_of.value[c->id_of.start[row]]];
    uint32_t i = 0;

    while (i + 1 < w->opt.n_items && w->film[i].id < id)
        i++;
    return i;
}

/* Films with 100 ratings at least: bias against planted quality. */
static double
bias_correlation(const struct synth_world *w, const struct catalog *c,
                 const struct model *m)
{
    double bias[ITEMS], quality[ITEMS];
    size_t n = 0;

    for (uint32_t row = 1; row <= c->n_items; row++)
        if (c->count[row] >= 100) {
            bias[n] = m->bi[row];
            quality[n++] = w->film[film_of(w, c, row)].quality;
        }
    CU_ASSERT(n > 200);
    return synth_read_correlation(bias, quality, n);
}

/* Users with 200 ratings at least: for each film with 100, the logits without the
 * user's bias against the planted tastes; the mean over the films. */
static double
taste_correlation(const struct synth_world *w, const struct catalog *c,
                  const struct model *m)
{
    double *got = mem_new(USERS, sizeof(*got)), *truth = mem_new(USERS, sizeof(*truth));
    double sum = 0;
    size_t n_films = 0;

    for (uint32_t row = 1; row <= c->n_items; row++) {
        const struct synth_film *f = &w->film[film_of(w, c, row)];
        size_t n = 0;

        if (c->count[row] < 100)
            continue;
        for (uint32_t u = 0; u < USERS; u++) {
            struct synth_user who;

            if (w->start[u + 1] - w->start[u] < 200)
                continue;
            synth_world_user(w, u, &who);
            got[n] = model_logit(m, u + 1, row) - (double)m->bu[u + 1];
            truth[n++] = synth_taste(&who, f);
        }
        sum += synth_read_correlation(got, truth, n);
        n_films++;
    }
    mem_free(got);
    mem_free(truth);
    return sum / (double)n_films;
}

static void
training_finds_planted_quality_and_tastes(void)
{
    struct synth_options so = { USERS, ITEMS, RATINGS, 42 };
    struct dataset_options opt = dataset_defaults();
    struct train_config config = train_config_defaults();
    struct synth_world *w = synth_read_world(USERS, ITEMS, RATINGS, 42);
    struct shared_model *m = NULL;
    struct dataset *d = NULL;
    struct epoch_record e;
    double bias, taste;

    CU_ASSERT_EQUAL_FATAL(synth_load(&d, &so, &opt, NULL, NULL), ERR_OK);
    config.factors = 20;
    config.epochs = 5;
    config.batch = 128;
    config.lr = 5e-3;
    config.wd = .02;
    e = train(d, &config, &m);
    bias = bias_correlation(w, d->catalog, shared_model_get(m));
    taste = taste_correlation(w, d->catalog, shared_model_get(m));
    CU_ASSERT(e.valid_loss > .65 && e.valid_loss < .74);
    CU_ASSERT(bias > .95);
    CU_ASSERT(taste > .55);
    shared_model_drop(m);
    dataset_free(d);
    synth_world_free(w);
}

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
    struct shared_model *m = NULL;
    struct dataset *d = NULL;
    double loss;

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
    loss = train(d, &config, &m).valid_loss;
    shared_model_drop(m);
    dataset_free(d);
    return loss;
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

CU_TestInfo tests_planted[] = {
    { "training finds planted quality and tastes",
      training_finds_planted_quality_and_tastes },
    { "ml-latest-small reaches fastai's losses",
      ml_latest_small_reaches_fastais_losses },
    CU_TEST_INFO_NULL,
};

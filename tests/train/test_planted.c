/* test_planted.c - training finds the truth that synth planted, and reading says it. */
#include "config.h"

#include "tests/train/planted.h"

#include "src/base/mem.h"
#include "src/data/synth.h"
#include "src/train/session.h"
#include "src/train/shared.h"
#include "tests/data/synth_read.h"
#include "tests/trained.h"
#include "tests/unit.h"

#define EPOCHS 5

const struct synth_film *
planted_film(const struct planted *p, uint32_t row)
{
    const struct catalog *c = p->c;
    int64_t id = c->item_id.num[c->id_of.value[c->id_of.start[row]]];
    uint32_t i = 0;

    while (i + 1 < p->w->opt.n_items && p->w->film[i].id < id)
        i++;
    return &p->w->film[i];
}

/* Films with 100 ratings at least: bias against planted quality. */
static double
bias_correlation(const struct planted *p)
{
    double bias[PLANTED_ITEMS], quality[PLANTED_ITEMS];
    size_t n = 0;

    for (uint32_t row = 1; row <= p->c->n_items; row++)
        if (p->c->count[row] >= 100) {
            bias[n] = p->m->bi[row];
            quality[n++] = planted_film(p, row)->quality;
        }
    CU_ASSERT(n > 200);
    return synth_read_correlation(bias, quality, n);
}

/* Users with 200 ratings at least: for each film with 100, the logits without the
 * user's bias against the planted tastes; the mean over the films. */
static double
taste_correlation(const struct planted *p)
{
    const struct synth_world *w = p->w;
    double *got = mem_new(PLANTED_USERS, sizeof(*got)),
           *truth = mem_new(PLANTED_USERS, sizeof(*truth));
    double sum = 0;
    size_t n_films = 0;

    for (uint32_t row = 1; row <= p->c->n_items; row++) {
        const struct synth_film *f = planted_film(p, row);
        size_t n = 0;

        if (p->c->count[row] < 100)
            continue;
        for (uint32_t u = 0; u < PLANTED_USERS; u++) {
            struct synth_user who;

            if (w->start[u + 1] - w->start[u] < 200)
                continue;
            synth_world_user(w, u, &who);
            got[n] = model_logit(p->m, u + 1, row) - (double)p->m->bu[u + 1];
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
training_finds_what_was_planted_and_reading_says_it(void)
{
    struct synth_options so = { PLANTED_USERS, PLANTED_ITEMS, PLANTED_RATINGS, 42 };
    struct dataset_options opt = dataset_defaults();
    struct train_config config = train_config_defaults();
    struct planted p = { .w = synth_read_world(PLANTED_USERS, PLANTED_ITEMS,
                                               PLANTED_RATINGS, 42) };
    struct shared_model *m = NULL;
    struct dataset *d = NULL;
    struct epoch_record e[EPOCHS];

    CU_ASSERT_EQUAL_FATAL(synth_load(&d, &so, &opt, NULL, NULL), ERR_OK);
    config.factors = PLANTED_FACTORS;
    config.epochs = EPOCHS;
    config.batch = 128;
    config.lr = 5e-3;
    config.wd = .02;
    CU_ASSERT_EQUAL_FATAL(trained_fit(&m, e, EPOCHS, d, &config), EPOCHS);
    p.c = d->catalog;
    p.r = d->ratings;
    p.m = shared_model_get(m);
    CU_ASSERT(e[EPOCHS - 1].valid_loss > .65 && e[EPOCHS - 1].valid_loss < .74);
    CU_ASSERT(bias_correlation(&p) > .95);
    CU_ASSERT(taste_correlation(&p) > .55);
    planted_check_factors(&p);
    planted_check_names(&p);
    planted_check_favourites(&p);
    shared_model_drop(m);
    dataset_free(d);
    synth_world_free(p.w);
}

CU_TestInfo tests_planted[] = {
    { "training finds what was planted and reading says it",
      training_finds_what_was_planted_and_reading_says_it },
    CU_TEST_INFO_NULL,
};

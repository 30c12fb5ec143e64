/*
 * test_planted.c - training finds what is in the data: the truth that synth planted,
 * and on ml-latest-small the losses that fastai reaches; and reading the model says it.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/data/synth.h"
#include "src/explore/blas.h"
#include "src/explore/directions.h"
#include "src/explore/rank.h"
#include "src/explore/recommend.h"
#include "src/train/session.h"
#include "src/train/shared.h"
#include "tests/data/synth_read.h"
#include "tests/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define USERS   2000
#define ITEMS   800
#define RATINGS 200000
#define FACTORS 20

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

/* What is compared: the world, and the model that was trained on its ratings. */
struct planted {
    struct synth_world *w;
    const struct catalog *c;
    const struct ratings *r;
    const struct model *m;
};

/* Part of genre g that was planted in a film. */
static double
part_of(const struct synth_film *f, unsigned g)
{
    for (unsigned i = 0; i < f->n_genres; i++)
        if (f->genre[i] == g)
            return (double)f->part[i];
    return 0;
}

/* Multiple correlation of y (n) with the rows of X (n, k), both centred here: of y and
 * the best linear guess. */
static double
multiple_correlation(double *X, double *y, size_t n, unsigned k)
{
    double A[FACTORS * FACTORS] = { 0 }, b[FACTORS] = { 0 }, guess = 0, all = 0;

    for (unsigned f = 0; f <= k; f++) { /* the last turn is y's */
        double mean = 0;

        for (size_t i = 0; i < n; i++)
            mean += (f < k ? X[i * k + f] : y[i]) / (double)n;
        for (size_t i = 0; i < n; i++)
            *(f < k ? &X[i * k + f] : &y[i]) -= mean;
    }
    for (size_t i = 0; i < n; i++)
        for (unsigned f = 0; f < k; f++) {
            for (unsigned g = 0; g < k; g++)
                A[f * k + g] += X[i * k + f] * X[i * k + g];
            b[f] += X[i * k + f] * y[i];
        }
    CU_ASSERT_TRUE_FATAL(blas_cholesky(k, A));
    blas_cholesky_solve(k, A, b);
    for (size_t i = 0; i < n; i++) {
        double fit = 0;

        for (unsigned f = 0; f < k; f++)
            fit += X[i * k + f] * b[f];
        guess += fit * fit;
        all += y[i] * y[i];
    }
    return sqrt(guess / all);
}

/* Films with 100 ratings at least: how well their factors tell the parts that were
 * planted of a genre, SYNTH_N_GENRES for the era. */
static double
factors_tell(const struct planted *p, unsigned genre)
{
    double *X = mem_new(ITEMS * FACTORS, sizeof(*X)), y[ITEMS], r;
    size_t n = 0;

    CU_ASSERT_PTR_NOT_NULL_FATAL(X);
    for (uint32_t row = 1; row <= p->c->n_items; row++) {
        const struct synth_film *f = &p->w->film[film_of(p->w, p->c, row)];

        if (p->c->count[row] < 100)
            continue;
        y[n] = genre < SYNTH_N_GENRES ? part_of(f, genre) : (double)f->era;
        for (unsigned k = 0; k < FACTORS; k++)
            X[n * FACTORS + k] = (double)p->m->I[(size_t)row * FACTORS + k];
        n++;
    }
    r = multiple_correlation(X, y, n, FACTORS);
    mem_free(X);
    return r;
}

/* The frequent genres stand in the factors: by chance the correlation would be about
 * √(20 / 640). */
static void
check_factors(const struct planted *p)
{
    static const unsigned genre[] = { SYNTH_ACTION,  SYNTH_COMEDY,  SYNTH_DRAMA,
                                      SYNTH_HORROR,  SYNTH_ROMANCE, SYNTH_SCI_FI,
                                      SYNTH_THRILLER };
    const size_t n = sizeof(genre) / sizeof(genre[0]);
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += factors_tell(p, genre[i]);
    CU_ASSERT(sum / (double)n > .6);
    CU_ASSERT(factors_tell(p, SYNTH_DRAMA) > .7);
    CU_ASSERT(factors_tell(p, SYNTH_N_GENRES) > .5);
}

/* Correlation of the planted parts of a genre with the films' places along direction
 * i, over the films that the directions were found in. */
static double
planted_along(const struct planted *p, const struct directions *d, unsigned i,
              unsigned genre)
{
    double place[ITEMS], part[ITEMS];

    for (size_t f = 0; f < d->about->n; f++) {
        const uint32_t row = d->about->row[f];

        place[f] = directions_value(d, p->m, row, i);
        part[f] = part_of(&p->w->film[film_of(p->w, p->c, row)], genre);
    }
    return synth_read_correlation(place, part, d->about->n);
}

/* A direction that is named after a genre has more of it than of most others. */
static void
check_name(const struct planted *p, const struct directions *d, unsigned i,
           unsigned *n_genres)
{
    unsigned named = 0, stronger = 0;
    double r;

    while (named < SYNTH_N_GENRES &&
           strcmp(synth_genre_name[named], directions_name(d, i)) != 0)
        named++;
    if (named == SYNTH_N_GENRES)
        return;
    r = planted_along(p, d, i, named);
    for (unsigned g = 0; g < SYNTH_N_GENRES; g++)
        stronger += fabs(planted_along(p, d, i, g)) > fabs(r);
    CU_ASSERT(r > .3);
    CU_ASSERT(stronger <= 1);
    (*n_genres)++;
}

static void
check_names(const struct planted *p)
{
    struct directions d = { 0 };
    struct centre about = { 0 };
    unsigned n_genres = 0, n_clear = 0;

    CU_ASSERT_EQUAL_FATAL(centre_init(&about, p->m, p->c, CENTRE_FILMS, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(directions_init(&d, p->m, p->c, &about, DIRECTIONS_PCA, NULL),
                          ERR_OK);
    for (unsigned i = 0; i < 6; i++) {
        n_clear += d.of[i].match.clear;
        check_name(p, &d, i, &n_genres);
    }
    CU_ASSERT(n_clear >= 4);
    CU_ASSERT(n_genres >= 3);
    directions_done(&d);
    centre_done(&about);
}

/* How many of a list of ten are among the user's favourites: the 1 % of the films he
 * has not seen that the truth has him rate highest. */
struct judge {
    const struct planted *p;
    double model, popular; /* sums of hits */
    unsigned n_users;
};

/* The user's films in the world by what he would give them (seen ones at the end), and
 * by popularity. */
static size_t
rank_unseen(const struct planted *p, uint32_t user, const bool *seen,
            struct ranked *truth, struct ranked *popular)
{
    struct synth_user who;
    size_t n = 0;

    synth_world_user(p->w, user - 1, &who);
    for (uint32_t row = 1; row <= p->c->n_items; row++) {
        const struct synth_film *f = &p->w->film[film_of(p->w, p->c, row)];

        if (seen[row] || p->c->count[row] == 0)
            continue;
        truth[n] = (struct ranked){ (double)synth_expected(&who, f), row };
        popular[n++] = (struct ranked){ p->c->count[row], row };
    }
    return n;
}

/* A recommend_fn. */
static enum err_code
judge_user(void *arg, uint32_t user, const struct recommendation *list, size_t n_list,
           struct err *err)
{
    struct judge *j = arg;
    const struct planted *p = j->p;
    struct ranked truth[ITEMS], popular[ITEMS];
    bool seen[ITEMS + 1] = { 0 }, favourite[ITEMS + 1] = { 0 };
    size_t n, n_best;

    (void)err;
    for (uint64_t at = p->r->start[user]; at < p->r->start[user + 1]; at++)
        seen[ratings_item(p->r, at)] = true;
    n = rank_unseen(p, user, seen, truth, popular);
    n_best = rank_best(truth, n, n / 100, p->c);
    rank_best(popular, n, 10, p->c);
    for (size_t i = 0; i < n_best; i++)
        favourite[truth[i].row] = true;
    for (size_t i = 0; i < n_list && i < n; i++) {
        j->model += favourite[list[i].row];
        j->popular += favourite[popular[i].row];
    }
    j->n_users++;
    return ERR_OK;
}

/* Lists of ten hold five and more times as many favourites as the most popular ten. */
static void
check_favourites(const struct planted *p)
{
    const struct recommend_query q = { .limit = 10 };
    struct judge j = { .p = p };
    struct recommender *rec = NULL;
    uint32_t user[USERS];
    size_t n = 0;

    for (uint32_t u = 1; u <= USERS; u++)
        if (p->r->start[u + 1] - p->r->start[u] >= 100)
            user[n++] = u;
    CU_ASSERT_EQUAL_FATAL(recommender_new(&rec, p->m, p->c, p->r, NULL), ERR_OK);
    CU_ASSERT_EQUAL(recommend_users(rec, user, n, &q, NULL, judge_user, &j, NULL),
                    ERR_OK);
    recommender_free(rec);
    CU_ASSERT(j.n_users > 300);
    j.model /= 10. * j.n_users;
    j.popular /= 10. * j.n_users;
    CU_ASSERT(j.model > .2);
    CU_ASSERT(j.model > 5 * j.popular);
}

static void
training_finds_what_was_planted_and_reading_says_it(void)
{
    struct synth_options so = { USERS, ITEMS, RATINGS, 42 };
    struct dataset_options opt = dataset_defaults();
    struct train_config config = train_config_defaults();
    struct planted p = { .w = synth_read_world(USERS, ITEMS, RATINGS, 42) };
    struct shared_model *m = NULL;
    struct dataset *d = NULL;
    struct epoch_record e;

    CU_ASSERT_EQUAL_FATAL(synth_load(&d, &so, &opt, NULL, NULL), ERR_OK);
    config.factors = FACTORS;
    config.epochs = 5;
    config.batch = 128;
    config.lr = 5e-3;
    config.wd = .02;
    e = train(d, &config, &m);
    p.c = d->catalog;
    p.r = d->ratings;
    p.m = shared_model_get(m);
    CU_ASSERT(e.valid_loss > .65 && e.valid_loss < .74);
    CU_ASSERT(bias_correlation(p.w, p.c, p.m) > .95);
    CU_ASSERT(taste_correlation(p.w, p.c, p.m) > .55);
    check_factors(&p);
    check_names(&p);
    check_favourites(&p);
    shared_model_drop(m);
    dataset_free(d);
    synth_world_free(p.w);
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
    { "training finds what was planted and reading says it",
      training_finds_what_was_planted_and_reading_says_it },
    { "ml-latest-small reaches fastai's losses",
      ml_latest_small_reaches_fastais_losses },
    CU_TEST_INFO_NULL,
};

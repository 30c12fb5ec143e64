/*
 * test_foldin.c - a new user's factors and bias.
 *
 * The values of `one film without factors` are worked out by hand; elsewhere a minimum
 * is known by its gradient, which central differences have confirmed.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/base/rng.h"
#include "src/data/synth.h"
#include "src/explore/foldin.h"
#include "src/train/session.h"
#include "src/train/shared.h"

#include "tests/unit.h"

#include <math.h>
#include <string.h>

#define SEED 7

/* The n-th number of a stream, N(0, sd²). */
static float
draw(uint64_t n, double sd)
{
    double z[2];

    rng_normal2(rng_at(SEED, RNG_INIT, n, 1), z);
    return (float)(sd * z[0]);
}

/* A model of m users and n films whose weights are far apart. */
static struct model *
made_model(uint32_t m, uint32_t n, unsigned k)
{
    struct model *model = NULL;

    CU_ASSERT_EQUAL_FATAL(model_new(&model, m, n, k, 0.5f, 5.5f, NULL), ERR_OK);
    for (size_t i = 0; i < model->len; i++)
        model->arena[i] = draw(i, k > 100 ? 0.1 : 0.4);
    return model;
}

/* Each of m users rates films 1 … each, of n; the first `untrained` only as held out.
 */
static struct ratings *
made_rated(uint32_t m, uint32_t n, uint32_t each, uint32_t untrained)
{
    struct ratings *r = NULL;
    size_t at = 0;

    CU_ASSERT_EQUAL_FATAL(ratings_new(&r, (size_t)m * each, m, n, false, NULL), ERR_OK);
    for (uint32_t u = 1; u <= m; u++) {
        r->start[u] = at;
        for (uint32_t i = 1; i <= each; i++, at++) {
            r->item[at] = i | (u <= untrained ? RATINGS_HELD_OUT : 0);
            r->stars[at] = (float)(1 + (u * 7 + i * 3) % 9) / 2;
            r->n_held_out += u <= untrained;
        }
    }
    r->start[m + 1] = at;
    return r;
}

static struct foldin_prior
prior_of(const struct model *m, const struct ratings *r)
{
    struct foldin_prior p = { 0 };

    CU_ASSERT_EQUAL_FATAL(foldin_prior_init(&p, m, r, NULL), ERR_OK);
    return p;
}

static double
norm(const double *v, unsigned n)
{
    double sum = 0;

    for (unsigned i = 0; i < n; i++)
        sum += v[i] * v[i];
    return sqrt(sum);
}

/* Fold in and look whether F is flat there, as steep as it was at the mean user. */
static void
must_arrive(double *z, const struct model *m, const struct foldin_prior *p,
            const struct foldin_rating *rating, size_t n, const double *from)
{
    double *g = mem_new(p->d, sizeof(*g)), f, before;

    CU_ASSERT_EQUAL_FATAL(foldin_loss(&f, g, m, p, rating, n, p->mean, NULL), ERR_OK);
    before = norm(g, p->d);
    CU_ASSERT_EQUAL_FATAL(foldin_fit(z, NULL, m, p, rating, n, from, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(foldin_loss(&f, g, m, p, rating, n, z, NULL), ERR_OK);
    CU_ASSERT(isfinite(f));
    CU_ASSERT(norm(g, p->d) <= 1e-3 * before);
    mem_free(g);
}

static void
the_gradient_is_that_of_central_differences(void)
{
    static const struct foldin_rating rating[] = { { 1, 5 }, { 2, .5f }, { 3, 9 },
                                                   { 3, 2 }, { 4, -3 },  { 9, 3.5f } };
    struct model *m = made_model(20, 9, 5);
    struct ratings *r = made_rated(20, 9, 4, 0);
    struct foldin_prior p = prior_of(m, r);
    double z[6], g[6], hi, lo;
    const double h = 1e-5;

    for (unsigned i = 0; i < 6; i++)
        z[i] = (double)draw(1000 + i, 1);
    CU_ASSERT_EQUAL_FATAL(foldin_loss(&hi, g, m, &p, rating, 6, z, NULL), ERR_OK);
    for (unsigned i = 0; i < 6; i++) {
        double at = z[i];

        z[i] = at + h;
        CU_ASSERT_EQUAL(foldin_loss(&hi, NULL, m, &p, rating, 6, z, NULL), ERR_OK);
        z[i] = at - h;
        CU_ASSERT_EQUAL(foldin_loss(&lo, NULL, m, &p, rating, 6, z, NULL), ERR_OK);
        z[i] = at;
        CU_ASSERT_DOUBLE_EQUAL(g[i], (hi - lo) / (2 * h), 1e-6 * (1 + fabs(g[i])));
    }
    foldin_prior_done(&p);
    ratings_free(r);
    model_free(m);
}

/*
 * The film has no factors, so only the bias b can meet the rating. Range 1 … 5, Λ the
 * unit matrix times .3: at b = ln 3, σ is 3/4, ŷ = 4, its slope 4·3/4·1/4 = 3/4, and
 * the gradient 2·(3/4·(4 - r) + .3·ln 3) is 0 for r = 4 + .4·ln 3. There F is
 * (.4·ln 3)² + .3·(ln 3)².
 */
static void
one_rating_of_a_film_without_factors_moves_the_bias_alone(void)
{
    double mean[2] = { 0 }, precision[4] = { .3, 0, 0, .3 }, z[2], f;
    const struct foldin_prior p = {
        .d = 2, .mean = mean, .precision = precision, .noise = .3
    };
    const struct foldin_rating rating = { 1, (float)(4 + .4 * log(3)) };
    struct model *m = NULL;

    CU_ASSERT_EQUAL_FATAL(model_new(&m, 1, 1, 1, 1, 5, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(foldin_fit(z, NULL, m, &p, &rating, 1, NULL, NULL), ERR_OK);
    CU_ASSERT_DOUBLE_EQUAL(z[0], 0, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(z[1], log(3), 1e-4);
    CU_ASSERT_EQUAL_FATAL(foldin_loss(&f, NULL, m, &p, &rating, 1, z, NULL), ERR_OK);
    CU_ASSERT_DOUBLE_EQUAL(f, .46 * log(3) * log(3), 1e-6);
    model_free(m);
}

static void
without_ratings_it_is_the_mean_user(void)
{
    struct model *m = made_model(30, 9, 4);
    struct ratings *r = made_rated(30, 9, 4, 10);
    struct foldin_prior p = prior_of(m, r);
    double z[5], sum = 0;

    CU_ASSERT_EQUAL(p.n_users, 20); /* not the ten who only have held-out ratings */
    for (uint32_t u = 11; u <= 30; u++)
        sum += (double)m->bu[u];
    CU_ASSERT_DOUBLE_EQUAL(p.mean[4], sum / 20, 1e-12);
    CU_ASSERT_EQUAL_FATAL(foldin_fit(z, NULL, m, &p, NULL, 0, NULL, NULL), ERR_OK);
    for (unsigned i = 0; i < 5; i++)
        CU_ASSERT_DOUBLE_EQUAL(z[i], p.mean[i], 1e-12);
    foldin_prior_done(&p);
    ratings_free(r);
    model_free(m);
}

/* Λ⁻¹ times the noise is Σ: variances have one user more, of .01²·.75; covariances are
 * shrunk. */
static void
the_prior_is_the_spread_of_the_trained_users(void)
{
    struct model *m = made_model(3000, 2, 1);
    struct ratings *r = made_rated(3000, 2, 1, 0);
    struct foldin_prior p = prior_of(m, r);
    double s[3] = { 0 }, a = p.precision[0], b = p.precision[1], c = p.precision[3];

    for (uint32_t u = 1; u <= 3000; u++) {
        double x = (double)m->U[u] - p.mean[0], y = (double)m->bu[u] - p.mean[1];

        s[0] += x * x / 3000;
        s[1] += x * y / 3000;
        s[2] += y * y / 3000;
    }
    CU_ASSERT_DOUBLE_EQUAL(p.noise * c / (a * c - b * b), s[0], 1e-3);
    CU_ASSERT_DOUBLE_EQUAL(p.noise * a / (a * c - b * b), s[2], 1e-3);
    CU_ASSERT_DOUBLE_EQUAL(-p.noise * b / (a * c - b * b), (1 - p.shrinkage) * s[1],
                           1e-3);
    CU_ASSERT(p.shrinkage > .3); /* drawn apart: what covariance there is, is chance */
    foldin_prior_done(&p);
    ratings_free(r);
    model_free(m);
}

static void
every_start_leads_to_the_same_place(void)
{
    struct model *m = made_model(50, 40, 6);
    struct ratings *r = made_rated(50, 40, 20, 0);
    struct foldin_prior p = prior_of(m, r);
    struct foldin_rating rating[40];
    double z[7], other[7], from[7];

    for (uint32_t i = 0; i < 40; i++)
        rating[i] = (struct foldin_rating){ i + 1, (float)(1 + i * 5 % 9) / 2 };
    must_arrive(z, m, &p, rating, 40, NULL);
    for (unsigned start = 0; start < 20; start++) {
        for (unsigned f = 0; f < 7; f++)
            from[f] = (double)draw(100 * start + f, start < 10 ? 1 : 30);
        must_arrive(other, m, &p, rating, 40, from);
        for (unsigned f = 0; f < 7; f++)
            CU_ASSERT_DOUBLE_EQUAL(other[f], z[f], 1e-3);
    }
    foldin_prior_done(&p);
    ratings_free(r);
    model_free(m);
}

/* 5 and .5 for one film, twice 7 and -2 for others: the answer is finite, within the
 * range, and the contradiction leaves the film between its stars. */
static void
contradictions_and_ratings_beyond_the_range_are_borne(void)
{
    static const struct foldin_rating rating[] = { { 1, 5 },  { 1, .5f }, { 2, 7 },
                                                   { 3, -2 }, { 2, 7 },   { 3, -2 } };
    struct model *m = made_model(50, 40, 6);
    struct ratings *r = made_rated(50, 40, 20, 0);
    struct foldin_prior p = prior_of(m, r);
    double z[7];

    must_arrive(z, m, &p, rating, 2, NULL);
    must_arrive(z, m, &p, rating, 6, NULL);
    memcpy(m->U + m->k, (float[6]){ 0 }, sizeof(float[6]));
    for (unsigned f = 0; f < 6; f++)
        m->U[m->k + f] = (float)z[f];
    m->bu[1] = (float)z[6];
    CU_ASSERT(model_rating(m, model_logit(m, 1, 1)) > .5);
    CU_ASSERT(model_rating(m, model_logit(m, 1, 1)) < 5);
    CU_ASSERT(model_rating(m, model_logit(m, 1, 2)) >
              model_rating(m, model_logit(m, 1, 3)));
    foldin_prior_done(&p);
    ratings_free(r);
    model_free(m);
}

/* n films rated by a user whose factors are those of user 1. */
static void
fold_shape(unsigned k, uint32_t n, uint32_t n_users)
{
    struct model *m = made_model(n_users, n, k);
    struct ratings *r = made_rated(n_users, n, n > 5 ? 5 : n, 0);
    struct foldin_prior p = prior_of(m, r);
    struct foldin_rating *rating = mem_new(n, sizeof(*rating));
    double *z = mem_new(k + 1, sizeof(*z));

    for (uint32_t i = 0; i < n; i++)
        rating[i] =
            (struct foldin_rating){ i + 1,
                                    (float)model_rating(m, model_logit(m, 1, i + 1)) };
    must_arrive(z, m, &p, rating, n, NULL);
    if (n > 100 * k)
        CU_ASSERT_DOUBLE_EQUAL(z[k], (double)m->bu[1], .05);
    mem_free(rating);
    mem_free(z);
    foldin_prior_done(&p);
    ratings_free(r);
    model_free(m);
}

static void
from_one_factor_to_1024_and_one_rating_to_20000(void)
{
    fold_shape(1, 1, 3);
    fold_shape(1, 500, 3);
    fold_shape(8, 20000, 40);
    fold_shape(1024, 3, 5);
    fold_shape(1024, 200, 50);
}

static void
without_trained_users_nobody_differs(void)
{
    static const struct foldin_rating rating[] = { { 1, 5 } };
    struct model *m = made_model(3, 4, 2);
    struct ratings *r = made_rated(3, 4, 2, 3);
    struct foldin_prior p = prior_of(m, r);
    double z[3];

    CU_ASSERT_EQUAL(p.n_users, 0);
    CU_ASSERT_EQUAL(p.n_ratings, 0);
    must_arrive(z, m, &p, rating, 1, NULL);
    CU_ASSERT(norm(z, 3) < .01);
    foldin_prior_done(&p);
    ratings_free(r);
    model_free(m);
}

static void
without_memory_it_says_so(void)
{
    static const struct foldin_rating rating[] = { { 1, 5 } };
    struct model *m = made_model(3, 4, 2);
    struct ratings *r = made_rated(3, 4, 2, 0);
    struct foldin_prior p, none = { 0 };
    double z[3] = { 8, 8, 8 };
    enum err_code rc = ERR_NOMEM;

    for (unsigned long n = 1; rc == ERR_NOMEM; n++) {
        mem_fail_at(n, 0);
        rc = foldin_prior_init(&none, m, r, NULL);
        mem_fail_at(0, 0);
        CU_ASSERT(rc == ERR_OK ? n == 5 : none.mean == NULL);
    }
    p = none;
    rc = ERR_NOMEM;
    for (unsigned long n = 1; rc == ERR_NOMEM; n++) {
        mem_fail_at(n, 0);
        rc = foldin_fit(z, NULL, m, &p, rating, 1, NULL, NULL);
        mem_fail_at(0, 0);
        CU_ASSERT(rc == ERR_OK ? n == 11 : z[0] == 8);
    }
    foldin_prior_done(&p);
    ratings_free(r);
    model_free(m);
}

/* ---- a trained model ------------------------------------------------------------- */

/* Sums over users and their films. */
struct apart {
    double apart, trained, folded; /* squares */
    size_t n, n_held_out;
};

static double
square(double x)
{
    return x * x;
}

static double
predict(const struct model *m, const double *z, uint32_t i)
{
    double x = z[m->k] + (double)m->bi[i];

    for (unsigned f = 0; f < m->k; f++)
        x += z[f] * (double)m->I[(size_t)i * m->k + f];
    return model_rating(m, x);
}

/* User u folded in from his training ratings, and asked for what was held out. */
static void
add_user(struct apart *sum, const struct model *m, const struct ratings *r,
         const struct foldin_prior *p, uint32_t u)
{
    struct foldin_rating rating[1000];
    double z[64];
    size_t n = 0;

    for (uint64_t at = r->start[u]; at < r->start[u + 1]; at++)
        if (!ratings_held_out(r, at))
            rating[n++] =
                (struct foldin_rating){ ratings_item(r, at), ratings_stars(r, at) };
    CU_ASSERT_EQUAL_FATAL(foldin_fit(z, NULL, m, p, rating, n, NULL, NULL), ERR_OK);
    for (uint32_t i = 1; i <= m->n_items; i++, sum->n++)
        sum->apart += square(predict(m, z, i) - model_rating(m, model_logit(m, u, i)));
    for (uint64_t at = r->start[u]; at < r->start[u + 1]; at++) {
        uint32_t i = ratings_item(r, at);
        double stars = (double)ratings_stars(r, at);

        if (!ratings_held_out(r, at))
            continue;
        sum->n_held_out++;
        sum->trained += square(model_rating(m, model_logit(m, u, i)) - stars);
        sum->folded += square(predict(m, z, i) - stars);
    }
}

/* Ratings made by planted tastes: users folded in from their training ratings are near
 * what training made of them, and predict what it held out no worse. */
static void
a_user_of_the_data_gets_nearly_his_trained_predictions(void)
{
    struct synth_options so = { 600, 300, 40000, 42 };
    struct dataset_options opt = dataset_defaults();
    struct train_config config = train_config_defaults();
    struct shared_model *shared = NULL;
    struct session *s = NULL;
    struct dataset *d = NULL;
    struct foldin_prior p;
    struct apart sum = { 0 };

    CU_ASSERT_EQUAL_FATAL(synth_load(&d, &so, &opt, NULL, NULL), ERR_OK);
    config.factors = 16;
    config.epochs = 5;
    config.batch = 64;
    config.lr = 5e-3;
    config.wd = .02;
    CU_ASSERT_EQUAL_FATAL(session_new(&s, d, &config, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(session_train(s, NULL, NULL), ERR_OK);
    CU_ASSERT(session_wait(s, -1));
    shared = session_model(s);
    p = prior_of(shared_model_get(shared), d->ratings);
    for (uint32_t u = 1; u <= d->ratings->n_users; u++)
        add_user(&sum, shared_model_get(shared), d->ratings, &p, u);
    CU_ASSERT(sum.n_held_out > 3000);
    CU_ASSERT(sqrt(sum.apart / (double)sum.n) < .2);
    CU_ASSERT(sum.folded <= sum.trained);
    foldin_prior_done(&p);
    shared_model_drop(shared);
    session_free(s);
    dataset_free(d);
}

CU_TestInfo tests_foldin[] = {
    { "the gradient is that of central differences",
      the_gradient_is_that_of_central_differences },
    { "one rating of a film without factors moves the bias alone",
      one_rating_of_a_film_without_factors_moves_the_bias_alone },
    { "without ratings it is the mean user", without_ratings_it_is_the_mean_user },
    { "the prior is the spread of the trained users",
      the_prior_is_the_spread_of_the_trained_users },
    { "every start leads to the same place", every_start_leads_to_the_same_place },
    { "contradictions and ratings beyond the range are borne",
      contradictions_and_ratings_beyond_the_range_are_borne },
    { "from one factor to 1024 and one rating to 20000",
      from_one_factor_to_1024_and_one_rating_to_20000 },
    { "without trained users nobody differs", without_trained_users_nobody_differs },
    { "without memory it says so", without_memory_it_says_so },
    { "a user of the data gets nearly his trained predictions",
      a_user_of_the_data_gets_nearly_his_trained_predictions },
    CU_TEST_INFO_NULL,
};

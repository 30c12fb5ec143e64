/*
 * foldin_prior.c - what a model knows of users before they rate anything; see foldin.h.
 */
#include "config.h"

#include "src/explore/foldin.h"

#include "src/base/mem.h"
#include "src/explore/blas.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Variance of a first weight: .01·fmod(N(0, 1), 2), see model_init. */
#define FIRST_VARIANCE 7.4976e-5

/* Least noise, as a part of the squared range: a model that knows its few ratings by
 * heart shall not believe each new one to the last digit. */
#define NOISE_MIN 1e-4

/* Noise of a model without training ratings, in the same unit. */
#define NOISE_UNKNOWN 0.04

static bool
is_trained(const struct ratings *r, uint32_t u)
{
    for (uint64_t at = r->start[u]; at < r->start[u + 1]; at++)
        if (!ratings_held_out(r, at))
            return true;
    return false;
}

/* Rows of trained users, the first of each of FOLDIN_USERS equal parts of all: into row
 * (FOLDIN_USERS); returns how many. */
static size_t
choose_users(uint32_t *row, const struct ratings *r)
{
    const uint64_t m = r->n_users, parts = m < FOLDIN_USERS ? m : FOLDIN_USERS;
    size_t n = 0;

    for (uint64_t part = 0; part < parts; part++)
        for (uint64_t u = part * m / parts + 1; u <= (part + 1) * m / parts; u++)
            if (is_trained(r, (uint32_t)u)) {
                row[n++] = (uint32_t)u;
                break;
            }
    return n;
}

/* The mean of the users' z into mean (d), and the distances to it into X (n, d). */
static void
centre_users(double *mean, double *X, const struct model *m, const uint32_t *row,
             size_t n)
{
    const unsigned k = m->k, d = k + 1;

    for (size_t i = 0; i < n; i++) {
        for (unsigned f = 0; f < k; f++)
            X[i * d + f] = (double)m->U[(size_t)row[i] * k + f];
        X[i * d + k] = (double)m->bu[row[i]];
        for (unsigned f = 0; f < d; f++)
            mean[f] += X[i * d + f] / (double)n;
    }
    for (size_t i = 0; i < n; i++)
        for (unsigned f = 0; f < d; f++)
            X[i * d + f] -= mean[f];
}

/*
 * The part of the covariances C (d, d), sums of x·xᵀ over the rows of X (n, d), that is
 * chance: Σ over pairs of the variance of c_ij = mean of x_i·x_j, over Σ of c_ij².
 */
static double
find_shrinkage(const double *C, const double *X, size_t n, unsigned d)
{
    double squares = 0, products = 0;

    for (size_t i = 0; i < n; i++) {
        double two = 0, four = 0;

        for (unsigned f = 0; f < d; f++) {
            double s = X[i * d + f] * X[i * d + f];

            two += s;
            four += s * s;
        }
        products += two * two - four; /* Σ over pairs of (x_i·x_j)² */
    }
    for (unsigned f = 0; f < d; f++)
        for (unsigned g = 0; g < d; g++)
            squares += f != g ? C[f * d + g] * C[f * d + g] : 0;
    if (!(squares > 0))
        return 1;
    return fmin(1, fmax(0, (products - squares / (double)n) / squares));
}

/* Make of sums C (d, d) over n users their covariance. */
static void
shrink(double *C, size_t n, unsigned d, double shrinkage)
{
    for (unsigned f = 0; f < d; f++)
        for (unsigned g = 0; g < d; g++) {
            double *c = &C[f * d + g];

            *c = f == g ? (*c + FIRST_VARIANCE) / ((double)n + 1)
                        : (1 - shrinkage) * *c / ((double)n + 1);
        }
}

/* Mean squared error of training ratings, evenly chosen. */
static void
find_noise(struct foldin_prior *p, const struct model *m, const struct ratings *r)
{
    const double range = (double)m->y_hi - (double)m->y_lo;
    const size_t want = r->n < FOLDIN_RATINGS ? r->n : FOLDIN_RATINGS;
    double sum = 0;
    uint32_t u = 0;

    for (size_t j = 0; j < want; j++) {
        size_t at = (size_t)((double)j * ((double)r->n / (double)want));
        double miss;

        while (r->start[u + 1] <= at)
            u++;
        if (ratings_held_out(r, at))
            continue;
        miss = model_rating(m, model_logit(m, u, ratings_item(r, at))) -
               (double)ratings_stars(r, at);
        sum += miss * miss;
        p->n_ratings++;
    }
    p->noise =
        p->n_ratings > 0 ? sum / (double)p->n_ratings : NOISE_UNKNOWN * range * range;
    p->noise = fmax(p->noise, NOISE_MIN * range * range);
}

/* p->precision, sums over the users so far, to Λ. */
static enum err_code
invert(struct foldin_prior *p, struct err *err)
{
    const size_t size = (size_t)p->d * p->d;

    if (!blas_cholesky(p->d, p->precision))
        return err_set(err, ERR_NUMERIC,
                       "the users' factors are too large, or too much alike, to say "
                       "how users differ; expected the weights of a trained model");
    blas_cholesky_inverse(p->d, p->precision);
    for (size_t i = 0; i < size; i++)
        p->precision[i] *= p->noise;
    return ERR_OK;
}

enum err_code
foldin_prior_init(struct foldin_prior *ret, const struct model *m,
                  const struct ratings *r, struct err *err)
{
    const unsigned d = m->k + 1;
    struct foldin_prior p = { .d = d };
    uint32_t *row = mem_new(FOLDIN_USERS, sizeof(*row));
    double *X = NULL;
    enum err_code rc = ERR_OK;

    p.mean = mem_new(d, sizeof(*p.mean));
    p.precision = mem_new((size_t)d * d, sizeof(*p.precision));
    if (row != NULL)
        p.n_users = choose_users(row, r);
    X = mem_new(p.n_users * d, sizeof(*X));
    if (row == NULL || p.mean == NULL || p.precision == NULL || X == NULL) {
        rc = err_nomem(err, (p.n_users + d) * d * sizeof(*X), "what users are like");
        goto out;
    }
    rc = blas_prepare(1, err);
    if (rc != ERR_OK)
        goto out;
    centre_users(p.mean, X, m, row, p.n_users);
    if (p.n_users > 0)
        blas_gram(p.n_users, d, X, p.precision);
    p.shrinkage = find_shrinkage(p.precision, X, p.n_users, d);
    shrink(p.precision, p.n_users, d, p.shrinkage);
    find_noise(&p, m, r);
    rc = invert(&p, err);
out:
    mem_free(row);
    mem_free(X);
    if (rc == ERR_OK)
        *ret = p;
    else
        foldin_prior_done(&p);
    return rc;
}

void
foldin_prior_done(struct foldin_prior *p)
{
    mem_free(p->mean);
    mem_free(p->precision);
    *p = (struct foldin_prior){ 0 };
}

/* directions.c - the directions of taste in a model's film table; see directions.h. */
#include "config.h"

#include "src/explore/directions.h"

#include "src/base/mem.h"
#include "src/explore/blas.h"
#include "src/explore/rank.h"

#include <stdio.h>
#include <math.h>
#include <string.h>

/* X (n, k) of the films less the origin. */
static void
centre_rows(double *X, const struct directions *d, const struct model *m)
{
    for (size_t i = 0; i < d->about->n; i++) {
        const float *row = m->I + (size_t)d->about->row[i] * m->k;

        for (unsigned f = 0; f < m->k; f++)
            X[i * m->k + f] = (double)row[f] - d->origin[f];
    }
}

/* Principal directions of X, in the order of their variances. */
static enum err_code
find_principal(struct directions *d, const double *X, double *variance, struct err *err)
{
    blas_gram(d->about->n, d->k, X, d->axis);
    return blas_eigen(d->k, d->axis, variance, err);
}

/* The factors themselves, in the order of their variances. */
static void
find_raw(struct directions *d, const struct model *m, double *variance)
{
    for (unsigned f = 0; f < d->k; f++) {
        double sum = 0, x;
        unsigned at = f;

        for (size_t i = 0; i < d->about->n; i++) {
            x = (double)m->I[(size_t)d->about->row[i] * m->k + f] - d->about->film[f];
            sum += x * x;
        }
        for (; at > 0 && variance[at - 1] < sum; at--) { /* into its place */
            variance[at] = variance[at - 1];
            d->of[at].factor = d->of[at - 1].factor;
        }
        variance[at] = sum;
        d->of[at].factor = f + 1;
    }
    for (unsigned i = 0; i < d->k; i++)
        d->axis[(size_t)i * d->k + d->of[i].factor - 1] = 1;
}

/* Turn a principal direction so that its name is at the high end; without a name, the
 * film that lies farthest out. */
static void
choose_sign(struct directions *d, const double *value, unsigned i)
{
    double *axis = d->axis + (size_t)i * d->k, farthest = 0;
    double *r = &d->of[i].match.correlation;

    for (size_t f = 0; f < d->about->n; f++)
        if (fabs(value[f]) > fabs(farthest))
            farthest = value[f];
    if (isnan(*r) ? farthest >= 0 : *r >= 0)
        return;
    *r = -*r;
    for (size_t w = 0; w < d->of[i].n_words; w++)
        d->of[i].word[w].correlation = -d->of[i].word[w].correlation;
    for (unsigned f = 0; f < d->k; f++)
        axis[f] = -axis[f];
}

/* Name every direction; value (n) is room for the films' values along one. */
static void
name_all(struct directions *d, const double *X, const double *variance, double *value)
{
    double total = 0;

    for (unsigned i = 0; i < d->k; i++)
        total += variance[i];
    for (unsigned i = 0; i < d->k; i++) {
        const double *axis = d->axis + (size_t)i * d->k;

        memset(value, 0, d->about->n * sizeof(*value));
        blas_matrix_vector_double(d->about->n, d->k, X, axis, value);
        d->of[i].share = total > 0 ? fmax(variance[i], 0) / total : 0;
        if (d->about->n > 0)
            d->of[i].sd = sqrt(fmax(variance[i], 0) / (double)d->about->n);
        d->of[i].match = traits_match(d->traits, value);
        d->of[i].n_words =
            traits_words(d->traits, value, d->of[i].word, DIRECTIONS_WORDS);
        if (d->kind == DIRECTIONS_PCA) {
            d->of[i].factor = i + 1;
            choose_sign(d, value, i);
        }
    }
}

/* All but memory and traits. */
static enum err_code
find_all(struct directions *d, const struct model *m, double *X, double *variance,
         double *value, struct err *err)
{
    enum err_code rc = ERR_OK;

    if (d->kind == DIRECTIONS_PCA)
        memcpy(d->origin, d->about->film, d->k * sizeof(*d->origin));
    centre_rows(X, d, m);
    if (d->kind == DIRECTIONS_PCA)
        rc = find_principal(d, X, variance, err);
    else
        find_raw(d, m, variance);
    if (rc == ERR_OK)
        name_all(d, X, variance, value);
    return rc;
}

enum err_code
directions_init(struct directions *ret, const struct model *m, const struct catalog *c,
                const struct centre *about, enum directions_kind kind, struct err *err)
{
    struct directions d = { .k = m->k, .kind = kind, .about = about };
    double *X = mem_new(about->n * m->k, sizeof(*X));
    double *variance = mem_new(m->k, sizeof(*variance));
    double *value = mem_new(about->n, sizeof(*value));
    enum err_code rc;

    d.origin = mem_new(m->k, sizeof(*d.origin));
    d.axis = mem_new((size_t)m->k * m->k, sizeof(*d.axis));
    d.of = mem_new(m->k, sizeof(*d.of));
    if (X == NULL || variance == NULL || value == NULL || d.origin == NULL ||
        d.axis == NULL || d.of == NULL)
        rc = err_nomem(err, about->n * m->k * sizeof(*X), "the directions of taste");
    else
        rc = traits_new(&d.traits, c, about->row, about->n, err);
    if (rc == ERR_OK)
        rc = blas_prepare(1, err);
    if (rc == ERR_OK)
        rc = find_all(&d, m, X, variance, value, err);
    mem_free(X);
    mem_free(variance);
    mem_free(value);
    if (rc == ERR_OK)
        *ret = d;
    else
        directions_done(&d);
    return rc;
}

void
directions_done(struct directions *d)
{
    traits_free(d->traits);
    mem_free(d->origin);
    mem_free(d->axis);
    mem_free(d->of);
    *d = (struct directions){ 0 };
}

const char *
directions_name(const struct directions *d, unsigned i)
{
    const struct trait_match *match = &d->of[i].match;

    return match->clear ? traits_name(d->traits, match->trait) : "unclear";
}

double
directions_value(const struct directions *d, const struct model *m, uint32_t row,
                 unsigned i)
{
    const float *q = m->I + (size_t)row * m->k;
    const double *axis = d->axis + (size_t)i * d->k;
    double sum = 0;

    for (unsigned f = 0; f < d->k; f++)
        sum += ((double)q[f] - d->origin[f]) * axis[f];
    return sum;
}

const char *
directions_side(const struct directions *d, const struct model *m, uint32_t row,
                unsigned i, char *out, size_t cap)
{
    const struct trait_match *match = &d->of[i].match;

    if (!match->clear)
        out[0] = '\0';
    else if (directions_value(d, m, row, i) < 0)
        traits_lack(d->traits, match->trait, out, cap);
    else
        snprintf(out, cap, "%s", traits_name(d->traits, match->trait));
    return out;
}

double
directions_taste(const struct directions *d, const struct model *m, uint32_t user,
                 unsigned i)
{
    const float *p = m->U + (size_t)user * m->k;
    const double *axis = d->axis + (size_t)i * d->k;
    double sum = 0;

    for (unsigned f = 0; f < d->k; f++)
        sum += ((double)p[f] - d->about->user[f]) * axis[f];
    return sum;
}

enum err_code
directions_end(uint32_t *ret_row, size_t room, size_t *ret_n,
               const struct directions *d, const struct model *m,
               const struct catalog *c, unsigned i, bool high, struct err *err)
{
    size_t n = d->about->n;
    struct ranked *entry = mem_new(n, sizeof(*entry));

    if (entry == NULL)
        return err_nomem(err, n * sizeof(*entry), "the ends of a direction");
    for (size_t f = 0; f < n; f++) {
        double value = directions_value(d, m, d->about->row[f], i);

        entry[f] = (struct ranked){ high ? value : -value, d->about->row[f] };
    }
    *ret_n = rank_best(entry, n, room, c);
    for (size_t f = 0; f < *ret_n; f++)
        ret_row[f] = entry[f].row;
    mem_free(entry);
    return ERR_OK;
}

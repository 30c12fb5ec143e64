/* planted_factors.c - the genres that were planted stand in the factors and their
 * names; see planted.h. */
#include "config.h"

#include "tests/train/planted.h"

#include "src/base/mem.h"
#include "src/explore/blas.h"
#include "src/explore/directions.h"
#include "tests/data/synth_read.h"
#include "tests/unit.h"

#include <math.h>
#include <string.h>

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
    double A[PLANTED_FACTORS * PLANTED_FACTORS] = { 0 }, b[PLANTED_FACTORS] = { 0 },
                               guess = 0, all = 0;

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
    double *X = mem_new(PLANTED_ITEMS * PLANTED_FACTORS, sizeof(*X)), y[PLANTED_ITEMS],
           r;
    size_t n = 0;

    CU_ASSERT_PTR_NOT_NULL_FATAL(X);
    for (uint32_t row = 1; row <= p->c->n_items; row++) {
        const struct synth_film *f = planted_film(p, row);

        if (p->c->count[row] < 100)
            continue;
        y[n] = genre < SYNTH_N_GENRES ? part_of(f, genre) : (double)f->era;
        for (unsigned k = 0; k < PLANTED_FACTORS; k++)
            X[n * PLANTED_FACTORS + k] =
                (double)p->m->I[(size_t)row * PLANTED_FACTORS + k];
        n++;
    }
    r = multiple_correlation(X, y, n, PLANTED_FACTORS);
    mem_free(X);
    return r;
}

/* The frequent genres stand in the factors: by chance the correlation would be about
 * √(20 / 640). */
void
planted_check_factors(const struct planted *p)
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
    double place[PLANTED_ITEMS], part[PLANTED_ITEMS];

    for (size_t f = 0; f < d->about->n; f++) {
        const uint32_t row = d->about->row[f];

        place[f] = directions_value(d, p->m, row, i);
        part[f] = part_of(planted_film(p, row), genre);
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

void
planted_check_names(const struct planted *p)
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

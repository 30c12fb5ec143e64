/*
 * foldin.c - a new user's factors and bias; see foldin.h.
 *
 * Gauss-Newton with Levenberg damping in the metric of the prior: a step solves
 * (JᵀJ + (1 + λ)·Λ)·δ = -½∇F, J the rows ŷ'_i·a_i. Where a step ends is decided by F
 * and its gradient, in double precision, one pass over the films' rows for both. JᵀJ
 * only decides how fast it gets there: it is summed in single precision, and kept as
 * long as steps go well. Of many ratings growing parts are solved first, each as well
 * as it can tell, so that the whole needs few passes, and one of them with JᵀJ.
 */
#include "config.h"

#include "src/explore/foldin.h"

#include "src/base/mem.h"
#include "src/explore/blas.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#define BLOCK     64   /* rows at a time: they stay in the cache of a core */
#define AHEAD     32   /* rows that are asked for before they are needed */
#define PART      1024 /* ratings of the part that is solved first, at least */
#define GROW      8    /* a part has so many times the ratings of the one before */
#define STEPS     1000 /* at most; some 5 to 15 is usual */
#define NEAR      1e-6 /* squared distance, in variances of z, that is no distance */
#define NEAR_PART 0.1  /* the same for a part, of how far off it is itself */
#define KEEP      0.01 /* JᵀJ is kept while the squared distance falls to this part */
#define ROUNDING  1e-12 /* part of F that it can rise by rounding alone */

/* What is minimised. Of a part, each rating counts for `weight` of them. */
struct problem {
    const struct model *m;
    const struct foldin_prior *prior;
    const struct foldin_rating *rating; /* (n) */
    size_t n;
    size_t stride; /* every stride-th counts */
    double weight;
};

struct work {
    unsigned d;
    double *A;                  /* (BLOCK, d) rows a_i */
    float *J;                   /* (BLOCK, d) rows of J */
    double x[BLOCK];            /* logits, then ŷ'·(ŷ - r) */
    float *gram;                /* (d, d) JᵀJ, its upper half */
    double *factor;             /* (d, d) of Cholesky */
    double *apart;              /* (d) z - μ */
    double *half;               /* (d) ½∇F at z */
    double *tried, *tried_half; /* (d) the point tried and ½∇F there */
    double *step;               /* (d) */
};

/* a = [row; 1] in double: eight at a time, which compilers make vectors of. */
static void
widen(double *a, const float *row, unsigned k)
{
    unsigned f = 0;

    for (; f + 8 <= k; f += 8)
        for (unsigned l = 0; l < 8; l++)
            a[f + l] = (double)row[f + l];
    for (; f < k; f++)
        a[f] = (double)row[f];
    a[k] = 1;
}

/* Ask for a row of floats that is needed soon: to the second cache, which can wait for
 * more lines at once than the first. */
static void
fetch(const float *row, unsigned k)
{
    for (unsigned f = 0; f < k; f += 16)
        __builtin_prefetch(row + f, 0, 2);
}

/* The rows of a block: how many there are from number `from` on. */
static size_t
gather(const struct problem *p, size_t from, struct work *w)
{
    const unsigned k = p->m->k;
    size_t n = 0;

    for (size_t i = from; i < p->n && n < BLOCK; i += p->stride, n++) {
        size_t soon = i + AHEAD * p->stride;

        if (soon < p->n)
            fetch(p->m->I + (size_t)p->rating[soon].row * k, k);
        widen(w->A + n * w->d, p->m->I + (size_t)p->rating[i].row * k, k);
        w->x[n] = (double)p->m->bi[p->rating[i].row];
    }
    return n;
}

/* Row j of J, from slope ŷ'. */
static void
add_slope(struct work *w, size_t j, double slope)
{
    for (unsigned f = 0; f < w->d; f++)
        w->J[j * w->d + f] = (float)(slope * w->A[j * w->d + f]);
}

/* Add a block's squared errors, ½ of their gradient into half (d), and, where asked
 * for, JᵀJ. Returns the sum. */
static double
add_block(const struct problem *p, size_t from, const double *z, double *half,
          bool gram, struct work *w)
{
    const double lo = (double)p->m->y_lo, range = (double)p->m->y_hi - lo;
    const size_t n = gather(p, from, w);
    double sum = 0;

    blas_matrix_vector_double(n, w->d, w->A, z, w->x);
    for (size_t j = 0; j < n; j++) {
        double s = 1 / (1 + exp(-w->x[j]));
        double miss = lo + range * s - (double)p->rating[from + j * p->stride].stars;
        double slope = range * s * (1 - s);

        sum += miss * miss;
        w->x[j] = p->weight * slope * miss;
        if (gram)
            add_slope(w, j, sqrt(p->weight) * slope);
    }
    blas_vector_matrix_double(n, w->d, w->A, w->x, half);
    if (gram)
        blas_gram_add(n, w->d, w->J, w->gram);
    return p->weight * sum;
}

/* F(z), and ½∇F into half (d); with `gram`, JᵀJ anew. */
static double
look(const struct problem *p, const double *z, double *half, bool gram, struct work *w)
{
    const unsigned d = w->d;
    double sum = 0;

    for (unsigned f = 0; f < d; f++)
        w->apart[f] = z[f] - p->prior->mean[f];
    memset(half, 0, d * sizeof(*half));
    blas_matrix_vector_double(d, d, p->prior->precision, w->apart, half);
    for (unsigned f = 0; f < d; f++)
        sum += w->apart[f] * half[f];
    if (gram)
        memset(w->gram, 0, (size_t)d * d * sizeof(*w->gram));
    for (size_t from = 0; from < p->n; from += BLOCK * p->stride)
        sum += add_block(p, from, z, half, gram, w);
    return sum;
}

/* Factor JᵀJ + (1 + λ)·Λ; false when it has no factor. */
static bool
factor(const struct problem *p, double lambda, struct work *w)
{
    const size_t size = (size_t)w->d * w->d;

    for (size_t i = 0; i < size; i++)
        w->factor[i] = (double)w->gram[i] + (1 + lambda) * p->prior->precision[i];
    return blas_cholesky(w->d, w->factor);
}

/* The step from half = ½∇F; returns its squared length in variances of z. */
static double
find_step(const struct problem *p, const double *half, struct work *w)
{
    double along = 0;

    for (unsigned f = 0; f < w->d; f++)
        w->step[f] = -half[f];
    blas_cholesky_solve(w->d, w->factor, w->step);
    for (unsigned f = 0; f < w->d; f++)
        along -= w->step[f] * half[f];
    return along / p->prior->noise;
}

static void
swap(double **a, double **b)
{
    double *t = *a;

    *a = *b;
    *b = t;
}

/* Where a descent is, besides z. */
struct descent {
    double f;      /* F(z) */
    double far;    /* squared distance to where the step ends, in variances of z */
    double lambda; /* of the damping */
    bool known;    /* JᵀJ is that of z */
    bool ready;    /* w->step is the step from z */
};

/* What became of a step that was tried. */
enum outcome { WORSE, SLOW, GOOD };

/* Try the step from z and go where it ends if F falls, or would but for rounding. */
static enum outcome
try_step(const struct problem *p, double *z, struct descent *at, struct work *w)
{
    double f, far = at->far;

    for (unsigned i = 0; i < w->d; i++)
        w->tried[i] = z[i] + w->step[i];
    f = look(p, w->tried, w->tried_half, false, w);
    if (!(f <= at->f + ROUNDING * at->f))
        return WORSE;
    memcpy(z, w->tried, w->d * sizeof(*z));
    swap(&w->half, &w->tried_half);
    at->f = f;
    at->far = find_step(p, w->half, w);
    return at->far <= KEEP * far ? GOOD : SLOW;
}

/* Make the step from z ready. False when there is none to be found. */
static bool
prepare(const struct problem *p, const double *z, struct descent *at, struct work *w)
{
    if (!at->known)
        at->f = look(p, z, w->half, true, w);
    at->known = true;
    if (!isfinite(at->f) || !factor(p, at->lambda, w))
        return false;
    at->far = find_step(p, w->half, w);
    at->ready = true;
    return true;
}

/* Minimise from z on until the squared distance left is `near`; adds to *steps. False
 * when it does not get there. As Λ alone is no more than JᵀJ + Λ, damping makes a step
 * look shorter by no more than 1 + λ. */
static bool
descend(const struct problem *p, double *z, double near, unsigned *steps,
        struct work *w)
{
    struct descent at = { 0 };
    enum outcome outcome;

    for (unsigned i = 0; i < STEPS; i++) {
        if (!at.ready && !prepare(p, z, &at, w))
            return false;
        if ((1 + at.lambda) * at.far <= near) {
            for (unsigned f = 0; f < w->d; f++) /* too short to need a look */
                z[f] += w->step[f];
            return true;
        }
        outcome = try_step(p, z, &at, w);
        ++*steps;
        if (outcome == WORSE && at.known)
            at.lambda = fmax(10 * at.lambda, 0.1);
        if (outcome == SLOW)
            at.lambda = at.lambda > 1e-3 ? at.lambda / 10 : 0;
        at.known = at.known && outcome == WORSE;
        at.ready = outcome == GOOD;
    }
    return false;
}

static void
work_done(struct work *w)
{
    mem_free(w->A);
    mem_free(w->J);
    mem_free(w->gram);
    mem_free(w->factor);
    mem_free(w->apart);
    mem_free(w->half);
    mem_free(w->tried);
    mem_free(w->tried_half);
    mem_free(w->step);
}

static enum err_code
work_init(struct work *w, unsigned d, struct err *err)
{
    const size_t size = (size_t)d * d;

    *w = (struct work){ .d = d };
    w->A = mem_new((size_t)BLOCK * d, sizeof(*w->A));
    w->J = mem_new((size_t)BLOCK * d, sizeof(*w->J));
    w->gram = mem_new(size, sizeof(*w->gram));
    w->factor = mem_new(size, sizeof(*w->factor));
    w->apart = mem_new(d, sizeof(*w->apart));
    w->half = mem_new(d, sizeof(*w->half));
    w->tried = mem_new(d, sizeof(*w->tried));
    w->tried_half = mem_new(d, sizeof(*w->tried_half));
    w->step = mem_new(d, sizeof(*w->step));
    if (w->A != NULL && w->J != NULL && w->gram != NULL && w->factor != NULL &&
        w->apart != NULL && w->half != NULL && w->tried != NULL &&
        w->tried_half != NULL && w->step != NULL)
        return ERR_OK;
    work_done(w);
    return err_nomem(err, size * (sizeof(*w->gram) + sizeof(*w->factor)), "a new user");
}

enum err_code
foldin_loss(double *ret, double *ret_gradient, const struct model *m,
            const struct foldin_prior *p, const struct foldin_rating *rating, size_t n,
            const double *z, struct err *err)
{
    const struct problem problem = { m, p, rating, n, 1, 1 };
    struct work w;
    enum err_code rc = work_init(&w, p->d, err);

    assert(p->d == m->k + 1);
    if (rc != ERR_OK)
        return rc;
    *ret = look(&problem, z, w.half, false, &w);
    for (unsigned f = 0; ret_gradient != NULL && f < p->d; f++)
        ret_gradient[f] = 2 * w.half[f];
    work_done(&w);
    return ERR_OK;
}

/* Minimise parts of the ratings, if there are many, then all. What a part is minimised
 * by is off from that of the whole by chance: by d·(stride - 1) variances of the
 * latter, on average, and to that it is solved. */
static bool
descend_parts(struct problem *p, double *z, unsigned *steps, struct work *w)
{
    const size_t least = PART > 8 * w->d ? PART : 8 * w->d;
    size_t stride = 1;
    bool found = false;

    while (p->n / (GROW * stride) >= least)
        stride *= GROW;
    for (; stride > 0; stride /= GROW) { /* a part that is not found is but a detour */
        p->stride = stride;
        p->weight = (double)stride;
        found = descend(p, z, fmax(NEAR, NEAR_PART * w->d * (double)(stride - 1)),
                        steps, w);
    }
    return found;
}

enum err_code
foldin_fit(double *ret_z, unsigned *ret_steps, const struct model *m,
           const struct foldin_prior *p, const struct foldin_rating *rating, size_t n,
           const double *from, struct err *err)
{
    struct problem problem = { .m = m, .prior = p, .rating = rating, .n = n };
    double *z = mem_new(p->d, sizeof(*z));
    unsigned steps = 0;
    struct work w;
    enum err_code rc;

    assert(p->d == m->k + 1);
    if (z == NULL)
        return err_nomem(err, p->d * sizeof(*z), "a new user");
    rc = work_init(&w, p->d, err);
    if (rc != ERR_OK)
        goto out;
    memcpy(z, from != NULL ? from : p->mean, p->d * sizeof(*z));
    if (!descend_parts(&problem, z, &steps, &w))
        rc = err_set(err, ERR_NUMERIC,
                     "no factors were found for %zu ratings in %u steps; expected "
                     "finite ratings and the weights of a trained model",
                     n, steps);
    work_done(&w);
    if (rc != ERR_OK)
        goto out;
    memcpy(ret_z, z, p->d * sizeof(*z));
    if (ret_steps != NULL)
        *ret_steps = steps;
out:
    mem_free(z);
    return rc;
}

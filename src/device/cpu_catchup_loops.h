/*
 * cpu_catchup_loops.h - the two loops over all gaps that every step needs: plain C,
 * included by each kernel file so that each is built for its instruction set. The
 * formulas are those of cpu_catchup.h.
 */
#ifndef MLT_DEVICE_CPU_CATCHUP_LOOPS_H
#define MLT_DEVICE_CPU_CATCHUP_LOOPS_H

#include "src/device/cpu_catchup.h"

#include <math.h>

/* Gap n before the step is gap n + 1 after it, the step being one more missed. */
static inline void
moments_grow(const struct gap_moments *restrict a, const struct adam_step *step,
             uint32_t n_gaps, struct gap_moments *restrict b)
{
    const double decay = step->decay, c = step->c, mom = step->mom;
    const double root_beta2 = sqrt(ADAM_BETA2), inv_root_d2 = 1 / sqrt(step->d2);

    for (uint32_t n = 0; n < n_gaps; n++) {
        double mu = a->mu[n] * mom, root = a->root[n] * root_beta2;
        double node = root * inv_root_d2, weight = c * mu / (node * node);

        b->mu[n + 1] = mu;
        b->root[n + 1] = root;
        b->D[n + 1] = a->D[n] * decay;
        b->C0[n + 1] = a->C0[n] * decay;
        b->a0[n + 1] = a->a0[n];
        b->M0[n + 1] = a->M0[n] * decay + weight;
        weight *= node;
        b->M1[n + 1] = a->M1[n] * decay + weight;
        weight *= node;
        b->M2[n + 1] = a->M2[n] * decay + weight;
        weight *= node;
        b->M3[n + 1] = a->M3[n] * decay + weight;
    }
}

/* A row that takes the step itself: nothing is missed yet. */
static inline void
moments_start(const struct adam_step *step, struct gap_moments *b)
{
    b->mu[0] = b->root[0] = 1;
    b->D[0] = step->decay;
    b->C0[0] = step->c;
    b->a0[0] = 1 / sqrt(step->d2);
    b->M0[0] = b->M1[0] = b->M2[0] = b->M3[0] = 0;
}

/* Moments to coefficients for gaps 0 … n_gaps - 1; no branches, so that it vectorises:
 * where one node is enough both are the same, and where no step was missed 1e-300 keeps
 * their place finite. */
static inline void
coefs_fill(const struct gap_moments *restrict m, uint32_t n_gaps,
           struct coef *restrict c)
{
    const double inv = 1 / ADAM_EPS;

    for (uint32_t n = 0; n < n_gaps; n++) {
        double inv_M0 = 1 / (m->M0[n] + 1e-300), a = m->M1[n] * inv_M0;
        double var = m->M2[n] * inv_M0 - a * a;
        double third = m->M3[n] * inv_M0 - 3 * a * var - a * a * a;
        int two = var > 1e-9 * a * a;
        double V = two ? var : 1, half = two ? 0.5 : 0;
        double g = third / V, q = sqrt(g * g + 4 * V), p = (q - g) / (2 * q);
        double A1 = a + half * (g + q), A2 = a + half * (g - q);
        double C1 = m->M0[n] * p * A1 * A1, C2 = m->M0[n] * (1 - p) * A2 * A2;
        double N1 = (C1 * A2 + C2 * A1) * inv * inv, N0 = (C1 + C2) * inv;
        double P = A1 * A2 * inv * inv, Q = (A1 + A2) * inv;
        double own = m->C0[n] * inv, B = m->a0[n] * inv;
        double rho = m->root[n] * m->root[n];

        c[n].lost = (float)(1 - m->D[n]);
        c[n].n2 = (float)(own * P + N1 * B);
        c[n].n1 = (float)(own * Q + N1 + N0 * B);
        c[n].n0 = (float)(own + N0);
        c[n].P = (float)P;
        c[n].Q = (float)Q;
        c[n].B = (float)B;
        c[n].mu = (float)m->mu[n];
        c[n].rho = (float)rho;
        c[n].lost_v = (float)(1 - ADAM_BETA2 * rho);
    }
}

static void
gap_table_advance(const struct gap_table *before, const struct adam_step *step,
                  struct gap_table *ret)
{
    uint32_t keep = before->n_gaps < CATCHUP_GAP ? before->n_gaps : CATCHUP_GAP;

    moments_grow(&before->moments, step, keep, &ret->moments);
    moments_start(step, &ret->moments);
    ret->n_gaps = keep + 1;
    coefs_fill(&ret->moments, ret->n_gaps, ret->gap);
}

#endif

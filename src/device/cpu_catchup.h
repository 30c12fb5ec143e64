/*
 * cpu_catchup.h - Adam's missed steps, all at once.
 *
 * Adam moves every row at every step, touched or not. A row that was last stepped at s
 * and is read again before step t (its gap is n = t - 1 - s) has seen no gradient in
 * between: m shrank by mu = prod mom_j, v by rho = .99^n, and with r = sqrt(v)
 *
 *     w' = D w - m * sum_j c_j / (a_j r + eps)           j = s … t - 1
 *     c_j = lr_j / d1_j * mom_(s+1) … mom_j * (decays of the steps after j)
 *     a_j = sqrt(.99^(j-s) / d2_j),   D = prod (1 - lr_j wd)
 *
 * (d1, d2: Adam's debiasing; v, m as they were after step s.) The sum is common to all
 * rows of one gap but for r, so that a table by gap serves the whole model.
 *
 * Step s itself is kept as it is: node a_s, weight C0. The others become two nodes.
 * Take the sum as that of G(a_j) under the measure {c_j / a_j^2 at a_j}, where
 *
 *     G(a) = a^2 / (a r + eps),   its fourth derivative 24 eps^2 r^2 / (a r + eps)^5
 *
 * The two-point Gauss rule has the measure's first moments M0 … M3 (Golub & Welsch
 * 1969, doi:10.2307/2004418):
 *
 *     mean a = M1/M0, variance V, third central moment K, g = K/V, q = sqrt(g^2 + 4V)
 *     nodes A1, A2 = a + (g ± q)/2,  weights M0 p, M0 (1 - p),  p = (q - g) / (2 q)
 *
 * and C1, C2 are the weights times A1^2, A2^2; where V < 1e-9 a^2 both nodes are a.
 * What it misses is the measure's spread about the nodes, E (a_j - A1)^2 (a_j - A2)^2 /
 * a^4, times y^2 (1 - y)^2 with y = a r / (a r + eps): nothing for the smallest
 * gradients nor for the largest, at most a sixteenth between. (Without the a_j^2 it
 * would be y^4: always to the same side, up to 7e-5 of what the missed steps move. In a
 * fit of 10,000 steps that was 4e-7 of the validation loss and 5e-6 of the weights.)
 * Over the common denominator this is one root and one division an element:
 *
 *     w' = w - ((1 - D) w + m (n2 v + n1 r + n0) / ((B r + 1) (P v + Q r + 1)))
 *
 * While t is small a_j swings too much for two points. The steps below CATCHUP_EARLY
 * are therefore cut into short stages (1, 2, 3, 4, 5, 6, 8, 10, 13 … 400), in each of
 * which a_j changes little, and a row is taken from stage to stage.
 *
 * What is left in a whole fit is rounding, which is harmless where it is random: in
 * double this all is 4e-8 of the sample's validation loss from the dense loop (six
 * epochs, 10,548 steps) and 8e-7 of the weights, in float 4e-8 and 2e-6. Two constants
 * must not be rounded as they stand, since they would err to the same side at every
 * step: D near 1 is kept as 1 - D, and what v keeps as what it loses.
 *
 * Beyond gap CATCHUP_GAP nothing of m is left (.95^384 = 3e-9): the row only decays.
 * Its coefficients are frozen at that gap, in a ring by s. So that the ring need not
 * grow with the run, every row with a long gap is brought up to date (swept) every
 * CATCHUP_SPAN steps.
 */
#ifndef MLT_DEVICE_CPU_CATCHUP_H
#define MLT_DEVICE_CPU_CATCHUP_H

#include "src/base/err.h"
#include "src/device/device.h"

#include <stdbool.h>
#include <stdint.h>

#define CATCHUP_GAP    384
#define CATCHUP_EARLY  400
#define CATCHUP_SPAN   16384
#define CATCHUP_FROZEN 32768 /* > CATCHUP_SPAN + CATCHUP_GAP, a power of two */

/* What takes a row from "w before step s, m and v after it" to "w before step t". D as
 * a float of its own would be off by up to 3e-8, a hundredth of the usual lr wd. */
struct coef {
    float lost; /* 1 - D */
    float n0, n1, n2, P, Q, B;
    float mu, rho;    /* m and v after step t - 1 are mu m, rho v */
    float lost_v;     /* 1 - .99 rho: what v loses by taking step t as well */
    double log_decay; /* of a frozen one: its table's, see struct gap_table */
    uint32_t n_flips;
    uint32_t pad[3];
};

_Static_assert(sizeof(struct coef) == 64, "a coefficient is one cache line");

/* The sums behind a table, by gap; a gap's index is n. M0 … M3 are the moments of the
 * missed steps alone. */
struct gap_moments {
    double mu[CATCHUP_GAP + 1], D[CATCHUP_GAP + 1];
    double root[CATCHUP_GAP + 1]; /* sqrt(rho) */
    double M0[CATCHUP_GAP + 1], M1[CATCHUP_GAP + 1], M2[CATCHUP_GAP + 1];
    double M3[CATCHUP_GAP + 1];
    double C0[CATCHUP_GAP + 1], a0[CATCHUP_GAP + 1]; /* step s itself */
};

/* Everything for rows that are read before step t. */
struct gap_table {
    struct coef gap[CATCHUP_GAP + 1];
    struct gap_moments moments;
    uint32_t n_gaps;  /* filled: gaps 0 … n_gaps - 1 */
    double log_decay; /* sum of log |1 - lr_j wd| over the steps before t */
    uint32_t n_flips; /* how many of these decays were negative */
};

/* One step's values, as Adam uses them. */
struct adam_step {
    double decay; /* 1 - lr wd */
    double c;     /* lr / d1 */
    double mom;
    double d2;
};

/* The loops that are worth building for each instruction set. */
typedef void gap_table_fn(const struct gap_table *before, const struct adam_step *step,
                          struct gap_table *ret);

struct catchup {
    struct gap_table table[2];          /* before step t: table[t & 1] */
    struct coef early[CATCHUP_EARLY];   /* from s to the end of its stage */
    uint32_t good_until[CATCHUP_EARLY]; /* last t for which table[] is good enough */
    uint32_t stage_end[CATCHUP_EARLY];  /* step that the stage of s ends with */
    struct coef frozen[CATCHUP_FROZEN]; /* by s mod CATCHUP_FROZEN, at CATCHUP_GAP */
    float rho[CATCHUP_FROZEN];          /* .99^n */
    gap_table_fn *advance;
    double wd;
};

/* Tables for a model that has taken no step; owned by the caller, mem_free. */
ERR_MUST_CHECK enum err_code catchup_new(struct catchup **ret, double wd,
                                         gap_table_fn *advance, struct err *err);

/* Take step t (>= 1) into account: makes the tables for rows read before step t + 1.
 * Those for t stay valid and may be read meanwhile; those for t - 1 go. */
void catchup_step(struct catchup *c, uint32_t t, const struct hyper *h);

/* A gap beyond CATCHUP_GAP: fills and returns *ret. */
const struct coef *catchup_frozen(const struct catchup *c, uint32_t t, uint32_t s,
                                  struct coef *ret);

/* Coefficients for a row last stepped at s (0: never), read before step t. A row of an
 * early stage that is over must have been taken out of it first. */
static inline const struct coef *
catchup_at(const struct catchup *c, uint32_t t, uint32_t s, struct coef *tmp)
{
    uint32_t n = t - 1 - s;

    return n <= CATCHUP_GAP ? &c->table[t & 1].gap[n] : catchup_frozen(c, t, s, tmp);
}

/* Must a row last stepped at s leave its early stage before it is read at t? */
static inline bool
catchup_must_hop(const struct catchup *c, uint32_t t, uint32_t s)
{
    return s - 1 < CATCHUP_EARLY - 1 && c->good_until[s] < t;
}

#endif

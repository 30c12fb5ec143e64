/*
 * test_cpu_catchup.c - rows caught up by table against Adam taken step by step in
 * double, one element at a time.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/device/cpu_catchup.h"
#include "src/device/cpu_catchup_loops.h"
#include "src/model/schedule.h"
#include "tests/unit.h"

#include <math.h>

#define WD 1e-2

/* One element, as Adam has it. */
struct element {
    double w, m, v;
};

static double
decay_of(const struct hyper *h)
{
    return 1 - h->lr * WD;
}

/* One step of Adam, in double. */
static void
adam(struct element *e, uint32_t t, const struct hyper *h, double g)
{
    double d1 = 1 - pow(h->mom, t), d2 = 1 - pow(ADAM_BETA2, t);

    e->w *= decay_of(h);
    e->m = h->mom * e->m + (1 - h->mom) * g;
    e->v = ADAM_BETA2 * e->v + (1 - ADAM_BETA2) * g * g;
    e->w -= h->lr / d1 * e->m / (sqrt(e->v / d2) + ADAM_EPS);
}

/* The rational form, in double, so that only the table's own error shows. */
static struct element
caught_up(const struct coef *c, struct element e)
{
    double r = sqrt(e.v);
    double num = c->n2 * e.v + c->n1 * r + c->n0;
    double den = (c->B * r + 1) * (c->P * e.v + c->Q * r + 1);

    return (struct element){ e.w - (c->lost * e.w + e.m * num / den), c->mu * e.m,
                             c->rho * e.v };
}

/* Element stepped at s with a gradient, w from before that step; read before step t. */
static struct element
read_at(const struct catchup *c, uint32_t s, uint32_t t, struct element e)
{
    struct coef tmp;

    while (catchup_must_hop(c, t, s)) {
        e = caught_up(&c->early[s], e);
        s = c->stage_end[s];
    }
    return caught_up(catchup_at(c, t, s, &tmp), e);
}

static struct hyper
one_cycle(uint32_t t)
{
    const struct onecycle oc = onecycle_default(3e-3, 3000);
    struct hyper h;

    onecycle_at(&oc, t - 1, &h.lr, &h.mom);
    return h;
}

static struct hyper
finder(uint32_t t)
{
    return (struct hyper){ lr_find_rate(t - 1), 0.9 };
}

/*
 * Worst error of the weight over gradients from 1e-8 to 1, relative to how far the
 * steps s … t - 1 moved it besides decaying it; s is the last step, t the reading one.
 * Of the decay, 1e-7 is forgiven: 1 - D is a float.
 */
static double
worst_error(const struct catchup *c, struct hyper (*schedule)(uint32_t), uint32_t s,
            uint32_t t)
{
    double worst = 0;

    for (double g = 1e-8; g <= 1; g *= 10) {
        struct element before = { 0.01, 0.1 * g, 0.02 * g * g }, dense = before, fast;
        struct hyper h = schedule(s);
        double moved, off, decay = 1;

        adam(&dense, s, &h, g);
        fast = (struct element){ before.w, dense.m, dense.v };
        decay = decay_of(&h);
        for (uint32_t j = s + 1; j < t; j++) {
            h = schedule(j);
            adam(&dense, j, &h, 0);
            decay *= decay_of(&h);
        }
        fast = read_at(c, s, t, fast);
        moved = fabs(dense.w - decay * before.w);
        off = fabs(fast.w - dense.w) - 1e-7 * fabs(1 - decay) * before.w;
        worst = fmax(worst, off / moved);
    }
    return worst;
}

/* Tables brought to step t_max, checked at each t of a grid for many last steps. */
static double
worst_over(struct hyper (*schedule)(uint32_t), uint32_t t_max)
{
    struct catchup *c = NULL;
    double worst = 0;

    if (catchup_new(&c, WD, gap_table_advance, NULL) != ERR_OK)
        return INFINITY;
    for (uint32_t t = 1; t < t_max; t++) {
        struct hyper h = schedule(t);

        catchup_step(c, t, &h);
        if (t > 100 && t % 97 != 0)
            continue;
        for (uint32_t gap = 0; gap < t; gap += 1 + gap / 4)
            worst = fmax(worst, worst_error(c, schedule, t - gap, t + 1));
    }
    mem_free(c);
    return worst;
}

/* Two Gauss points integrate cubics of the node exactly. What is left is the fourth
 * order of cpu_catchup.h, which grows with momentum and gap, and in the stages with
 * their length: 5e-6 was seen. Moments of {c_j at a_j} would leave 7e-5. */
static void
gaps_up_to_2000_agree_with_dense_adam(void)
{
    double worst = worst_over(one_cycle, 2400);

    CU_ASSERT(worst < 6e-6);
}

static void
the_finders_growing_rates_agree_too(void)
{
    double worst = worst_over(finder, 100);

    CU_ASSERT(worst < 6e-6);
}

/* w0 = .01 and the gradients and rates of the specification's five-step check. */
static void
the_specs_five_steps_come_out(void)
{
    const double g[5] = { 1e-4, -5e-5, 0, 0, 8e-5 };
    const struct hyper h[5] = {
        { 1.2e-4, .95 }, { 1.3e-4, .94 }, { 1.5e-4, .93 }, { 2e-4, .92 }, { 3e-4, .90 }
    };
    struct element e = { .01, 0, 0 };
    struct catchup *c = NULL;
    struct coef tmp;

    CU_ASSERT_FATAL(catchup_new(&c, 1e-3, gap_table_advance, NULL) == ERR_OK);
    for (uint32_t t = 1, s = 0; t <= 5; t++) {
        if (g[t - 1] != 0) {
            while (catchup_must_hop(c, t, s)) {
                e = caught_up(&c->early[s], e);
                s = c->stage_end[s];
            }
            e = caught_up(catchup_at(c, t, s, &tmp), e);
            e.m = h[t - 1].mom * e.m + (1 - h[t - 1].mom) * g[t - 1];
            e.v = .99 * e.v + .01 * g[t - 1] * g[t - 1];
            s = t;
        }
        catchup_step(c, t, &h[t - 1]);
        if (t == 4)
            CU_ASSERT_DOUBLE_EQUAL(read_at(c, 2, 5, e).w, 9.837587418538e-3, 2e-9);
    }
    CU_ASSERT_DOUBLE_EQUAL(read_at(c, 5, 6, e).w, 9.741971124682e-3, 2e-9);
    CU_ASSERT_DOUBLE_EQUAL(e.m, 9.309068e-6, 1e-11);
    CU_ASSERT_DOUBLE_EQUAL(e.v, 1.84317076e-10, 1e-16);
    mem_free(c);
}

/* A row that was never stepped only decays, however long. */
static void
a_row_never_stepped_only_decays(void)
{
    struct catchup *c = NULL;
    double decay = 1;
    struct coef tmp;

    CU_ASSERT_FATAL(catchup_new(&c, WD, gap_table_advance, NULL) == ERR_OK);
    for (uint32_t t = 1; t <= 1500; t++) {
        struct hyper h = one_cycle(t);
        struct element e = { 0.01, 0, 0 };

        CU_ASSERT_DOUBLE_EQUAL(caught_up(catchup_at(c, t, 0, &tmp), e).w, 0.01 * decay,
                               1e-9);
        catchup_step(c, t, &h);
        decay *= decay_of(&h);
    }
    mem_free(c);
}

/* lr wd = 1 takes every weight to 0 and lr wd > 1 turns its sign: both are what the
 * formula says, frozen gaps included. */
static void
a_decay_of_zero_or_below_is_honoured(void)
{
    struct catchup *c = NULL;
    struct element e = { 0.01, 0, 0 };
    struct coef tmp;

    CU_ASSERT_FATAL(catchup_new(&c, 1.0, gap_table_advance, NULL) == ERR_OK);
    for (uint32_t t = 1; t <= 1000; t++)
        catchup_step(c, t,
                     &(struct hyper){ t == 700   ? 1.5
                                      : t == 900 ? 1.0
                                                 : 0.0,
                                      0.9 });
    CU_ASSERT_DOUBLE_EQUAL(caught_up(catchup_at(c, 1001, 50, &tmp), e).w, 0, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(caught_up(catchup_at(c, 1001, 950, &tmp), e).w, 0.01, 1e-9);
    mem_free(c);
    CU_ASSERT_FATAL(catchup_new(&c, 1.0, gap_table_advance, NULL) == ERR_OK);
    for (uint32_t t = 1; t <= 1000; t++)
        catchup_step(c, t, &(struct hyper){ t == 700 ? 1.5 : 0.0, 0.9 });
    CU_ASSERT_DOUBLE_EQUAL(caught_up(catchup_at(c, 1001, 50, &tmp), e).w, -0.005, 1e-8);
    mem_free(c);
}

CU_TestInfo tests_cpu_catchup[] = {
    { "gaps up to 2000 agree with dense Adam", gaps_up_to_2000_agree_with_dense_adam },
    { "the finder's growing rates agree too", the_finders_growing_rates_agree_too },
    { "the specification's five steps come out", the_specs_five_steps_come_out },
    { "a row never stepped only decays", a_row_never_stepped_only_decays },
    { "a decay of zero or below is honoured", a_decay_of_zero_or_below_is_honoured },
    CU_TEST_INFO_NULL,
};

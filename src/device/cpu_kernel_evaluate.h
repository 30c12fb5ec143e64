/*
 * cpu_kernel_evaluate.h - errors of a settled model over held-out ratings. Part of
 * cpu_kernel_template.h.
 */
#ifndef MLT_DEVICE_CPU_KERNEL_EVALUATE_H
#define MLT_DEVICE_CPU_KERNEL_EVALUATE_H

#include "src/device/cpu_kernel_rows.h"
#include "src/device/cpu_kernel_sigmoid.h"
#include <math.h>

enum { EVAL_LIST = 512, EVAL_AHEAD = 8 };

/* Held-out ratings that wait to be judged. */
struct eval_list {
    unsigned n;
    size_t at[EVAL_LIST]; /* place among all ratings */
    uint32_t user[EVAL_LIST], item[EVAL_LIST + EVAL_AHEAD];
};

INLINE float
eval_logit(const unsigned F, const struct model *m, uint32_t user, uint32_t item)
{
    const float *u = m->U + (size_t)user * m->k, *q = m->I + (size_t)item * m->k;
    lanes rest = lanes_first(m->k % LANES);
    vec sum =
        v_mul(v_load_lanes(u + LANES * F, rest), v_load_lanes(q + LANES * F, rest));

    for (unsigned j = 0; j < F; j++)
        sum = v_fma(v_loadu(u + LANES * j), v_loadu(q + LANES * j), sum);
    return v_sum(sum) + m->bu[user] + m->bi[item];
}

/* The errors of 16 ratings or fewer, added one by one. */
INLINE void
eval_errors(const struct model *m, const float *logit, const float *stars, unsigned n,
            struct eval *sum)
{
    lanes l = lanes_first(n);
    vec s = v_sigmoid(v_load_lanes(logit, l));
    vec y = v_fma(s, v_set1(m->y_hi - m->y_lo), v_set1(m->y_lo));
    float miss[LANES];

    v_storeu(miss, v_sub(y, v_load_lanes(stars, l)));
    for (unsigned i = 0; i < n; i++) {
        sum->sse += (double)miss[i] * miss[i];
        sum->sae += fabs((double)miss[i]);
    }
    sum->n += n;
}

INLINE void
eval_judge(const unsigned F, const struct model *m, const struct ratings *r,
           struct eval_list *list, struct eval *sum)
{
    float logit[LANES], stars[LANES];

    for (unsigned i = 0; i < EVAL_AHEAD; i++)
        list->item[list->n + i] = list->item[0];
    for (unsigned i = 0; i < list->n; i += LANES) {
        unsigned n = list->n - i < LANES ? list->n - i : LANES;

        for (unsigned j = 0; j < n; j++) {
            const float *far = m->I + (size_t)list->item[i + j + EVAL_AHEAD] * m->k;

            for (unsigned f = 0; f < m->k; f += LANES)
                fetch_near(far + f);
            logit[j] = eval_logit(F, m, list->user[i + j], list->item[i + j]);
            stars[j] = ratings_stars(r, list->at[i + j]);
        }
        eval_errors(m, logit, stars, n, sum);
    }
    list->n = 0;
}

INLINE void
evaluate_of(const unsigned F, const struct model *m, const struct ratings *r,
            uint32_t from, uint32_t to, struct eval *ret)
{
    struct eval_list list = { 0 };
    struct eval sum = { 0 };

    /* Every rating is put on the list, and stays there if it is held out: a branch that
     * goes wrong at every tenth costs more. */
    for (uint32_t u = from; u < to; u++)
        for (size_t at = r->start[u]; at < r->start[u + 1]; at++) {
            list.at[list.n] = at;
            list.user[list.n] = u;
            list.item[list.n] = ratings_item(r, at);
            list.n += ratings_held_out(r, at);
            if (list.n == EVAL_LIST)
                eval_judge(F, m, r, &list, &sum);
        }
    if (list.n > 0)
        eval_judge(F, m, r, &list, &sum);
    *ret = sum;
}

static void
evaluate(const struct model *m, const struct ratings *r, uint32_t from, uint32_t to,
         struct eval *ret)
{
    FOR_WIDTH(m->k / LANES, evaluate_of, m, r, from, to, ret);
}

#endif

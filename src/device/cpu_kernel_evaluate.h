/*
 * cpu_kernel_evaluate.h - errors of a settled model over held-out ratings. Part of
 * cpu_kernel_template.h.
 */
#ifndef MLT_DEVICE_CPU_KERNEL_EVALUATE_H
#define MLT_DEVICE_CPU_KERNEL_EVALUATE_H

#include "src/device/cpu_kernel_rows.h"
#include "src/device/cpu_kernel_sigmoid.h"
#include <math.h>

enum {
    EVAL_FULL = 512,     /* waiting ratings that are judged together, or more */
    EVAL_MOST = 1024,    /* room for them */
    EVAL_AHEAD = 24,     /* ratings between asking for an item's row and using it */
    EVAL_USERS_AHEAD = 4 /* users, the same */
};

/* Held-out ratings of one user among those that wait. */
struct eval_run {
    uint32_t user;
    unsigned end; /* place behind the last */
};

/* Held-out ratings that wait to be judged. */
struct eval_list {
    unsigned n, n_runs;
    uint32_t at[EVAL_MOST + EVAL_AHEAD]; /* place among all ratings */
    struct eval_run run[EVAL_MOST];
};

INLINE void
eval_fetch(const struct model *m, const float *table, uint32_t row)
{
    const float *far = table + (size_t)row * m->k;

    for (unsigned f = 0; f < m->k; f += LANES)
        fetch_far(far + f);
}

/* logit (n). A user's weights stay in registers over its ratings. */
INLINE void
eval_logits(const unsigned F, const struct model *m, const struct ratings *r,
            const struct eval_list *list, float *logit)
{
    const lanes rest = lanes_first(m->k % LANES);
    unsigned i = 0;

    for (unsigned q = 0; q < list->n_runs; q++) {
        const uint32_t user = list->run[q].user;
        const float *u = m->U + (size_t)user * m->k;
        unsigned far = q + EVAL_USERS_AHEAD;
        const vec w_rest = v_load_lanes(u + LANES * F, rest);
        vec w[MAX_FULL];

        far = far < list->n_runs ? far : list->n_runs - 1;
        eval_fetch(m, m->U, list->run[far].user);
        for (unsigned j = 0; j < F; j++)
            w[j] = v_loadu(u + LANES * j);
        for (; i < list->run[q].end; i++) {
            uint32_t item = ratings_item(r, list->at[i]);
            const float *row = m->I + (size_t)item * m->k;
            vec sum = v_mul(w_rest, v_load_lanes(row + LANES * F, rest));

            eval_fetch(m, m->I, ratings_item(r, list->at[i + EVAL_AHEAD]));
            for (unsigned j = 0; j < F; j++)
                sum = v_fma(w[j], v_loadu(row + LANES * j), sum);
            logit[i] = v_sum(sum) + m->bu[user] + m->bi[item];
        }
    }
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
    float logit[EVAL_MOST], stars[LANES];

    for (unsigned i = 0; i < EVAL_AHEAD; i++)
        list->at[list->n + i] = list->at[0];
    eval_logits(F, m, r, list, logit);
    for (unsigned i = 0; i < list->n; i += LANES) {
        unsigned n = list->n - i < LANES ? list->n - i : LANES;

        for (unsigned j = 0; j < n; j++)
            stars[j] = ratings_stars(r, list->at[i + j]);
        eval_errors(m, logit + i, stars, n, sum);
    }
    list->n = list->n_runs = 0;
}

/* Put the held-out ones of [at, to), all of one user, on the list, which has room for
 * all. Each is written, and stays if it is held out: a branch that goes wrong at every
 * tenth costs more. */
INLINE void
eval_collect(const struct ratings *r, uint32_t user, size_t at, size_t to,
             struct eval_list *list)
{
    unsigned n = list->n;

    for (; at < to; at++) {
        list->at[n] = (uint32_t)at;
        n += r->item[at] / RATINGS_HELD_OUT;
    }
    list->run[list->n_runs] = (struct eval_run){ user, n };
    list->n_runs += n > list->n;
    list->n = n;
}

INLINE void
evaluate_of(const unsigned F, const struct model *m, const struct ratings *r,
            uint32_t from, uint32_t to, struct eval *ret)
{
    struct eval_list list;
    struct eval sum = { 0 };

    list.n = list.n_runs = 0;
    for (uint32_t u = from; u < to; u++)
        for (size_t at = r->start[u], end = r->start[u + 1], stop; at < end;
             at = stop) {
            size_t room = EVAL_MOST - list.n;

            stop = end - at < room ? end : at + room;
            eval_collect(r, u, at, stop, &list);
            if (list.n >= EVAL_FULL)
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

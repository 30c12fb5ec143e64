/*
 * cpu_kernel_users.h - phase one of a step: users of the batch, its ratings' errors.
 * Part of cpu_kernel_template.h.
 */
#ifndef MLT_DEVICE_CPU_KERNEL_USERS_H
#define MLT_DEVICE_CPU_KERNEL_USERS_H

#include "src/device/cpu_kernel_rows.h"
#include "src/device/cpu_kernel_sigmoid.h"

enum { BLOCK = 8 }; /* users whose sigmoids are done together */

INLINE float *
user_record(const struct cpu_pass *p, uint32_t number)
{
    return p->users + (size_t)p->batch->user_row[number] * p->shape.floats;
}

/* The item of rating j. */
INLINE float *
rated_record(const struct cpu_pass *p, uint32_t j)
{
    return p->items + (size_t)p->batch->ratings.item[j] * p->shape.floats;
}

/*
 * Settle user i's weights and put the logits of its ratings into p->sq. What m and v
 * still have to lose goes to *ret_mu and *ret_lost_v.
 */
INLINE void
user_forward(const unsigned F, const struct cpu_pass *p, uint32_t i, uint32_t end,
             float *ret_mu, float *ret_lost_v)
{
    const struct row_shape *s = &p->shape;
    const struct cpu_batch *b = p->batch;
    const lanes rest = lanes_first(s->rest), factors = lanes_first(s->rest - 1);
    const uint32_t last = end - 1;
    float *record = user_record(p, i);
    uint32_t near = b->user_start[i + RATED_AHEAD < end ? i + RATED_AHEAD : last];
    struct row row = row_at(F, record, s);
    struct coef tmp;
    const struct coef *c = coef_for(record, s, p->past, p->t, &tmp);
    struct advance a = advance_of(c);
    vec w[MAX_FULL], w_rest, bias;

    *ret_mu = c->mu;
    *ret_lost_v = c->lost_v;
    fetch_weights(F, rated_record(p, near), s);
    for (unsigned j = 0; j < F; j++) {
        unsigned at = LANES * j;

        w[j] = advance(v_load(row.w + at), v_load(row.m + at), v_load(row.v + at), &a);
        v_store(row.w + at, w[j]);
    }
    w_rest = advance(v_loadu(row.w_rest), v_loadu(row.m_rest), v_loadu(row.v_rest), &a);
    v_store_lanes(row.w_rest, rest, w_rest);
    /* The user's bias is added once, in its own lane; there the item's counts once. */
    bias = v_pick(factors, v_set1(0), v_pick(rest, w_rest, v_set1(0)));
    w_rest = v_pick(factors, w_rest, v_pick(rest, v_set1(1), v_set1(0)));
    for (uint32_t r = b->user_start[i]; r < b->user_start[i + 1]; r++) {
        const float *q = rated_record(p, r), *body = q + s->head;
        vec even = bias, odd = v_mul(w_rest, v_load_lanes(q, rest));

        for (unsigned j = 0; j + 1 < F; j += 2) {
            even = v_fma(w[j], v_load(body + LANES * j), even);
            odd = v_fma(w[j + 1], v_load(body + LANES * (j + 1)), odd);
        }
        if (F % 2 != 0)
            even = v_fma(w[F - 1], v_load(body + LANES * (F - 1)), even);
        p->sq[r] = v_sum(v_add(even, odd));
    }
}

/* Logits of ratings [from, to) to squared errors and e_j = (2/B)(ŷ - r)(hi - lo)σ(1 -
 * σ).
 */
INLINE void
rating_errors(const struct cpu_pass *p, uint32_t from, uint32_t to)
{
    for (uint32_t r = from; r < to; r += LANES) {
        lanes l = lanes_first(to - r < LANES ? to - r : LANES);
        vec s = v_sigmoid(v_load_lanes(p->sq + r, l));
        vec y = v_fma(s, v_set1(p->y_range), v_set1(p->y_lo));
        vec miss = v_sub(y, v_load_lanes(p->batch->ratings.stars + r, l));
        vec slope = v_fnma(s, s, s);

        v_store_lanes(p->sq + r, l, v_mul(miss, miss));
        v_store_lanes(p->error + r, l,
                      v_mul(v_mul(v_set1(p->grad_scale), miss), slope));
    }
}

/* m and v of user i with this step's gradient. Rows of later users, whose pages
 * user_pass_of found, are asked for here, where there is least to do for memory: 7 %
 * less time than in user_forward. */
INLINE void
user_backward(const unsigned F, const struct cpu_pass *p, uint32_t i, uint32_t end,
              float mu, float lost_v)
{
    const struct row_shape *s = &p->shape;
    const struct cpu_batch *b = p->batch;
    const lanes factors = lanes_first(s->rest - 1);
    const struct average avg = average_of(p, mu, lost_v);
    const float *far =
        user_record(p, i + USERS_AHEAD < end ? i + USERS_AHEAD : end - 1);
    float *record = user_record(p, i);
    struct row row = row_at(F, record, s);
    vec g[MAX_FULL + 1], m, v;

    fetch_head_far(far, s);
    gradient_clear(F, g);
    for (uint32_t r = b->user_start[i]; r < b->user_start[i + 1]; r++)
        gradient_add(F, g, p->error[r], rated_record(p, r), s, factors);
    for (unsigned j = 0; j < F; j++) {
        unsigned at = LANES * j;

        v_store(row.m + at, average_m(&avg, v_load(row.m + at), g[j]));
        v_store(row.v + at, average_v(&avg, v_load(row.v + at), g[j]));
        fetch_far(far + s->head + at);
        fetch_far(far + s->head + LANES * F + at);
        fetch_far(far + s->head + LANES * 2 * F + at);
    }
    head_average(record, s, row, &avg, g[F], p->t, &m, &v);
}

INLINE void
user_pass_of(const unsigned F, const struct cpu_pass *p, struct team_chunk users)
{
    for (uint32_t from = users.from; from < users.to; from += BLOCK) {
        uint32_t to = users.to - from < BLOCK ? users.to : from + BLOCK;
        uint32_t far = to + USERS_AHEAD < users.end ? to + USERS_AHEAD : users.end;
        float mu[BLOCK], lost_v[BLOCK];

        for (uint32_t i = from + USERS_AHEAD; i < far; i++)
            fetch_pages(user_record(p, i), &p->shape);
        for (uint32_t i = from; i < to; i++)
            user_forward(F, p, i, users.end, &mu[i - from], &lost_v[i - from]);
        rating_errors(p, p->batch->user_start[from], p->batch->user_start[to]);
        for (uint32_t i = from; i < to; i++)
            user_backward(F, p, i, users.end, mu[i - from], lost_v[i - from]);
    }
}

static void
user_pass(const struct cpu_pass *p, struct team_chunk users)
{
    FOR_WIDTH(p->shape.full, user_pass_of, p, users);
}

#endif

/*
 * cpu_kernel_tables.h - all rows of a table: settled weights, and long gaps swept.
 * Part of cpu_kernel_template.h.
 */
#ifndef MLT_DEVICE_CPU_KERNEL_TABLES_H
#define MLT_DEVICE_CPU_KERNEL_TABLES_H

#include "src/device/cpu_kernel_rows.h"

/* The row's weights, as they are with `a` NULL, into (k) weights and the bias. */
INLINE void
settle_row(const unsigned F, const float *record, const struct row_shape *s,
           const struct advance *a, float *weight, float *bias)
{
    const struct row row = row_at(F, (float *)record, s);
    const lanes factors = lanes_first(s->rest - 1);
    float rest[LANES];
    vec w;

    for (unsigned j = 0; j < F; j++) {
        unsigned at = LANES * j;

        w = v_load(row.w + at);
        if (a != NULL)
            w = advance(w, v_load(row.m + at), v_load(row.v + at), a);
        v_storeu(weight + at, w);
    }
    w = v_loadu(row.w_rest);
    if (a != NULL)
        w = advance(w, v_loadu(row.m_rest), v_loadu(row.v_rest), a);
    v_store_lanes(weight + LANES * F, factors, w);
    v_storeu(rest, w);
    *bias = rest[s->rest - 1];
}

INLINE void
settle_of(const unsigned F, const struct cpu_settle *c, uint32_t from, uint32_t to)
{
    const struct row_shape *s = &c->shape;
    _Alignas(64) float copy[3 * LANES * (MAX_FULL + 2)];

    for (uint32_t i = from; i < to; i++) {
        const float *record = c->rows + (size_t)i * s->floats;
        float *weight = c->weight + (size_t)i * s->k;
        struct coef tmp;
        struct advance a;

        if (c->held != NULL && cpu_batcher_has(c->held, i)) {
            settle_row(F, record, s, NULL, weight, &c->bias[i]);
            continue;
        }
        if (catchup_must_hop(c->past, c->t, row_stamp(record, s->rest))) {
            memcpy(copy, record, s->floats * sizeof(*copy));
            leave_stages(copy, s, c->past, c->t);
            record = copy;
        }
        a = advance_of(catchup_at(c->past, c->t, row_stamp(record, s->rest), &tmp));
        settle_row(F, record, s, &a, weight, &c->bias[i]);
    }
}

static void
settle(const struct cpu_settle *s, uint32_t from, uint32_t to)
{
    FOR_WIDTH(s->shape.full, settle_of, s, from, to);
}

/* Nothing is left of m, so that v alone has to be kept. */
static void
sweep_row(float *record, const struct row_shape *s, const struct coef *c,
          uint32_t stamp)
{
    struct row row = row_at(s->full, record, s);
    struct advance a = advance_of(c);
    vec zero = v_set1(0), rho = v_set1(c->rho * (float)ADAM_BETA2), w, m, v;
    lanes rest = lanes_first(s->rest);

    for (unsigned i = 0; i < LANES * s->full; i += LANES) {
        m = v_load(row.m + i);
        v = v_load(row.v + i);
        v_store(row.w + i, advance(v_load(row.w + i), m, v, &a));
        v_store(row.m + i, zero);
        v_store(row.v + i, v_mul(rho, v));
    }
    v = v_load_lanes(row.v_rest, rest);
    m = v_load_lanes(row.m_rest, rest);
    w = advance(v_load_lanes(row.w_rest, rest), m, v, &a);
    v_store_lanes(row.w_rest, rest, w);
    v_store_lanes(row.m_rest, rest, zero);
    v_store_lanes(row.v_rest, rest, v_mul(rho, v));
    row_set_stamp(record, s->rest, stamp);
}

static void
sweep(const struct cpu_settle *c, float *rows, uint32_t from, uint32_t to)
{
    const struct row_shape *s = &c->shape;

    for (uint32_t i = from; i < to; i++) {
        float *record = rows + (size_t)i * s->floats;
        uint32_t stamp = row_stamp(record, s->rest);
        struct coef tmp;

        if (c->t - 2 - stamp <= CATCHUP_GAP || c->t - 2 < stamp ||
            (c->held != NULL && cpu_batcher_has(c->held, i)))
            continue;
        sweep_row(record, s, catchup_at(c->past, c->t - 1, stamp, &tmp), c->t - 1);
    }
}

#endif

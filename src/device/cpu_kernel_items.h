/*
 * cpu_kernel_items.h - phase two of a step: items of the batch end it, and those of the
 * next begin. Part of cpu_kernel_template.h.
 */
#ifndef MLT_DEVICE_CPU_KERNEL_ITEMS_H
#define MLT_DEVICE_CPU_KERNEL_ITEMS_H

#include "src/device/cpu_kernel_rows.h"

INLINE float *
item_record(const struct cpu_pass *p, uint32_t number)
{
    return p->items + (size_t)p->batch->item_row[number] * p->shape.floats;
}

/* The user of the rating at `place` of by_item. */
INLINE float *
rating_user(const struct cpu_pass *p, uint32_t place)
{
    return p->users +
           (size_t)p->batch->ratings.user[p->batch->by_item[place]] * p->shape.floats;
}

/*
 * The gradient is gathered from the users' rows, which still are what the batch was
 * computed with: the user pass wrote weights from before step t. One owner, in batch
 * order: the same bits for any number of threads.
 */
INLINE void
item_gradient(const unsigned F, const struct cpu_pass *p, uint32_t i, vec *g)
{
    const struct cpu_batch *b = p->batch;
    const lanes factors = lanes_first(p->shape.rest - 1);

    gradient_clear(F, g);
    for (uint32_t at = b->item_start[i]; at < b->item_start[i + 1]; at++)
        gradient_add(F, g, p->error[b->by_item[at]], rating_user(p, at), &p->shape,
                     factors);
}

/* m and v of item i with this step's gradient, and w of the next step if it stays. */
INLINE void
item_end_one(const unsigned F, const struct cpu_pass *p, uint32_t i, const float *far,
             const struct advance *next)
{
    const struct row_shape *s = &p->shape;
    float *record = item_record(p, i);
    struct row row = row_at(F, record, s);
    struct coef tmp;
    const bool stays = p->batch->stays[i];
    vec g[MAX_FULL + 1], m, v;

    item_gradient(F, p, i, g);
    const struct coef *c = catchup_at(p->past, p->t, row_stamp(record, s->rest), &tmp);
    const struct average avg = average_of(p, c->mu, c->lost_v);

    fetch_head_far(far, s);
    for (unsigned j = 0; j < F; j++) {
        unsigned at = LANES * j;

        m = average_m(&avg, v_load(row.m + at), g[j]);
        v = average_v(&avg, v_load(row.v + at), g[j]);
        v_store(row.m + at, m);
        v_store(row.v + at, v);
        if (stays)
            v_store(row.w + at, advance(v_load(row.w + at), m, v, next));
        fetch_far(far + s->head + at);
        fetch_far(far + s->head + LANES * F + at);
        fetch_far(far + s->head + LANES * 2 * F + at);
    }
    head_average(record, s, row, &avg, g[F], p->t, &m, &v);
    if (stays)
        v_store_lanes(row.w_rest, lanes_first(s->rest),
                      advance(v_loadu(row.w_rest), m, v, next));
}

INLINE void
item_end_of(const unsigned F, const struct cpu_pass *p, struct team_chunk items)
{
    const struct cpu_batch *b = p->batch;
    struct coef tmp;
    const struct advance next = advance_of(catchup_at(p->past, p->t + 1, p->t, &tmp));

    for (uint32_t i = items.from; i < items.to; i++) {
        uint32_t last = items.end - 1;
        uint32_t near = i + GATHER_AHEAD < items.end ? i + GATHER_AHEAD : last;
        uint32_t far = i + ITEMS_AHEAD < items.end ? i + ITEMS_AHEAD : last;

        for (uint32_t at = b->item_start[near]; at < b->item_start[near + 1]; at++)
            fetch_weights(F, rating_user(p, at), &p->shape);

        item_end_one(F, p, i, item_record(p, far), &next);
    }
}

static void
item_end(const struct cpu_pass *p, struct team_chunk items)
{
    FOR_WIDTH(p->shape.full, item_end_of, p, items);
}

/* w of one entering item, at step t. */
INLINE void
item_begin_one(const unsigned F, const struct cpu_pass *p, uint32_t i, const float *far)
{
    const struct row_shape *s = &p->shape;
    const lanes rest = lanes_first(s->rest);
    float *record = item_record(p, i);
    struct row row = row_at(F, record, s);
    struct coef tmp;
    struct advance a = advance_of(coef_for(record, s, p->past, p->t, &tmp));

    fetch_head_far(far, s);
    for (unsigned j = 0; j < F; j++) {
        unsigned at = LANES * j;

        v_store(row.w + at, advance(v_load(row.w + at), v_load(row.m + at),
                                    v_load(row.v + at), &a));
        fetch_far(far + s->head + at);
        fetch_far(far + s->head + LANES * F + at);
        fetch_far(far + s->head + LANES * 2 * F + at);
    }
    v_store_lanes(
        row.w_rest, rest,
        advance(v_loadu(row.w_rest), v_loadu(row.m_rest), v_loadu(row.v_rest), &a));
}

INLINE void
item_begin_of(const unsigned F, const struct cpu_pass *p, struct team_chunk entering)
{
    const uint32_t *number = p->batch->entering;

    for (uint32_t i = entering.from; i < entering.to; i++) {
        uint32_t far = i + ENTERING_AHEAD;

        far = far < entering.end ? far : entering.end - 1;
        item_begin_one(F, p, number[i], item_record(p, number[far]));
    }
}

static void
item_begin(const struct cpu_pass *p, struct team_chunk entering)
{
    FOR_WIDTH(p->shape.full, item_begin_of, p, entering);
}

#endif

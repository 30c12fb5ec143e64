/*
 * cpu_kernel_rows.h - what all inner loops do with a row: fetch it, catch it up, let
 * its averages take in a gradient. Part of cpu_kernel_template.h.
 *
 * Every loop over a row takes F, the number of its whole vectors, as an argument of a
 * function that is always inlined: FOR_WIDTH makes a copy for each common k, in which
 * the row stays in registers, and one for all others.
 */
#ifndef MLT_DEVICE_CPU_KERNEL_ROWS_H
#define MLT_DEVICE_CPU_KERNEL_ROWS_H

#include "src/device/cpu_kernel.h"

#define INLINE   static inline __attribute__((always_inline))
#define MAX_FULL (MODEL_MAX_FACTORS / LANES)

/* Call fn(F, …) through a copy of it for k = 16 … 31, 32 … 47, 48 … 63, 64 …, 96 …,
 * 128 …, 192 …, 256 …, in which F is a constant, and one for all others. */
#define FOR_WIDTH(F, fn, ...)    \
    do {                         \
        switch (F) {             \
        case 1:                  \
            fn(1, __VA_ARGS__);  \
            break;               \
        case 2:                  \
            fn(2, __VA_ARGS__);  \
            break;               \
        case 3:                  \
            fn(3, __VA_ARGS__);  \
            break;               \
        case 4:                  \
            fn(4, __VA_ARGS__);  \
            break;               \
        case 6:                  \
            fn(6, __VA_ARGS__);  \
            break;               \
        case 8:                  \
            fn(8, __VA_ARGS__);  \
            break;               \
        case 12:                 \
            fn(12, __VA_ARGS__); \
            break;               \
        case 16:                 \
            fn(16, __VA_ARGS__); \
            break;               \
        default:                 \
            fn(F, __VA_ARGS__);  \
        }                        \
    } while (0)

/* ---- fetching ahead ------------------------------------------------------------- */

/* Rows come from memory, whole, in time; to the second cache, which can wait for more
 * lines at once than the first. */
enum {
    USERS_AHEAD = 16,   /* rows of users that a batch will step: two blocks */
    ENTERING_AHEAD = 6, /* rows of items that enter */
    ITEMS_AHEAD = 4,    /* rows of items that end */
    GATHER_AHEAD = 2,   /* items between fetching their users' weights and use */
    RATED_AHEAD = 3     /* users between fetching their first item and use */
};

INLINE void
fetch_far(const float *p)
{
    __builtin_prefetch(p, 0, 2);
}

INLINE void
fetch_near(const float *p)
{
    __builtin_prefetch(p, 0, 3);
}

INLINE void
fetch_head_far(const float *row, const struct row_shape *s)
{
    for (unsigned i = 0; i < s->head; i += LANES)
        fetch_far(row + i);
}

/* Have the pages of a row found. An instruction that fetches waits for its page, and in
 * a table of hundreds of megabytes each row lies in another: asked for one after the
 * other, with nothing between, the pages of several rows are found at once. */
INLINE void
fetch_pages(const float *row, const struct row_shape *s)
{
    fetch_far(row);
    fetch_far(row + s->floats - 1);
}

/* The weights of a row, which others read. */
INLINE void
fetch_weights(const unsigned F, const float *row, const struct row_shape *s)
{
    fetch_near(row);
    for (unsigned j = 0; j < F; j++)
        fetch_near(row + s->head + LANES * j);
}

/* ---- a row ---------------------------------------------------------------------- */

/* The body's vectors of a record, and what is in its head. */
struct row {
    float *w, *m, *v;                /* body */
    float *w_rest, *m_rest, *v_rest; /* head */
};

INLINE struct row
row_at(const unsigned F, float *row, const struct row_shape *s)
{
    float *body = row + s->head;

    return (struct row){ body, body + LANES * F, body + LANES * 2 * F,
                         row,  row + s->rest,    row + 2 * s->rest };
}

/* Coefficients in all lanes. */
struct advance {
    vec lost, n0, n1, n2, P, Q, B;
};

INLINE struct advance
advance_of(const struct coef *c)
{
    return (struct advance){ v_set1(c->lost), v_set1(c->n0), v_set1(c->n1),
                             v_set1(c->n2),   v_set1(c->P),  v_set1(c->Q),
                             v_set1(c->B) };
}

/* The formula of cpu_catchup.h. */
INLINE vec
advance(vec w, vec m, vec v, const struct advance *a)
{
    const vec one = v_set1(1);
    vec r = v_sqrt(v);
    vec num = v_fma(v, a->n2, v_fma(r, a->n1, a->n0));
    vec den = v_mul(v_fma(v, a->P, v_fma(r, a->Q, one)), v_fma(r, a->B, one));

    return v_sub(w, v_fma(m, v_div(num, den), v_mul(w, a->lost)));
}

/*
 * How m and v take in a gradient: m = keep_m m + take_m g, v = v + take_v g² - lost_v
 * v. A float .99 is 1e-8 more than .99: as a factor of v it would forget a millionth
 * less than take_v takes in, and all steps would be too short by half as much.
 */
struct average {
    vec keep_m, take_m, lost_v, take_v;
};

INLINE struct average
average_of(const struct cpu_pass *p, float mu, float lost_v)
{
    return (struct average){ v_set1(mu * p->mom), v_set1(1 - p->mom), v_set1(lost_v),
                             v_set1((float)(1 - ADAM_BETA2)) };
}

INLINE vec
average_m(const struct average *a, vec m, vec g)
{
    return v_fma(a->keep_m, m, v_mul(a->take_m, g));
}

INLINE vec
average_v(const struct average *a, vec v, vec g)
{
    return v_fnma(a->lost_v, v, v_fma(a->take_v, v_mul(g, g), v));
}

/* Take a row out of the early stages that are over before step t: rare, so a plain
 * loop for all k. */
static __attribute__((noinline)) void
leave_stages(float *record, const struct row_shape *s, const struct catchup *past,
             uint32_t t)
{
    struct row row = row_at(s->full, record, s);
    lanes rest = lanes_first(s->rest);
    uint32_t stamp = row_stamp(record, s->rest);

    while (catchup_must_hop(past, t, stamp)) {
        const struct coef *c = &past->early[stamp];
        struct advance a = advance_of(c);
        vec mu = v_set1(c->mu), rho = v_set1(c->rho), m, v, w;

        for (unsigned i = 0; i < LANES * s->full; i += LANES) {
            m = v_load(row.m + i);
            v = v_load(row.v + i);
            v_store(row.w + i, advance(v_load(row.w + i), m, v, &a));
            v_store(row.m + i, v_mul(mu, m));
            v_store(row.v + i, v_mul(rho, v));
        }
        m = v_load_lanes(row.m_rest, rest);
        v = v_load_lanes(row.v_rest, rest);
        w = advance(v_load_lanes(row.w_rest, rest), m, v, &a);
        v_store_lanes(row.w_rest, rest, w);
        v_store_lanes(row.m_rest, rest, v_mul(mu, m));
        v_store_lanes(row.v_rest, rest, v_mul(rho, v));
        stamp = past->stage_end[stamp];
    }
    row_set_stamp(record, s->rest, stamp);
}

/* Coefficients for reading a record at step t, after it has left its early stages. */
INLINE const struct coef *
coef_for(float *record, const struct row_shape *s, const struct catchup *past,
         uint32_t t, struct coef *tmp)
{
    uint32_t stamp = row_stamp(record, s->rest);

    if (__builtin_expect(catchup_must_hop(past, t, stamp), 0)) {
        leave_stages(record, s, past, t);
        stamp = row_stamp(record, s->rest);
    }
    return catchup_at(past, t, stamp, tmp);
}

/* ---- a gradient ----------------------------------------------------------------- */

/* g (F + 1 vectors) += e times a weight row; the bias's share is e itself. */
INLINE void
gradient_add(const unsigned F, vec *g, float e, const float *record,
             const struct row_shape *s, lanes factors)
{
    const float *body = record + s->head;
    const vec ev = v_set1(e);

    for (unsigned j = 0; j < F; j++)
        g[j] = v_fma(ev, v_load(body + LANES * j), g[j]);
    g[F] = v_fma(ev, v_pick(factors, v_load_lanes(record, factors), v_set1(1)), g[F]);
}

INLINE void
gradient_clear(const unsigned F, vec *g)
{
    for (unsigned j = 0; j <= F; j++)
        g[j] = v_set1(0);
}

/* New m and v of the head, and the stamp. */
INLINE void
head_average(float *record, const struct row_shape *s, struct row row,
             const struct average *avg, vec g, uint32_t t, vec *ret_m, vec *ret_v)
{
    const lanes rest = lanes_first(s->rest);
    vec m = average_m(avg, v_loadu(row.m_rest), g);
    vec v = average_v(avg, v_loadu(row.v_rest), g);

    v_store_lanes(row.m_rest, rest, m);
    v_store_lanes(row.v_rest, rest, v);
    row_set_stamp(record, s->rest, t);
    *ret_m = m;
    *ret_v = v;
}

#endif

/*
 * cpu_kernel_template.h - the inner loops of the fast CPU devices, written once over
 * vectors of sixteen floats. cpu_kernel_*.c includes it after its cpu_simd_*.h and is
 * built with that instruction set's flags.
 *
 * Every loop over a row takes F, the number of its whole vectors, as an argument of a
 * function that is always inlined: FOR_WIDTH makes a copy for each common k, in which
 * the row stays in registers, and one for all others.
 */
#include "src/device/cpu_kernel.h"

#include "src/device/cpu_catchup_loops.h"

#include <math.h>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

#define INLINE   static inline __attribute__((always_inline))
#define MAX_FULL (MODEL_MAX_FACTORS / LANES)

/* k = 16 … 31, 32 … 47, 48 … 63, 64 …, 96 …, 128 …, 192 …, 256 … and the rest. */
#define FOR_WIDTH(F, call, ...)    \
    do {                           \
        switch (F) {               \
        case 1:                    \
            call(1, __VA_ARGS__);  \
            break;                 \
        case 2:                    \
            call(2, __VA_ARGS__);  \
            break;                 \
        case 3:                    \
            call(3, __VA_ARGS__);  \
            break;                 \
        case 4:                    \
            call(4, __VA_ARGS__);  \
            break;                 \
        case 6:                    \
            call(6, __VA_ARGS__);  \
            break;                 \
        case 8:                    \
            call(8, __VA_ARGS__);  \
            break;                 \
        case 12:                   \
            call(12, __VA_ARGS__); \
            break;                 \
        case 16:                   \
            call(16, __VA_ARGS__); \
            break;                 \
        default:                   \
            call(F, __VA_ARGS__);  \
            break;                 \
        }                          \
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

/* How m and v take in a gradient: m = keep_m m + take_m g, v = keep_v v + take_v g². */
struct average {
    vec keep_m, take_m, keep_v, take_v;
};

INLINE struct average
average_of(const struct cpu_pass *p, float mu, float rho)
{
    return (struct average){ v_set1(mu * p->mom), v_set1(1 - p->mom),
                             v_set1(rho * (float)ADAM_BETA2),
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
    return v_fma(a->keep_v, v, v_mul(a->take_v, v_mul(g, g)));
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

/* ---- ŷ -------------------------------------------------------------------------- */

/* e^x for |x| <= 80: 2^n e^f with |f| <= ln 2 / 2 and the polynomial of Cephes's expf
 * (Moshier 1989, https://www.netlib.org/cephes/); 2 ulp. */
INLINE vec
v_exp(vec x)
{
    vec n = v_round(v_mul(x, v_set1(1.44269504f)));
    vec f = v_fnma(n, v_set1(-2.12194440e-4f), v_fnma(n, v_set1(0.693359375f), x));
    vec p = v_set1(1.9875691500e-4f);

    p = v_fma(p, f, v_set1(1.3981999507e-3f));
    p = v_fma(p, f, v_set1(8.3334519073e-3f));
    p = v_fma(p, f, v_set1(4.1665795894e-2f));
    p = v_fma(p, f, v_set1(1.6666665459e-1f));
    p = v_fma(p, f, v_set1(0.5f));
    p = v_fma(v_mul(f, f), p, v_add(f, v_set1(1)));
    return v_scale(p, n);
}

INLINE vec
v_sigmoid(vec x)
{
    vec y = v_at_least(-80, v_at_most(80, v_sub(v_set1(0), x)));

    return v_div(v_set1(1), v_add(v_set1(1), v_exp(y)));
}

/* ---- users ---------------------------------------------------------------------- */

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
 * still have to lose goes to *ret_mu and *ret_rho.
 */
INLINE void
user_forward(const unsigned F, const struct cpu_pass *p, uint32_t i, uint32_t end,
             float *ret_mu, float *ret_rho)
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
    *ret_rho = c->rho;
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

/* m and v of user i with this step's gradient. Rows of later users are asked for here,
 * where there is least to do for memory: 7 % less time than in user_forward. */
INLINE void
user_backward(const unsigned F, const struct cpu_pass *p, uint32_t i, uint32_t end,
              float mu, float rho)
{
    const struct row_shape *s = &p->shape;
    const struct cpu_batch *b = p->batch;
    const lanes factors = lanes_first(s->rest - 1);
    const struct average avg = average_of(p, mu, rho);
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
        float mu[BLOCK], rho[BLOCK];

        for (uint32_t i = from; i < to; i++)
            user_forward(F, p, i, users.end, &mu[i - from], &rho[i - from]);
        rating_errors(p, p->batch->user_start[from], p->batch->user_start[to]);
        for (uint32_t i = from; i < to; i++)
            user_backward(F, p, i, users.end, mu[i - from], rho[i - from]);
    }
}

static void
user_pass(const struct cpu_pass *p, struct team_chunk users)
{
    FOR_WIDTH(p->shape.full, user_pass_of, p, users);
}

/* ---- items ---------------------------------------------------------------------- */

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
    const struct average avg = average_of(p, c->mu, c->rho);

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

/* ---- all rows of a table -------------------------------------------------------- */

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

/* ---- evaluation ----------------------------------------------------------------- */

enum { EVAL_LIST = 512, EVAL_AHEAD = 8 };

/* Held-out ratings that wait to be judged. */
struct eval_list {
    unsigned n;
    uint32_t user[EVAL_LIST + EVAL_AHEAD], item[EVAL_LIST + EVAL_AHEAD];
    float stars[EVAL_LIST];
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
eval_judge(const unsigned F, const struct model *m, struct eval_list *list,
           struct eval *sum)
{
    float logit[LANES];

    for (unsigned i = 0; i < EVAL_AHEAD; i++)
        list->item[list->n + i] = list->item[0];
    for (unsigned i = 0; i < list->n; i += LANES) {
        unsigned n = list->n - i < LANES ? list->n - i : LANES;

        for (unsigned j = 0; j < n; j++) {
            const float *far = m->I + (size_t)list->item[i + j + EVAL_AHEAD] * m->k;

            for (unsigned f = 0; f < m->k; f += LANES)
                fetch_near(far + f);
            logit[j] = eval_logit(F, m, list->user[i + j], list->item[i + j]);
        }
        eval_errors(m, logit, list->stars + i, n, sum);
    }
    list->n = 0;
}

INLINE void
evaluate_of(const unsigned F, const struct model *m, const struct ratings *r,
            uint32_t from, uint32_t to, struct eval *ret)
{
    struct eval_list list = { 0 };
    struct eval sum = { 0 };

    for (uint32_t u = from; u < to; u++)
        for (size_t at = r->start[u]; at < r->start[u + 1]; at++) {
            if (!ratings_held_out(r, at))
                continue;
            list.user[list.n] = u;
            list.item[list.n] = ratings_item(r, at);
            list.stars[list.n++] = ratings_stars(r, at);
            if (list.n == EVAL_LIST)
                eval_judge(F, m, &list, &sum);
        }
    if (list.n > 0)
        eval_judge(F, m, &list, &sum);
    *ret = sum;
}

static void
evaluate(const struct model *m, const struct ratings *r, uint32_t from, uint32_t to,
         struct eval *ret)
{
    FOR_WIDTH(m->k / LANES, evaluate_of, m, r, from, to, ret);
}

/* ---- the thread's mode ---------------------------------------------------------- */

#if defined(__x86_64__)
#define FLUSH_TINY 0x8040u /* flush results and take operands as 0 */

static unsigned
flush_tiny(void)
{
    unsigned mode = _mm_getcsr();

    _mm_setcsr(mode | FLUSH_TINY);
    return mode;
}

static void
restore(unsigned mode)
{
    _mm_setcsr(mode);
}
#else
static unsigned
flush_tiny(void)
{
    return 0;
}

static void
restore(unsigned mode)
{
    (void)mode;
}
#endif

const struct cpu_kernel KERNEL = {
    .user_pass = user_pass,
    .item_end = item_end,
    .item_begin = item_begin,
    .settle = settle,
    .sweep = sweep,
    .evaluate = evaluate,
    .advance = gap_table_advance,
    .flush_tiny = flush_tiny,
    .restore = restore,
};

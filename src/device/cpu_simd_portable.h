/*
 * cpu_simd_portable.h - sixteen floats as four of the four-float vectors that every
 * compiler of GNU C has and nearly every processor can do (SSE2, NEON); what the names
 * mean is said in cpu_simd_avx512.h.
 */
#ifndef MLT_DEVICE_CPU_SIMD_PORTABLE_H
#define MLT_DEVICE_CPU_SIMD_PORTABLE_H

#include <math.h>
#include <stdint.h>
#include <string.h>

typedef float quad __attribute__((vector_size(16)));
typedef int32_t quad_bits __attribute__((vector_size(16)));

typedef struct {
    quad q[4];
} vec;

typedef struct {
    quad_bits q[4]; /* all bits of a lane set, or none */
    unsigned n;
} lanes;

static inline lanes
lanes_first(unsigned n)
{
    lanes l = { .n = n };

    for (unsigned i = 0; i < 4; i++)
        for (unsigned j = 0; j < 4; j++)
            l.q[i][j] = 4 * i + j < n ? -1 : 0;
    return l;
}

static inline vec
v_set1(float x)
{
    quad q = { x, x, x, x };

    return (vec){ { q, q, q, q } };
}

/* Four at a time: a copy of the whole struct would go through the stack. */
static inline vec
v_loadu(const float *p)
{
    vec x;

    for (int i = 0; i < 4; i++)
        memcpy(&x.q[i], p + 4 * i, sizeof(x.q[i]));
    return x;
}

static inline vec
v_load(const float *p)
{
    return v_loadu(__builtin_assume_aligned(p, 64));
}

static inline vec
v_load_lanes(const float *p, lanes l)
{
    vec x = { 0 };

    memcpy(&x, p, l.n * sizeof(*p));
    return x;
}

static inline void
v_storeu(float *p, vec x)
{
    for (int i = 0; i < 4; i++)
        memcpy(p + 4 * i, &x.q[i], sizeof(x.q[i]));
}

static inline void
v_store(float *p, vec x)
{
    v_storeu(__builtin_assume_aligned(p, 64), x);
}

static inline void
v_store_lanes(float *p, lanes l, vec x)
{
    memcpy(p, &x, l.n * sizeof(*p));
}

static inline vec
v_pick(lanes l, vec x, vec y)
{
    for (int i = 0; i < 4; i++)
        x.q[i] = (quad)(((quad_bits)x.q[i] & l.q[i]) | ((quad_bits)y.q[i] & ~l.q[i]));
    return x;
}

static inline vec
v_add(vec x, vec y)
{
    for (int i = 0; i < 4; i++)
        x.q[i] += y.q[i];
    return x;
}

static inline vec
v_sub(vec x, vec y)
{
    for (int i = 0; i < 4; i++)
        x.q[i] -= y.q[i];
    return x;
}

static inline vec
v_mul(vec x, vec y)
{
    for (int i = 0; i < 4; i++)
        x.q[i] *= y.q[i];
    return x;
}

static inline vec
v_div(vec x, vec y)
{
    for (int i = 0; i < 4; i++)
        x.q[i] /= y.q[i];
    return x;
}

static inline vec
v_fma(vec x, vec y, vec z)
{
    for (int i = 0; i < 4; i++)
        z.q[i] += x.q[i] * y.q[i];
    return z;
}

static inline vec
v_fnma(vec x, vec y, vec z)
{
    for (int i = 0; i < 4; i++)
        z.q[i] -= x.q[i] * y.q[i];
    return z;
}

static inline vec
v_sqrt(vec x)
{
    for (int i = 0; i < 4; i++)
        x.q[i] = (quad){ sqrtf(x.q[i][0]), sqrtf(x.q[i][1]), sqrtf(x.q[i][2]),
                         sqrtf(x.q[i][3]) };
    return x;
}

/* A comparison with NaN is false, which leaves it. */
static inline vec
v_at_most(float bound, vec x)
{
    quad b = { bound, bound, bound, bound };

    for (int i = 0; i < 4; i++) {
        quad_bits over = b < x.q[i];

        x.q[i] = (quad)(((quad_bits)b & over) | ((quad_bits)x.q[i] & ~over));
    }
    return x;
}

static inline vec
v_at_least(float bound, vec x)
{
    quad b = { bound, bound, bound, bound };

    for (int i = 0; i < 4; i++) {
        quad_bits under = b > x.q[i];

        x.q[i] = (quad)(((quad_bits)b & under) | ((quad_bits)x.q[i] & ~under));
    }
    return x;
}

/* Adding 1.5 * 2^23 leaves no bits for a fraction. */
static inline vec
v_round(vec x)
{
    const vec big = v_set1(12582912.0f);

    return v_sub(v_add(x, big), big);
}

/* 2^n put together from its exponent bits. */
static inline vec
v_scale(vec x, vec n)
{
    for (int i = 0; i < 4; i++) {
        quad_bits e = (__builtin_convertvector(n.q[i], quad_bits) + 127) << 23;

        x.q[i] *= (quad)e;
    }
    return x;
}

static inline float
v_sum(vec x)
{
    quad s = (x.q[0] + x.q[2]) + (x.q[1] + x.q[3]);

    return (s[0] + s[2]) + (s[1] + s[3]);
}

#endif

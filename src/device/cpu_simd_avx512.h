/*
 * cpu_simd_avx512.h - sixteen floats as one AVX-512 register. The other two
 * cpu_simd_*.h have the same names; what they mean is said here.
 */
#ifndef MLT_DEVICE_CPU_SIMD_AVX512_H
#define MLT_DEVICE_CPU_SIMD_AVX512_H

#include <immintrin.h>

typedef __m512 vec;

/* The first n of the sixteen lanes. */
typedef __mmask16 lanes;

static inline lanes
lanes_first(unsigned n)
{
    return (lanes)((1u << n) - 1);
}

static inline vec
v_set1(float x)
{
    return _mm512_set1_ps(x);
}

/* Aligned to 64 bytes, or anywhere; only the lanes of l (others 0) where one is given:
 * memory of the other lanes is not touched. */
static inline vec
v_load(const float *p)
{
    return _mm512_load_ps(p);
}

static inline vec
v_loadu(const float *p)
{
    return _mm512_loadu_ps(p);
}

static inline vec
v_load_lanes(const float *p, lanes l)
{
    return _mm512_maskz_loadu_ps(l, p);
}

static inline void
v_store(float *p, vec x)
{
    _mm512_store_ps(p, x);
}

static inline void
v_storeu(float *p, vec x)
{
    _mm512_storeu_ps(p, x);
}

static inline void
v_store_lanes(float *p, lanes l, vec x)
{
    _mm512_mask_storeu_ps(p, l, x);
}

/* x in the lanes of l, y in the others. */
static inline vec
v_pick(lanes l, vec x, vec y)
{
    return _mm512_mask_mov_ps(y, l, x);
}

static inline vec
v_add(vec a, vec b)
{
    return _mm512_add_ps(a, b);
}

static inline vec
v_sub(vec a, vec b)
{
    return _mm512_sub_ps(a, b);
}

static inline vec
v_mul(vec a, vec b)
{
    return _mm512_mul_ps(a, b);
}

static inline vec
v_div(vec a, vec b)
{
    return _mm512_div_ps(a, b);
}

/* a b + c */
static inline vec
v_fma(vec a, vec b, vec c)
{
    return _mm512_fmadd_ps(a, b, c);
}

/* c - a b */
static inline vec
v_fnma(vec a, vec b, vec c)
{
    return _mm512_fnmadd_ps(a, b, c);
}

static inline vec
v_sqrt(vec x)
{
    return _mm512_sqrt_ps(x);
}

/* x bounded from above, from below: the bound comes first, so that a NaN in x stays. */
static inline vec
v_at_most(float bound, vec x)
{
    return _mm512_min_ps(_mm512_set1_ps(bound), x);
}

static inline vec
v_at_least(float bound, vec x)
{
    return _mm512_max_ps(_mm512_set1_ps(bound), x);
}

/* To the nearest whole number. */
static inline vec
v_round(vec x)
{
    return _mm512_roundscale_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}

/* x 2^n for whole |n| <= 120. */
static inline vec
v_scale(vec x, vec n)
{
    return _mm512_scalef_ps(x, n);
}

/* Sum of the lanes, in one fixed order. */
static inline float
v_sum(vec x)
{
    return _mm512_reduce_add_ps(x);
}

#endif

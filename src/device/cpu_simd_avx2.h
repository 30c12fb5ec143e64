/* cpu_simd_avx2.h - sixteen floats as two AVX registers, with FMA; what the names mean
 * is said in cpu_simd_avx512.h. */
#ifndef MLT_DEVICE_CPU_SIMD_AVX2_H
#define MLT_DEVICE_CPU_SIMD_AVX2_H

#include <immintrin.h>
#include <stdint.h>

typedef struct {
    __m256 a, b;
} vec;

typedef struct {
    __m256 a, b; /* all bits of a lane set, or none */
} lanes;

static inline lanes
lanes_first(unsigned n)
{
    static const int32_t window[32] = { -1, -1, -1, -1, -1, -1, -1, -1,
                                        -1, -1, -1, -1, -1, -1, -1, -1 };
    const float *p = (const float *)(window + LANES - n);

    return (lanes){ _mm256_loadu_ps(p), _mm256_loadu_ps(p + 8) };
}

static inline vec
v_set1(float x)
{
    return (vec){ _mm256_set1_ps(x), _mm256_set1_ps(x) };
}

static inline vec
v_load(const float *p)
{
    return (vec){ _mm256_load_ps(p), _mm256_load_ps(p + 8) };
}

static inline vec
v_loadu(const float *p)
{
    return (vec){ _mm256_loadu_ps(p), _mm256_loadu_ps(p + 8) };
}

static inline vec
v_load_lanes(const float *p, lanes l)
{
    return (vec){ _mm256_maskload_ps(p, _mm256_castps_si256(l.a)),
                  _mm256_maskload_ps(p + 8, _mm256_castps_si256(l.b)) };
}

static inline void
v_store(float *p, vec x)
{
    _mm256_store_ps(p, x.a);
    _mm256_store_ps(p + 8, x.b);
}

static inline void
v_storeu(float *p, vec x)
{
    _mm256_storeu_ps(p, x.a);
    _mm256_storeu_ps(p + 8, x.b);
}

static inline void
v_store_lanes(float *p, lanes l, vec x)
{
    _mm256_maskstore_ps(p, _mm256_castps_si256(l.a), x.a);
    _mm256_maskstore_ps(p + 8, _mm256_castps_si256(l.b), x.b);
}

static inline vec
v_pick(lanes l, vec x, vec y)
{
    return (vec){ _mm256_blendv_ps(y.a, x.a, l.a), _mm256_blendv_ps(y.b, x.b, l.b) };
}

/* Both halves of what an instruction makes of one, two, three vectors. */
#define V_OF_1(name, op)                  \
    static inline vec name(vec x)         \
    {                                     \
        return (vec){ op(x.a), op(x.b) }; \
    }
#define V_OF_2(name, op)                            \
    static inline vec name(vec x, vec y)            \
    {                                               \
        return (vec){ op(x.a, y.a), op(x.b, y.b) }; \
    }
#define V_OF_3(name, op)                                      \
    static inline vec name(vec x, vec y, vec z)               \
    {                                                         \
        return (vec){ op(x.a, y.a, z.a), op(x.b, y.b, z.b) }; \
    }

V_OF_1(v_sqrt, _mm256_sqrt_ps)
V_OF_2(v_add, _mm256_add_ps)
V_OF_2(v_sub, _mm256_sub_ps)
V_OF_2(v_mul, _mm256_mul_ps)
V_OF_2(v_div, _mm256_div_ps)
V_OF_3(v_fma, _mm256_fmadd_ps)
V_OF_3(v_fnma, _mm256_fnmadd_ps)

static inline vec
v_at_most(float bound, vec x)
{
    __m256 b = _mm256_set1_ps(bound);

    return (vec){ _mm256_min_ps(b, x.a), _mm256_min_ps(b, x.b) };
}

static inline vec
v_at_least(float bound, vec x)
{
    __m256 b = _mm256_set1_ps(bound);

    return (vec){ _mm256_max_ps(b, x.a), _mm256_max_ps(b, x.b) };
}

static inline vec
v_round(vec x)
{
    enum { NEAREST = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC };

    return (vec){ _mm256_round_ps(x.a, NEAREST), _mm256_round_ps(x.b, NEAREST) };
}

/* 2^n put together from its exponent bits. */
static inline __m256
exp2_whole(__m256 n)
{
    __m256i e = _mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127));

    return _mm256_castsi256_ps(_mm256_slli_epi32(e, 23));
}

static inline vec
v_scale(vec x, vec n)
{
    return v_mul(x, (vec){ exp2_whole(n.a), exp2_whole(n.b) });
}

static inline float
v_sum(vec x)
{
    __m256 s = _mm256_add_ps(x.a, x.b);
    __m128 q = _mm_add_ps(_mm256_castps256_ps128(s), _mm256_extractf128_ps(s, 1));

    q = _mm_add_ps(q, _mm_movehl_ps(q, q));
    return _mm_cvtss_f32(_mm_add_ss(q, _mm_movehdup_ps(q)));
}

#endif

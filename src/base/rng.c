/* rng.c - counter-based random numbers; see rng.h. */
#include "config.h"

#include "src/base/rng.h"

#include <math.h>
#include <string.h>

#include <Random123/philox.h>

#ifdef CPU_X86
#include <immintrin.h>
#endif

struct rng_block
rng_at(uint64_t seed, uint32_t stream, uint64_t a, uint32_t b)
{
    philox4x32_ctr_t ctr = { { (uint32_t)a, (uint32_t)(a >> 32), b, stream } };
    philox4x32_key_t key = { { (uint32_t)seed, (uint32_t)(seed >> 32) } };
    philox4x32_ctr_t out = philox4x32(ctr, key);

    return (struct rng_block){ { out.v[0], out.v[1], out.v[2], out.v[3] } };
}

#ifdef CPU_X86

/* Where the 32-bit words of two vectors sit in the low halves of 64-bit lanes: lane by
 * lane, the words of x below those of y. */
__attribute__((target("avx2"))) static inline __m256i
join(__m256i x, __m256i y)
{
    return _mm256_blend_epi32(x, _mm256_slli_epi64(y, 32), 0xaa);
}

/*
 * Four blocks at once, a counter word in the low half of each 64-bit lane: a widening
 * multiply reads the low halves only, so the high halves may hold anything. This is
 * worth a second form, since drawing an epoch takes two words a rating.
 */
__attribute__((target("avx2"))) static void
fill_by_four(uint64_t seed, uint32_t stream, uint64_t a, uint32_t b, size_t n,
             uint32_t *ret)
{
    const __m256i m0 = _mm256_set1_epi64x(PHILOX_M4x32_0);
    const __m256i m1 = _mm256_set1_epi64x(PHILOX_M4x32_1);

    for (size_t i = 0; i < n; i += 4) {
        __m256i x0 = _mm256_add_epi64(_mm256_set1_epi64x((int64_t)(a + i)),
                                      _mm256_setr_epi64x(0, 1, 2, 3));
        __m256i x1 = _mm256_srli_epi64(x0, 32);
        __m256i x2 = _mm256_set1_epi64x(b), x3 = _mm256_set1_epi64x(stream);
        uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
        __m256i lo, hi;

        for (int round = 0; round < philox4x32_rounds; round++) {
            __m256i p0 = _mm256_mul_epu32(x0, m0), p1 = _mm256_mul_epu32(x2, m1);

            x0 = _mm256_xor_si256(_mm256_srli_epi64(p1, 32),
                                  _mm256_xor_si256(x1, _mm256_set1_epi64x(k0)));
            x2 = _mm256_xor_si256(_mm256_srli_epi64(p0, 32),
                                  _mm256_xor_si256(x3, _mm256_set1_epi64x(k1)));
            x1 = p1;
            x3 = p0;
            k0 += PHILOX_W32_0;
            k1 += PHILOX_W32_1;
        }
        x0 = join(x0, x1); /* words 0 and 1 of blocks 0 … 3 */
        x2 = join(x2, x3);
        lo = _mm256_unpacklo_epi64(x0, x2); /* blocks 0 and 2 */
        hi = _mm256_unpackhi_epi64(x0, x2); /* blocks 1 and 3 */
        _mm256_storeu_si256((__m256i *)(ret + 4 * i),
                            _mm256_permute2x128_si256(lo, hi, 0x20));
        _mm256_storeu_si256((__m256i *)(ret + 4 * i + 8),
                            _mm256_permute2x128_si256(lo, hi, 0x31));
    }
}

#endif

void
rng_fill(uint64_t seed, uint32_t stream, uint64_t a, uint32_t b, size_t n,
         uint32_t *ret)
{
    size_t i = 0;

#ifdef CPU_X86
    if (__builtin_cpu_supports("avx2")) {
        i = n - n % 4;
        fill_by_four(seed, stream, a, b, i, ret);
    }
#endif
    for (; i < n; i++) {
        struct rng_block r = rng_at(seed, stream, a + i, b);

        memcpy(ret + 4 * i, r.v, sizeof(r.v));
    }
}

void
rng_normal2(struct rng_block r, double ret[2])
{
    double u = 1.0 - rng_unit(r.v[0], r.v[1]); /* (0, 1]: the logarithm is finite */
    double angle = 2 * M_PI * rng_unit(r.v[2], r.v[3]);
    double radius = sqrt(-2.0 * log(u));

    ret[0] = radius * cos(angle);
    ret[1] = radius * sin(angle);
}

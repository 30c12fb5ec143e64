/*
 * rng.h - counter-based random numbers: Philox4x32-10 (Salmon et al. 2011,
 * doi:10.1145/2063384.2063405), from the Random123 library.
 *
 * A number is a pure function of (seed, stream, a, b): no state, any order, any
 * thread. Each use draws from a stream of its own, so that one never disturbs
 * another and an epoch's order needs no saved state.
 */
#ifndef MLT_BASE_RNG_H
#define MLT_BASE_RNG_H

#include <stddef.h>
#include <stdint.h>

enum rng_stream {
    RNG_SPLIT = 1,     /* which ratings are held out; a = position in the file */
    RNG_INIT,          /* initial weights; a = element of the arena */
    RNG_SHUFFLE,       /* batches of an epoch; b = epoch */
    RNG_REPAIR,        /* levelling of the batches; b = epoch */
    RNG_BOOTSTRAP,     /* draws with replacement; b = epoch */
    RNG_FINDER,        /* added to any of the above by the learning-rate finder */
    RNG_EVALUATE = 32, /* clear of those with RNG_FINDER: users that evaluation asks; a
                          = how many were drawn */
    RNG_SYNTH = 64     /* invented data; synth numbers its own streams from here */
};

struct rng_block {
    uint32_t v[4];
};

/* The block of four words at counter (a, b) of a stream. */
struct rng_block rng_at(uint64_t seed, uint32_t stream, uint64_t a, uint32_t b);

/* The words of n blocks, counters (a, b), (a + 1, b), …, into ret (4 n). */
void rng_fill(uint64_t seed, uint32_t stream, uint64_t a, uint32_t b, size_t n,
              uint32_t *ret);

/* Uniform in [0, 1), 53 bits from two words. */
static inline double
rng_unit(uint32_t hi, uint32_t lo)
{
    return (double)(((uint64_t)hi << 32 | lo) >> 11) * 0x1p-53;
}

/* Uniform integer in [0, n), n > 0: multiply-shift, bias below n / 2^64. */
static inline uint64_t
rng_below(uint32_t hi, uint32_t lo, uint64_t n)
{
    return (uint64_t)(((unsigned __int128)((uint64_t)hi << 32 | lo) * n) >> 64);
}

/* Two independent N(0,1) from one block (Box-Muller). */
void rng_normal2(struct rng_block r, double ret[2]);

#endif

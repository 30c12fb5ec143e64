/*
 * shortest.c - numbers in the fewest digits; see shortest.h.
 *
 * A model in CSV is some ten million floats, so these have a way of their own. The
 * decimal numbers that read back as a float v are those between the middles to its two
 * neighbours. With v = m 2^e both middles are whole numbers of 27 bits times a power of
 * two; times 10^k, k <= 19, they fit in 128 bits, and what lies between them is found
 * exactly. k is such that v gets nine digits or ten, of which nine always tell a float
 * from its neighbours. The idea is Steele and White's ("How to print floating-point
 * numbers accurately", 1990).
 *
 * That reaches from 2^-36 to 2^24. Outside, and for doubles, the C library is asked
 * with more and more digits.
 */
#include "config.h"

#include "src/base/shortest.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_F32 6 /* digits: %g has an exponent in place of more zeros than that */

typedef unsigned __int128 wide;

void
shortest_f64(char out[SHORTEST_MAX], double v)
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, SHORTEST_MAX, "%.*g", digits, v);
        if (strtod(out, NULL) == v)
            return;
    }
}

static void
by_trying(char out[SHORTEST_MAX], float v)
{
    for (int digits = LEAST_F32; digits <= 9; digits++) {
        snprintf(out, SHORTEST_MAX, "%.*g", digits, (double)v);
        if (strtof(out, NULL) == v)
            return;
    }
}

/* ---- the digits --------------------------------------------------------------- */

/* number * 10^exponent; number has no zero at its end. */
struct decimal {
    uint64_t number;
    int exponent;
};

/* What lies between two numbers, `in` included, as whole numbers; `rest`: in is
 * larger than that. */
struct range {
    uint64_t lo, in, hi;
    wide rest, one; /* of in, in parts of which so many make one */
};

/* The numbers that read back as m 2^e, times 10^k = scale; e <= 0.
 *
 * Two subtleties make no difference here. A middle reads back only where m is even: but
 * a middle that is a whole number here, of v from 2^22 on, has more digits than v has.
 * The middle below a power of two is nearer: but what lies beyond it is never shorter,
 * for any of these sixty powers. */
static struct range
find_range(uint32_t m, int e, uint64_t scale)
{
    const int bits = -e + 2; /* of the fraction: all is counted in quarters of 2^e */
    const wide one = (wide)1 << bits;
    const wide in = (wide)4 * m * scale;
    const wide hi = in + (wide)2 * scale;
    const wide lo = in - (wide)2 * scale;

    return (struct range){
        .lo = (uint64_t)((lo + one - 1) >> bits),
        .in = (uint64_t)(in >> bits),
        .hi = (uint64_t)(hi >> bits),
        .rest = in & (one - 1),
        .one = one,
    };
}

/* The number of the range with the most zeros, of these the nearest to `in`, a tie to
 * the even digit, as printf has it. *ret_step, a power
 * of ten, has its zeros. */
static uint64_t
choose(const struct range *r, uint64_t *ret_step)
{
    uint64_t step = 1, below, above, over;
    bool up;

    while (r->hi / (10 * step) * (10 * step) >= r->lo)
        step *= 10;
    over = r->in % step;
    below = r->in - over;
    above = below + step;
    *ret_step = step;
    if (below < r->lo)
        return above;
    if (above > r->hi)
        return below;
    if (step == 1)
        up = r->rest > r->one / 2 || (r->rest == r->one / 2 && below % 2 != 0);
    else
        up = 2 * over > step ||
             (2 * over == step && (r->rest != 0 || below / step % 2 != 0));
    return up ? above : below;
}

/* The digits of v from 2^-36 to 2^24. */
static struct decimal
find_decimal(float v)
{
    static const uint64_t power[] = {
        UINT64_C(1),
        UINT64_C(10),
        UINT64_C(100),
        UINT64_C(1000),
        UINT64_C(10000),
        UINT64_C(100000),
        UINT64_C(1000000),
        UINT64_C(10000000),
        UINT64_C(100000000),
        UINT64_C(1000000000),
        UINT64_C(10000000000),
        UINT64_C(100000000000),
        UINT64_C(1000000000000),
        UINT64_C(10000000000000),
        UINT64_C(100000000000000),
        UINT64_C(1000000000000000),
        UINT64_C(10000000000000000),
        UINT64_C(100000000000000000),
        UINT64_C(1000000000000000000),
        UINT64_C(10000000000000000000),
    };
    struct range r;
    uint32_t word;
    uint64_t number, step;
    int e, k;

    memcpy(&word, &v, sizeof(word));
    e = (int)(word >> 23) - 150;
    k = 8 - ((e + 23) * 1233 >> 12); /* 1233/4096 is log10(2): v 10^k has 9 digits */
    r = find_range((word & 0x7fffff) | 0x800000, e, power[k]);
    number = choose(&r, &step);
    /* 10^j ends in j zero bits. */
    return (struct decimal){ number / step, __builtin_ctzll(step) - k };
}

/* ---- the text ----------------------------------------------------------------- */

/* As %g has them with n significant digits or LEAST_F32, whichever are more. */
static void
put_digits(char *out, struct decimal d)
{
    char digit[20];
    int n = 0, before; /* digits, and those before the point */

    for (; d.number != 0; d.number /= 10)
        digit[n++] = (char)('0' + d.number % 10);
    before = n + d.exponent;
    if (before <= -4 || before > (n > LEAST_F32 ? n : LEAST_F32)) {
        *out++ = digit[--n];
        if (n > 0)
            *out++ = '.';
        while (n > 0)
            *out++ = digit[--n];
        sprintf(out, "e%+03d", before - 1);
        return;
    }
    if (before <= 0) {
        *out++ = '0';
        *out++ = '.';
        for (; before < 0; before++)
            *out++ = '0';
        before = -1;
    }
    for (; n > 0; before--) {
        if (before == 0)
            *out++ = '.';
        *out++ = digit[--n];
    }
    for (; before > 0; before--)
        *out++ = '0';
    *out = '\0';
}

void
shortest_f32(char out[SHORTEST_MAX], float v)
{
    const float size = fabsf(v);

    if (size >= 0x1p-36f && size < 0x1p24f) {
        if (v < 0)
            *out++ = '-';
        put_digits(out, find_decimal(size));
    } else if (v == 0) {
        strcpy(out, signbit(v) ? "-0" : "0");
    } else {
        by_trying(out, v);
    }
}

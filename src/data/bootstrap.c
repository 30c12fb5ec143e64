/* bootstrap.c - copies of ratings; see bootstrap.h. */
#include "config.h"

#include "src/data/bootstrap.h"

#include <math.h>
#include <string.h>

/* Standard deviations that the expected number of copies is above what is wanted. */
#define SPARE 4

void
bootstrap_init(struct bootstrap *b, size_t n_train, size_t n_wanted)
{
    double wanted = (double)n_wanted;
    double mean = (wanted + SPARE * sqrt(wanted)) / (double)n_train; /* at most 5 */
    double p = exp(-mean), sum = 0;

    b->n = 0;
    while (b->n < BOOTSTRAP_MOST) {
        sum += p;
        if (sum * 0x1p32 >= 0x1p32 - 0.5)
            break;
        b->below[b->n++] = (uint32_t)(sum * 0x1p32 - 0.5);
        p *= mean / b->n;
    }
}

/* By mark, not by rating: no branch depends on chance, and it vectorises. */
void
bootstrap_counts(const struct bootstrap *b, const uint32_t *word, size_t n,
                 uint32_t *ret)
{
    memset(ret, 0, n * sizeof(*ret));
    for (unsigned j = 0; j < b->n; j++)
        for (size_t i = 0; i < n; i++)
            ret[i] += word[i] > b->below[j];
}

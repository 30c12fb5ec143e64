/* diversity.c - maximal marginal relevance; see diversity.h. */
#include "config.h"

#include "src/explore/diversity.h"

#include "src/explore/similar.h"

#include <math.h>
#include <string.h>

/* Cosine of two films' factors, 0 where one has none. */
static double
likeness(const struct model *m, uint32_t a, uint32_t b)
{
    const double cosine = similar_cosine(m, a, b);

    return isnan(cosine) ? 0 : cosine;
}

/* Move entry `from` up to place `to`; those between move down by one, in order. */
static void
move_up(struct ranked *film, double *similar, size_t from, size_t to)
{
    const struct ranked chosen = film[from];
    const double its = similar[from];

    memmove(&film[to + 1], &film[to], (from - to) * sizeof(*film));
    memmove(&similar[to + 1], &similar[to], (from - to) * sizeof(*similar));
    film[to] = chosen;
    similar[to] = its;
}

size_t
diversity_pick(const struct model *m, struct ranked *film, size_t n, size_t want,
               double d, double *similar)
{
    const double low = n > 0 ? film[n - 1].key : 0;
    const double span = n > 0 ? film[0].key - low : 0;

    want = want < n ? want : n;
    for (size_t i = 0; i < n; i++)
        similar[i] = -1;
    for (size_t n_chosen = 1; n_chosen < want; n_chosen++) {
        size_t best = n_chosen;
        double most = -INFINITY;

        for (size_t i = n_chosen; i < n; i++) {
            double like = likeness(m, film[i].row, film[n_chosen - 1].row);
            double merit;

            similar[i] = fmax(similar[i], like);
            merit =
                (span > 0 ? (1 - d) * (film[i].key - low) / span : 0) - d * similar[i];
            if (merit > most) {
                most = merit;
                best = i;
            }
        }
        move_up(film, similar, best, n_chosen);
    }
    return want;
}

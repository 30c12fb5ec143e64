/* usercard.c - who a user is, in a few numbers; see usercard.h. */
#include "config.h"

#include "src/explore/usercard.h"

#include "src/base/mem.h"
#include "src/explore/rank.h"

#include <math.h>
#include <stdbool.h>

/* Stars before anything else, then how many people rated the film: two numbers in one
 * key, as a double holds a count of 32 bits below any usual step of stars. */
static double
favour(double stars, uint32_t count)
{
    return stars * 0x1p32 + count;
}

static bool
listed(const struct usercard *card, uint32_t row)
{
    for (size_t i = 0; i < card->n_favourites; i++)
        if (card->favourite[i] == row)
            return true;
    return false;
}

enum err_code
usercard_make(struct usercard *ret, const struct catalog *c, const struct ratings *r,
              uint32_t user, struct err *err)
{
    uint64_t from = r->start[user];
    size_t n = (size_t)(r->start[user + 1] - from);
    struct ranked *entry = mem_new(n, sizeof(*entry));
    double sum = 0;

    if (entry == NULL)
        return err_nomem(err, n * sizeof(*entry), "the ratings of a user");
    for (size_t i = 0; i < n; i++) {
        uint32_t film = ratings_item(r, from + i);
        double stars = (double)ratings_stars(r, from + i);

        sum += stars;
        entry[i] = (struct ranked){ favour(stars, c->count[film]), film };
    }
    *ret = (struct usercard){ .n_ratings = n, .mean = n > 0 ? sum / (double)n : NAN };
    rank_best(entry, n, n, c);
    for (size_t i = 0; i < n && ret->n_favourites < USERCARD_FAVOURITES; i++)
        if (!listed(ret, entry[i].row)) /* a film may be rated twice */
            ret->favourite[ret->n_favourites++] = entry[i].row;
    mem_free(entry);
    return ERR_OK;
}

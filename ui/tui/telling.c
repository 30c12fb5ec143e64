/* telling.c - which films to ask about; see telling.h. */
#include "config.h"

#include "ui/tui/telling.h"

#include "src/base/mem.h"
#include "src/explore/rank.h"

#include <math.h>

#define USERS 200 /* whose logits are looked at, evenly chosen */

/* How far users differ on a film. */
static double
spread(const struct shown *s, uint32_t film)
{
    uint32_t m = s->model->n_users, step = m > USERS ? m / USERS : 1;
    double sum = 0, sum2 = 0;
    size_t n = 0;

    for (uint32_t u = 1; u <= m; u += step, n++) {
        double x = model_logit(s->model, u, film);

        sum += x;
        sum2 += x * x;
    }
    return n > 0 ? sqrt(fmax(sum2 / (double)n - sum * sum / ((double)n * (double)n), 0))
                 : 0;
}

enum err_code
telling_films(uint32_t *ret, size_t *ret_n, const struct shown *s, struct err *err)
{
    struct ranked *entry = mem_new(s->centre.n + 1, sizeof(*entry));
    size_t n = s->centre.n;

    if (entry == NULL)
        return err_nomem(err, n * sizeof(*entry), "films to ask about");
    for (size_t i = 0; i < n; i++) {
        uint32_t row = s->centre.row[i];

        entry[i] =
            (struct ranked){ spread(s, row) * log1p(s->catalog->count[row]), row };
    }
    *ret_n = rank_best(entry, n, n, s->catalog);
    for (size_t i = 0; i < *ret_n; i++)
        ret[i] = entry[i].row;
    mem_free(entry);
    return ERR_OK;
}

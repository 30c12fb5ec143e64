/* golden_films.c - see golden_films.h. */
#include "config.h"

#include "tests/explore/golden_films.h"

#include "tests/explore/films_made.h"
#include "tests/golden.h"

#include <stdio.h>

static void
copy_table(float *to, const json_t *tables, const char *name)
{
    for (size_t i = 0; i < golden_len(tables, name); i++)
        to[i] = (float)golden_at(tables, name, i);
}

struct model *
golden_films_model(void)
{
    static const struct film none[GOLDEN_FILMS];
    struct model *m = films_model(none, GOLDEN_FILMS, GOLDEN_USERS, GOLDEN_K);
    json_t *trace = golden_load("trace_a");
    const json_t *final = golden_get(trace, "final");

    copy_table(m->U, final, "u_weight.weight");
    copy_table(m->I, final, "i_weight.weight");
    copy_table(m->bu, final, "u_bias.weight");
    copy_table(m->bi, final, "i_bias.weight");
    json_decref(trace);
    return m;
}

struct catalog *
golden_films_catalog(const json_t *reading)
{
    struct film film[GOLDEN_FILMS];
    char title[GOLDEN_FILMS][4];

    for (uint32_t i = 0; i < GOLDEN_FILMS; i++) {
        snprintf(title[i], sizeof(title[i]), "%02u", i);
        film[i] = (struct film){ title[i], i, 0, "", 0, 3, 0 };
        film[i].count = (uint32_t)golden_at(reading, "count_all_ratings", i + 1);
    }
    return films_catalog(film, GOLDEN_FILMS, GOLDEN_USERS);
}

/* films_made.c - see films_made.h. Any failure ends the test. */
#include "config.h"

#include "tests/explore/films_made.h"

#include "src/base/mem.h"

#include <CUnit/CUnit.h>
#include <stdlib.h>
#include <string.h>

static void *
must(void *p)
{
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    return p;
}

static void
must_add(struct strtab *t, const char *s, size_t len)
{
    CU_ASSERT_EQUAL_FATAL(strtab_add(t, s, len, NULL), ERR_OK);
}

static uint32_t
find_name(const struct strtab *t, const char *s, size_t len)
{
    for (uint32_t i = 0; i < t->n; i++)
        if (strtab_len(t, i) == len && memcmp(strtab_get(t, i), s, len) == 0)
            return i;
    return UINT32_MAX;
}

/* Next name of a list joined by "|"; NULL after the last. */
static const char *
next_name(const char **list, size_t *ret_len)
{
    const char *name = *list;

    if (*name == '\0')
        return NULL;
    *ret_len = strcspn(name, "|");
    *list = name + *ret_len + (name[*ret_len] == '|');
    return name;
}

static void
add_genres(struct catalog *c, uint32_t row, const char *list)
{
    uint32_t at = c->genre_of.start[row], g;
    const char *name;
    size_t len;

    while ((name = next_name(&list, &len)) != NULL) {
        g = find_name(&c->genre, name, len);
        if (g == UINT32_MAX) {
            g = (uint32_t)c->genre.n;
            must_add(&c->genre, name, len);
        }
        c->genre_of.value[at++] = g;
    }
    c->genre_of.start[row + 1] = at;
}

static void
add_film(struct catalog *c, uint32_t row, const struct film *film)
{
    must_add(&c->title, film->title, strlen(film->title));
    c->year[row] = (int16_t)film->year;
    c->item_id.num[row - 1] = film->id;
    c->id_of.start[row + 1] = row;
    c->id_of.value[row - 1] = row - 1;
    c->count[row] = film->count;
    c->mean[row] = film->mean;
    add_genres(c, row, film->genres);
}

struct catalog *
films_catalog(const struct film *film, uint32_t n_films, uint32_t n_users)
{
    struct catalog *c = NULL;

    CU_ASSERT_EQUAL_FATAL(catalog_new(&c, NULL), ERR_OK);
    c->n_users = n_users;
    c->n_items = n_films;
    c->user = (struct idcol){ .n = n_users + 1,
                              .numeric = true,
                              .num = must(mem_new(n_users + 1, sizeof(int64_t))) };
    for (uint32_t u = 1; u <= n_users; u++)
        c->user.num[u] = 10 * (int64_t)u;
    c->year = must(mem_new(n_films + 1, sizeof(*c->year)));
    c->item_id = (struct idcol){ .n = n_films,
                                 .numeric = true,
                                 .num = must(mem_new(n_films, sizeof(int64_t))) };
    c->id_of.start = must(mem_new(n_films + 2, sizeof(uint32_t)));
    c->id_of.value = must(mem_new(n_films, sizeof(uint32_t)));
    c->genre_of.start = must(mem_new(n_films + 2, sizeof(uint32_t)));
    c->genre_of.value = must(mem_new(8 * (size_t)n_films, sizeof(uint32_t)));
    c->count = must(mem_new(n_films + 1, sizeof(*c->count)));
    c->mean = must(mem_new(n_films + 1, sizeof(*c->mean)));
    must_add(&c->title, "", 0);
    for (uint32_t i = 1; i <= n_films; i++)
        add_film(c, i, &film[i - 1]);
    return c;
}

struct model *
films_model(const struct film *film, uint32_t n_films, uint32_t n_users, unsigned k)
{
    struct model *m = NULL;

    CU_ASSERT_EQUAL_FATAL(model_new(&m, n_users, n_films, k, 0.5f, 5.5f, NULL), ERR_OK);
    for (uint32_t i = 1; i <= n_films; i++)
        m->bi[i] = film[i - 1].bias;
    return m;
}

struct ratings *
films_ratings(const struct seen *seen, size_t n, uint32_t n_users, uint32_t n_films)
{
    struct ratings *r = NULL;
    size_t at = 0;

    CU_ASSERT_EQUAL_FATAL(ratings_new(&r, n, n_users, n_films, true, NULL), ERR_OK);
    r->value[0] = 4;
    r->n_values = 1;
    for (uint32_t u = 1; u <= n_users; u++) {
        r->start[u] = at;
        for (; at < n && seen[at].user == u; at++)
            r->item[at] = seen[at].film;
    }
    r->start[n_users + 1] = at;
    CU_ASSERT_EQUAL_FATAL(at, n);
    return r;
}

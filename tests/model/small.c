/* small.c - a model, its catalog and ratings to test with; see small.h. */
#include "config.h"

#include "tests/model/small.h"

#include "src/base/mem.h"
#include "tests/scratch.h"

#include <CUnit/CUnit.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define N_IDS (SMALL_ITEMS + 1)

struct model *
small_model(void)
{
    struct model *m = NULL;

    CU_ASSERT_EQUAL_FATAL(
        model_new(&m, SMALL_USERS, SMALL_ITEMS, SMALL_FACTORS, 0.5F, 5.0F, NULL),
        ERR_OK);
    model_init(m, 7, NULL);
    return m;
}

static void
add(struct strtab *t, const char *s)
{
    CU_ASSERT_EQUAL_FATAL(strtab_add(t, s, strlen(s), NULL), ERR_OK);
}

static void *
copy(const void *from, size_t bytes)
{
    void *p = mem_new(bytes, 1);

    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    return memcpy(p, from, bytes);
}

#define COPY(list) copy(list, sizeof(list))

static void
fill_ids(struct idcol *c, bool numeric, size_t n, int64_t first, int64_t step)
{
    c->n = n;
    c->numeric = numeric;
    if (numeric)
        c->num = mem_new(n, sizeof(*c->num));
    for (size_t i = 0; i < n; i++) {
        char text[24];

        if (numeric) {
            c->num[i] = first + step * (int64_t)i;
            continue;
        }
        snprintf(text, sizeof(text), "id%02d", (int)i);
        add(&c->text, step == 10 && i == 0 ? "" : text);
    }
}

struct catalog *
small_catalog(bool numeric)
{
    static const char *const title[] = { "", "Ab", "Am\xc3\xa9lie (2001)", "B", "B" };
    static const char *const genre[] = { "Comedy", "Sci-Fi" };
    static const int16_t year[] = { 0, 0, 2001, 0, 1955 };
    static const uint32_t id_start[] = { 0, 0, 1, 2, 3, 5 }, ids[] = { 3, 0, 1, 2, 4 };
    static const uint32_t genre_start[] = { 0, 0, 2, 2, 3, 3 }, genres[] = { 1, 0, 1 };
    static const uint32_t tag_start[] = { 0, 0, 1, 1, 3, 3 }, tags[] = { 1, 0, 1 };
    static const uint32_t count[] = { 0, 3, 2, 1, 0 };
    static const float mean[] = { NAN, 3.5F, 4, 0.5F, NAN };
    static const int32_t imdb[N_IDS] = { 114709, 0, 0, 133093 };
    struct catalog *c = NULL;

    CU_ASSERT_EQUAL_FATAL(catalog_new(&c, NULL), ERR_OK);
    c->n_users = SMALL_USERS;
    c->n_items = SMALL_ITEMS;
    fill_ids(&c->user, numeric, SMALL_USERS + 1, 0, 10);
    fill_ids(&c->item_id, numeric, N_IDS, 1, 1);
    for (size_t i = 0; i <= SMALL_ITEMS; i++)
        add(&c->title, title[i]);
    for (size_t i = 0; i < 2; i++)
        add(&c->genre, genre[i]);
    c->year = COPY(year);
    c->id_of = (struct listcol){ COPY(id_start), COPY(ids) };
    c->genre_of = (struct listcol){ COPY(genre_start), COPY(genres) };
    if (!numeric) { /* some data has tags, some has none */
        add(&c->tag, "anime");
        add(&c->tag, "space opera");
        c->tag_of = (struct listcol){ COPY(tag_start), COPY(tags) };
    }
    c->count = COPY(count);
    c->mean = COPY(mean);
    c->imdb = numeric ? COPY(imdb) : NULL;
    return c;
}

struct ratings *
small_ratings(bool coded)
{
    static const uint64_t start[] = { 0, 0, 2, 2, 6 };
    static const uint32_t item[] = { 1, 2 | RATINGS_HELD_OUT, 1, 2,
                                     3, 1 | RATINGS_HELD_OUT };
    static const uint8_t code[] = { 1, 1, 2, 1, 0, 1 };
    static const float value[] = { 0.5F, 4, 4.5F };
    struct ratings *r = NULL;

    CU_ASSERT_EQUAL_FATAL(ratings_new(&r, 6, SMALL_USERS, SMALL_ITEMS, coded, NULL),
                          ERR_OK);
    r->n_held_out = 2;
    memcpy(r->start, start, sizeof(start));
    memcpy(r->item, item, sizeof(item));
    if (coded) {
        memcpy(r->code, code, sizeof(code));
        memcpy(r->value, value, sizeof(value));
        r->n_values = 3;
    }
    for (size_t i = 0; !coded && i < 6; i++)
        r->stars[i] = value[code[i]];
    return r;
}

void
small_shelf_fill(struct small_shelf *s, bool numeric)
{
    scratch_make(s->dir);
    s->model = small_model();
    s->catalog = small_catalog(numeric);
}

void
small_shelf_clear(struct small_shelf *s)
{
    model_free(s->model);
    catalog_free(s->catalog);
    scratch_remove(s->dir);
}

static bool
same_texts(const struct strtab *a, const struct strtab *b)
{
    return a->n == b->n &&
           (a->n == 0 ||
            (memcmp(a->start, b->start, (a->n + 1) * sizeof(*a->start)) == 0 &&
             memcmp(a->bytes, b->bytes, a->start[a->n]) == 0));
}

static bool
same_ids(const struct idcol *a, const struct idcol *b)
{
    return a->n == b->n && a->numeric == b->numeric && same_texts(&a->text, &b->text) &&
           (!a->numeric || memcmp(a->num, b->num, a->n * sizeof(*a->num)) == 0);
}

static bool
same_lists(const struct listcol *a, const struct listcol *b, size_t rows)
{
    return memcmp(a->start, b->start, (rows + 1) * sizeof(*a->start)) == 0 &&
           memcmp(a->value, b->value, a->start[rows] * sizeof(*a->value)) == 0;
}

bool
small_same_catalog(const struct catalog *a, const struct catalog *b)
{
    const size_t n1 = a->n_items + 1;

    return a->n_users == b->n_users && a->n_items == b->n_items &&
           same_ids(&a->user, &b->user) && same_ids(&a->item_id, &b->item_id) &&
           same_texts(&a->title, &b->title) && same_texts(&a->genre, &b->genre) &&
           same_lists(&a->id_of, &b->id_of, n1) &&
           same_lists(&a->genre_of, &b->genre_of, n1) && same_texts(&a->tag, &b->tag) &&
           (a->tag.n == 0 ? b->tag_of.start == NULL
                          : same_lists(&a->tag_of, &b->tag_of, n1)) &&
           (a->imdb == NULL) == (b->imdb == NULL) &&
           (a->imdb == NULL ||
            memcmp(a->imdb, b->imdb, a->item_id.n * sizeof(*a->imdb)) == 0) &&
           memcmp(a->year, b->year, n1 * sizeof(*a->year)) == 0 &&
           memcmp(a->count, b->count, n1 * sizeof(*a->count)) == 0 &&
           memcmp(a->mean, b->mean, n1 * sizeof(*a->mean)) == 0;
}

bool
small_same_ratings(const struct ratings *a, const struct ratings *b)
{
    if (a->n != b->n || a->n_held_out != b->n_held_out || a->n_users != b->n_users ||
        a->n_items != b->n_items || a->n_values != b->n_values ||
        memcmp(a->start, b->start, (a->n_users + 2) * sizeof(*a->start)) != 0 ||
        memcmp(a->item, b->item, a->n * sizeof(*a->item)) != 0)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (ratings_stars(a, i) != ratings_stars(b, i))
            return false;
    return true;
}

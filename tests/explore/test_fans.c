/* test_fans.c - who likes a film, where the users' tastes are known. */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/fans.h"

#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <math.h>
#include <string.h>

#define KINDS 4
#define EACH  FANS_MIN_FILMS
#define FILMS (KINDS * EACH + 2)

/* Films 1 … 20, five of each kind, the last two less known: 21 lies along the first
 * axis, 22 along both. Users lie at the four corners of a square. */
static const char *const kind[KINDS] = { "East", "North", "South", "West" };
static const float side[KINDS][2] = { { 1, 0 }, { 0, 1 }, { 0, -1 }, { -1, 0 } };

static struct film films[FILMS];
static struct catalog *c;
static struct model *m;
static struct centre about;

static void
make(void)
{
    for (int i = 0; i < FILMS; i++)
        films[i] = (struct film){ "T",
                                  i + 1,
                                  0,
                                  i < KINDS * EACH ? kind[i / EACH] : "",
                                  i < KINDS * EACH ? 9 : 1,
                                  3,
                                  0 };
    c = films_catalog(films, FILMS, 4);
    m = films_model(films, FILMS, 4, 2);
    for (uint32_t i = 1; i <= KINDS * EACH; i++) {
        m->I[2 * i] = 2 + side[(i - 1) / EACH][0]; /* the mean film is (2, 3) */
        m->I[2 * i + 1] = 3 + side[(i - 1) / EACH][1];
    }
    m->I[2 * 21] = 2.5f;
    m->I[2 * 21 + 1] = 3;
    m->I[2 * 22] = 3;
    m->I[2 * 22 + 1] = 4;
    for (uint32_t u = 1; u <= 4; u++) {
        m->U[2 * u] = u % 2 == 0 ? 1 : -1;
        m->U[2 * u + 1] = u > 2 ? 1 : -1;
    }
    CU_ASSERT_EQUAL_FATAL(centre_init(&about, m, c, KINDS * EACH, NULL), ERR_OK);
}

static void
unmake(void)
{
    centre_done(&about);
    catalog_free(c);
    model_free(m);
}

static void
check(uint32_t film, const double r[KINDS], const char *first)
{
    struct fans fans[KINDS];
    size_t n = 0;

    CU_ASSERT_EQUAL_FATAL(fans_find(fans, &n, m, c, &about, film, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(n, KINDS);
    CU_ASSERT_STRING_EQUAL(strtab_get(&c->genre, fans[0].genre), first);
    for (size_t i = 0; i < n; i++) {
        CU_ASSERT_DOUBLE_EQUAL(fans[i].correlation, r[fans[i].genre], 1e-6);
        CU_ASSERT(i == 0 || fans[i].correlation <= fans[i - 1].correlation);
    }
}

static void
a_film_is_liked_by_those_who_like_its_kind(void)
{
    const double along_one[] = { 1, 0, 0, -1 };
    const double h = sqrt(.5), along_both[] = { h, h, -h, -h };

    make();
    check(21, along_one, "East");
    check(22, along_both, "East");
    unmake();
}

static void
the_film_itself_is_not_among_its_kind(void)
{
    struct fans fans[KINDS];
    size_t n = 0;

    make();
    CU_ASSERT_EQUAL_FATAL(fans_find(fans, &n, m, c, &about, 1, NULL), ERR_OK);
    CU_ASSERT_EQUAL(n, KINDS - 1); /* four films of its kind are too few */
    unmake();
}

static void
where_nobody_differs_nothing_is_said(void)
{
    struct fans fans[KINDS];
    size_t n = 7;

    make();
    for (uint32_t u = 1; u <= 4; u++)
        m->U[2 * u] = m->U[2 * u + 1] = 1;
    CU_ASSERT_EQUAL_FATAL(fans_find(fans, &n, m, c, &about, 21, NULL), ERR_OK);
    CU_ASSERT_EQUAL(n, 0);
    unmake();
}

/* A thousand and more equal likings leave a spread by rounding, which is none. */
static void
rounding_is_no_difference(void)
{
    const uint32_t n_users = 1500;
    struct fans fans[KINDS];
    struct model *many;
    size_t n = 7;

    make();
    many = films_model(films, FILMS, n_users, 2);
    memcpy(many->I, m->I, (FILMS + 1) * 2 * sizeof(*m->I));
    for (uint32_t u = 1; u <= n_users; u++) {
        many->U[2 * u] = .1f;
        many->U[2 * u + 1] = .37f;
    }
    CU_ASSERT_EQUAL_FATAL(fans_find(fans, &n, many, c, &about, 22, NULL), ERR_OK);
    CU_ASSERT_EQUAL(n, 0);
    model_free(many);
    unmake();
}

static void
without_memory_it_says_so(void)
{
    struct fans fans[KINDS];
    size_t n_fans = 7;

    make();
    for (unsigned long n = 1; n <= 4; n++) {
        mem_fail_at(n, 0);
        CU_ASSERT_EQUAL(fans_find(fans, &n_fans, m, c, &about, 21, NULL), ERR_NOMEM);
        mem_fail_at(0, 0);
        CU_ASSERT_EQUAL(n_fans, 7);
    }
    unmake();
}

CU_TestInfo tests_fans[] = {
    { "a film is liked by those who like its kind",
      a_film_is_liked_by_those_who_like_its_kind },
    { "the film itself is not among its kind", the_film_itself_is_not_among_its_kind },
    { "where nobody differs nothing is said", where_nobody_differs_nothing_is_said },
    { "rounding is no difference", rounding_is_no_difference },
    { "without memory it says so", without_memory_it_says_so },
    CU_TEST_INFO_NULL,
};

/* test_synth_world.c - how many ratings there can be, and who gives them. */
#include "config.h"

#include "src/data/synth_world.h"

#include "src/data/synth.h"
#include "tests/unit.h"

#include <string.h>

static void
numbers_that_do_not_fit_are_refused_with_a_line(void)
{
    static const struct {
        struct synth_options so;
        const char *says;
    } bad[] = {
        { { 0, 100, 100, 1 }, "0 users" },
        { { 10, 0, 100, 1 }, "0 films" },
        { { 1, 1, 1, 1 }, "1 films" },
        { { 10, 100, 9, 1 }, "at least one film" },
        { { 10, 100, 801, 1 }, "at most 800 fit" },
        { { 10, 100, 0, 1 }, "at least one film" },
        { { SYNTH_MAX_USERS + 1, 100, UINT64_MAX, 1 }, "100000001 users" },
        { { 10, SYNTH_MAX_ITEMS + 1, 100, 1 }, "10000001 films" },
    };
    struct synth_world *w = NULL;
    struct err err;

    for (size_t k = 0; k < sizeof(bad) / sizeof(bad[0]); k++) {
        CU_ASSERT_EQUAL(synth_check(&bad[k].so, &err), ERR_ARG);
        CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, bad[k].says));
        CU_ASSERT_EQUAL(synth_world_new(&w, &bad[k].so, NULL), ERR_ARG);
    }
    CU_ASSERT_PTR_NULL(w);
}

/* 7 users of 20 films: 80 % of them are 16. */
static void
nobody_rates_more_than_80_percent_of_the_films(void)
{
    enum { USERS = 7, MOST = 16 };

    for (uint64_t n = USERS; n <= USERS * MOST; n++) {
        const struct synth_options so = { USERS, 20, n, 3 };
        struct synth_world *w = NULL;

        CU_ASSERT_EQUAL_FATAL(synth_world_new(&w, &so, NULL), ERR_OK);
        CU_ASSERT_EQUAL(w->start[USERS], n);
        for (uint32_t u = 0; u < USERS; u++) {
            uint64_t its = w->start[u + 1] - w->start[u];

            CU_ASSERT(its >= 1 && its <= MOST);
        }
        synth_world_free(w);
    }
}

CU_TestInfo tests_synth_world[] = {
    { "numbers that do not fit are refused with a line",
      numbers_that_do_not_fit_are_refused_with_a_line },
    { "nobody rates more than 80 % of the films",
      nobody_rates_more_than_80_percent_of_the_films },
    CU_TEST_INFO_NULL,
};

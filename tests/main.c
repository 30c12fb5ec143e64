/* main.c - runs every CUnit suite, or those named on the command line; -NAME leaves one
 * out. */
#include "config.h"

#include "tests/unit.h"

#include <CUnit/Basic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static CU_SuiteInfo suites[] = {
#define X(name) { .pName = #name, .pTests = tests_##name },
    SUITE_LIST(X)
#undef X
        CU_SUITE_INFO_NULL,
};

/* Was the suite asked for: named, or not left out where none is named? */
static bool
is_wanted(const char *suite, int argc, char **argv)
{
    bool any_named = false, named = false, left_out = false;

    for (int i = 1; i < argc; i++) {
        bool minus = argv[i][0] == '-';

        any_named |= !minus;
        named |= strcmp(argv[i], suite) == 0;
        left_out |= minus && strcmp(argv[i] + 1, suite) == 0;
    }
    return !left_out && (named || !any_named);
}

/* Leave only the suites that were asked for active. */
static void
pick(int argc, char **argv)
{
    for (CU_SuiteInfo *s = suites; s->pName != NULL; s++)
        if (!is_wanted(s->pName, argc, argv))
            CU_set_suite_active(CU_get_suite(s->pName), CU_FALSE);
}

int
main(int argc, char **argv)
{
    unsigned bad;

    if (CU_initialize_registry() != CUE_SUCCESS ||
        CU_register_suites(suites) != CUE_SUCCESS) {
        fprintf(stderr, "tests: %s\n", CU_get_error_msg());
        return 1;
    }
    pick(argc, argv);
    CU_set_fail_on_inactive(CU_FALSE);
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    bad = CU_get_number_of_tests_failed() + CU_get_number_of_suites_failed() +
          (CU_get_number_of_tests_run() == 0);
    CU_cleanup_registry();
    return bad != 0;
}

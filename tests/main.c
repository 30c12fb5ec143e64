/* main.c - runs every CUnit suite, or those named on the command line. */
#include "config.h"

#include "tests/unit.h"

#include <CUnit/Basic.h>
#include <stdio.h>
#include <string.h>

static CU_SuiteInfo suites[] = {
#define X(name) { .pName = #name, .pTests = tests_##name },
    SUITE_LIST(X)
#undef X
        CU_SUITE_INFO_NULL,
};

/* Leave only the suites that were asked for active. */
static void
pick(int argc, char **argv)
{
    for (CU_SuiteInfo *s = suites; s->pName != NULL; s++) {
        int wanted = argc < 2;

        for (int i = 1; i < argc; i++)
            wanted |= strcmp(argv[i], s->pName) == 0;
        if (!wanted)
            CU_set_suite_active(CU_get_suite(s->pName), CU_FALSE);
    }
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

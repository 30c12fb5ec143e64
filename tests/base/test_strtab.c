/* test_strtab.c - many strings in one block. */
#include "config.h"

#include "src/base/mem.h"
#include "src/base/strtab.h"

#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

static void
strings_come_back_as_they_went_in(void)
{
    struct strtab t = { 0 };
    char buf[32];

    for (int i = 0; i < 5000; i++) {
        int len = snprintf(buf, sizeof(buf), "%d", i * 7919);

        CU_ASSERT_EQUAL_FATAL(strtab_add(&t, buf, i % 5 == 0 ? 0 : (size_t)len, NULL),
                              ERR_OK);
    }
    CU_ASSERT_EQUAL(t.n, 5000);
    for (int i = 0; i < 5000; i++) {
        snprintf(buf, sizeof(buf), "%d", i * 7919);
        CU_ASSERT_STRING_EQUAL_FATAL(strtab_get(&t, (size_t)i), i % 5 == 0 ? "" : buf);
        CU_ASSERT_EQUAL_FATAL(strtab_len(&t, (size_t)i), strlen(i % 5 == 0 ? "" : buf));
    }
    strtab_done(&t);
    CU_ASSERT_EQUAL(t.n, 0);
}

/* Whatever allocation fails, what was in the table stays and the next try works. */
static void
a_table_survives_want_of_memory(void)
{
    struct strtab t = { 0 };
    unsigned n_failed = 0;

    for (int i = 0; i < 300; i++) {
        mem_fail_at(1 + (unsigned long)i % 2, 0);
        n_failed += strtab_add(&t, "abcdefgh", 8, NULL) == ERR_NOMEM;
        mem_fail_at(0, 0);
    }
    CU_ASSERT_TRUE(n_failed > 0);
    CU_ASSERT_EQUAL(t.n, 300 - n_failed);
    for (size_t i = 0; i < t.n; i++)
        CU_ASSERT_STRING_EQUAL(strtab_get(&t, i), "abcdefgh");
    strtab_done(&t);
}

CU_TestInfo tests_strtab[] = {
    { "strings come back as they went in", strings_come_back_as_they_went_in },
    { "a table survives want of memory", a_table_survives_want_of_memory },
    CU_TEST_INFO_NULL,
};

/* test_err.c - the error type. */
#include "config.h"

#include "src/base/err.h"

#include "tests/unit.h"

#include <string.h>

static void
a_cut_message_ends_at_a_character(void)
{
    struct err err;
    char longtext[2000];

    /* One byte before, so that the two-byte characters straddle the end of msg. */
    longtext[0] = 'x';
    for (size_t i = 1; i + 2 < sizeof(longtext); i += 2)
        memcpy(longtext + i, "\xc3\xa9", 2);
    longtext[sizeof(longtext) - 1] = longtext[sizeof(longtext) - 2] = '\0';
    longtext[sizeof(longtext) - 3] = '\0';
    CU_ASSERT_EQUAL(err_set(&err, ERR_IO, "%s", longtext), ERR_IO);
    CU_ASSERT_EQUAL(strlen(err.msg) % 2, 1);
    err_set(&err, ERR_IO, "y%s", longtext);
    CU_ASSERT_EQUAL(strlen(err.msg) % 2, 0);
}

static void
a_null_error_is_fine(void)
{
    CU_ASSERT_EQUAL(err_set(NULL, ERR_ARG, "x"), ERR_ARG);
}

CU_TestInfo tests_err[] = {
    { "a cut message ends at a character", a_cut_message_ends_at_a_character },
    { "a null error is fine", a_null_error_is_fine },
    CU_TEST_INFO_NULL,
};

/* test_jsontext.c - JSON out and in. */
#include "config.h"

#include "src/base/jsontext.h"

#include "src/base/mem.h"
#include "tests/unit.h"

#include <math.h>
#include <string.h>

static void
values_are_written_compactly_in_order(void)
{
    struct jsontext t = { 0 };

    jsontext_open(&t, NULL, '{');
    jsontext_string(&t, "z", "a\"\\\n\x1b\xc3\xa9");
    jsontext_string(&t, "none", NULL);
    jsontext_open(&t, "list", '[');
    jsontext_int(&t, NULL, -3);
    jsontext_bool(&t, NULL, true);
    jsontext_close(&t, ']');
    jsontext_open(&t, "empty", '{');
    jsontext_close(&t, '}');
    jsontext_uint(&t, "big", UINT64_MAX);
    jsontext_close(&t, '}');
    jsontext_newline(&t);
    CU_ASSERT_EQUAL_FATAL(jsontext_check(&t, NULL), ERR_OK);
    CU_ASSERT_STRING_EQUAL(t.bytes, "{\"z\":\"a\\\"\\\\\\u000a\\u001b\xc3\xa9\","
                                    "\"none\":null,\"list\":[-3,true],\"empty\":{},"
                                    "\"big\":\"18446744073709551615\"}\n");
    jsontext_done(&t);
}

static void
reals_have_the_fewest_digits_that_come_back(void)
{
    struct jsontext t = { 0 };

    jsontext_open(&t, NULL, '[');
    jsontext_real(&t, NULL, 0.1);
    jsontext_real(&t, NULL, 3);
    jsontext_real(&t, NULL, 1.0 / 3);
    jsontext_real(&t, NULL, 0.1 + 0.2);
    jsontext_real(&t, NULL, NAN);
    jsontext_real(&t, NULL, INFINITY);
    jsontext_close(&t, ']');
    CU_ASSERT_STRING_EQUAL(t.bytes,
                           "[0.1,3,0.3333333333333333,0.30000000000000004,null,null]");
    jsontext_done(&t);
}

static void
every_failing_allocation_is_reported(void)
{
    for (unsigned long n = 1; n <= 5; n++) {
        struct jsontext t = { 0 };

        mem_fail_at(n, 0);
        jsontext_open(&t, NULL, '[');
        for (int i = 0; i < 500; i++)
            jsontext_int(&t, NULL, i);
        CU_ASSERT_EQUAL(jsontext_check(&t, NULL), n <= 4 ? ERR_NOMEM : ERR_OK);
        jsontext_done(&t);
    }
    mem_fail_at(0, 0);
}

CU_TestInfo tests_jsontext[] = {
    { "values are written compactly in order", values_are_written_compactly_in_order },
    { "reals have the fewest digits that come back",
      reals_have_the_fewest_digits_that_come_back },
    { "every failing allocation is reported", every_failing_allocation_is_reported },
    CU_TEST_INFO_NULL,
};

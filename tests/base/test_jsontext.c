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
what_is_not_json_is_said_with_its_place(void)
{
    static const char *const bad[] = {
        "",        "{",        "{\"a\":1,\"a\":2}",    "[1,]",
        "{} x",    "\"\xff\"", "\"\\u0000\"",          "01",
        "[1e999]", "{'a':1}",  "[9223372036854775808]"
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        struct err err = { 0 };
        json_t *root = NULL;

        CU_ASSERT_EQUAL(jsontext_parse(&root, bad[i], strlen(bad[i]), "run.json", &err),
                        ERR_FORMAT);
        CU_ASSERT_PTR_NULL(root);
        CU_ASSERT_EQUAL(strncmp(err.msg, "run.json: not valid JSON at line 1", 34), 0);
    }
}

static enum err_code
write_and_read(void)
{
    struct jsontext t = { 0 };
    json_t *root = NULL;
    enum err_code rc;

    jsontext_open(&t, NULL, '{');
    for (int i = 0; i < 40; i++)
        jsontext_int(&t, (char[]){ 'k', (char)('0' + i), '\0' }, i);
    jsontext_string(&t, "s", "text");
    jsontext_close(&t, '}');
    rc = jsontext_check(&t, NULL);
    if (rc == ERR_OK)
        rc = jsontext_parse(&root, t.bytes, t.len, "x", NULL);
    json_decref(root);
    jsontext_done(&t);
    return rc;
}

static void
every_failing_allocation_is_reported(void)
{
    enum err_code rc = ERR_NOMEM;
    unsigned long n;

    for (n = 1; rc != ERR_OK && n < 1000; n++) {
        mem_fail_at(n, 0);
        rc = write_and_read();
        CU_ASSERT(rc == ERR_OK || rc == ERR_NOMEM);
    }
    mem_fail_at(0, 0);
    CU_ASSERT_EQUAL(rc, ERR_OK);
    CU_ASSERT(n > 40); /* jansson's allocations were among them */
}

CU_TestInfo tests_jsontext[] = {
    { "values are written compactly in order", values_are_written_compactly_in_order },
    { "reals have the fewest digits that come back",
      reals_have_the_fewest_digits_that_come_back },
    { "what is not JSON is said with its place",
      what_is_not_json_is_said_with_its_place },
    { "every failing allocation is reported", every_failing_allocation_is_reported },
    CU_TEST_INFO_NULL,
};

/* test_jsondoc.c - JSON is read strictly. */
#include "config.h"

#include "src/base/jsondoc.h"

#include "src/base/mem.h"
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

static void
values_are_read(void)
{
    static const char text[] = "{\"a\":[1,2.5,\"\xc3\xa9\"],\"b\":null} ";
    struct jsondoc d = { 0 };
    const json_t *a;

    CU_ASSERT_EQUAL_FATAL(jsondoc_parse(&d, text, strlen(text), "x", NULL), ERR_OK);
    a = json_object_get(d.root, "a");
    CU_ASSERT_EQUAL(json_integer_value(json_array_get(a, 0)), 1);
    CU_ASSERT_EQUAL(json_real_value(json_array_get(a, 1)), 2.5);
    CU_ASSERT_STRING_EQUAL(json_string_value(json_array_get(a, 2)), "\xc3\xa9");
    CU_ASSERT(json_is_null(json_object_get(d.root, "b")));
    jsondoc_done(&d);
    CU_ASSERT_PTR_NULL(d.root);
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
        struct jsondoc d = { 0 };

        CU_ASSERT_EQUAL(jsondoc_parse(&d, bad[i], strlen(bad[i]), "run.json", &err),
                        ERR_FORMAT);
        CU_ASSERT_PTR_NULL(d.root);
        CU_ASSERT_EQUAL(strncmp(err.msg, "run.json: not valid JSON at line 1", 34), 0);
    }
}

/* Long strings, keys and lists: what makes jansson's buffers grow. */
static size_t
long_text(char *text, size_t cap)
{
    size_t n = (size_t)snprintf(text, cap, "{");

    for (int i = 0; i < 60; i++)
        n += (size_t)snprintf(text + n, cap - n, "\"%0*d\":[%d,[],{\"s\":\"%0*d\"}],",
                              i + 4, i, i, i * 40 + 1, i);
    return n + (size_t)snprintf(text + n, cap - n, "\"last\":true}");
}

static void
every_failing_allocation_is_reported(void)
{
    static char text[200000];
    size_t len = long_text(text, sizeof(text));
    enum err_code rc = ERR_NOMEM;
    unsigned long n;

    for (n = 1; rc != ERR_OK && n < 10000; n++) {
        struct jsondoc d = { 0 };

        mem_fail_at(n, n % 2 != 0);
        rc = jsondoc_parse(&d, text, len, "x", NULL);
        CU_ASSERT(rc == ERR_NOMEM || (rc == ERR_OK && d.root != NULL));
        jsondoc_done(&d);
    }
    mem_fail_at(0, 0);
    CU_ASSERT_EQUAL(rc, ERR_OK);
    CU_ASSERT(n > 10);
}

CU_TestInfo tests_jsondoc[] = {
    { "values are read", values_are_read },
    { "what is not JSON is said with its place",
      what_is_not_json_is_said_with_its_place },
    { "every failing allocation is reported", every_failing_allocation_is_reported },
    CU_TEST_INFO_NULL,
};

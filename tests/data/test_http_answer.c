/* test_http_answer.c - what the headers of an answer say of a file. */
#include "config.h"

#include "src/data/http_answer.h"

#include "tests/unit.h"

#include <string.h>

static void
hear(struct http_answer *a, const char *line)
{
    http_answer_hear(a, line, strlen(line));
}

static void
the_validator_is_a_strong_etag_or_the_date(void)
{
    struct http_answer a = { .etag = "" };

    CU_ASSERT_STRING_EQUAL(http_answer_validator(&a), "");
    hear(&a, "last-modified: Wed, 26 Sep 2018 19:00:00 GMT\r\n");
    hear(&a, "ETag: W/\"weak\"\r\n");
    CU_ASSERT_STRING_EQUAL(http_answer_validator(&a), "Wed, 26 Sep 2018 19:00:00 GMT");
    hear(&a, "ETAG:\t\"one\" \r\n");
    CU_ASSERT_STRING_EQUAL(http_answer_validator(&a), "\"one\"");
    hear(&a, "ETagged: \"two\"\r\n");
    hear(&a, "ETa");
    hear(&a, "");
    CU_ASSERT_STRING_EQUAL(http_answer_validator(&a), "\"one\"");
}

/* A cut one would be another one. */
static void
a_validator_that_is_too_long_is_none(void)
{
    struct http_answer a = { .etag = "" };
    char line[2 * HTTP_VALIDATOR_MAX];

    memset(line, 'x', sizeof(line));
    memcpy(line, "ETag: ", 6);
    http_answer_hear(&a, line, 6 + HTTP_VALIDATOR_MAX - 1);
    CU_ASSERT_EQUAL(strlen(http_answer_validator(&a)), HTTP_VALIDATOR_MAX - 1);
    http_answer_hear(&a, line, 6 + HTTP_VALIDATOR_MAX);
    CU_ASSERT_STRING_EQUAL(http_answer_validator(&a), "");
}

static void
a_status_line_begins_a_new_answer(void)
{
    struct http_answer a = { .etag = "" };
    uint64_t total;

    hear(&a, "ETag: \"one\"\r\n");
    hear(&a, "Content-Range: bytes 5-9/10\r\n");
    CU_ASSERT_TRUE(http_answer_is_part(&a, 5, &total));
    hear(&a, "HTTP/1.1 200 OK\r\n");
    CU_ASSERT_FALSE(http_answer_is_part(&a, 5, &total));
    CU_ASSERT_STRING_EQUAL(http_answer_validator(&a), "");
}

static void
a_part_is_the_one_that_was_asked_for(void)
{
    static const struct {
        const char *range;
        bool part;
        uint64_t total;
    } cases[] = {
        { "bytes 100-199/200", true, 200 },
        { "bytes 100-199/*", true, 200 },
        { "bytes 100-149/200", true, 200 },
        { "bytes 101-199/200", false, 0 },
        { "bytes 100-99/200", false, 0 },
        { "bytes 100-200/200", false, 0 },
        { "bytes */200", false, 0 },
        { "pages 100-199/200", false, 0 },
        { "", false, 0 },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct http_answer a = { .etag = "" };
        uint64_t total = 0;

        strcpy(a.range, cases[i].range);
        CU_ASSERT_EQUAL(http_answer_is_part(&a, 100, &total), cases[i].part);
        CU_ASSERT_EQUAL(total, cases[i].total);
    }
}

static void
the_end_is_where_nothing_is_missing(void)
{
    struct http_answer a = { .range = "bytes */200" };

    CU_ASSERT_TRUE(http_answer_is_end(&a, 200));
    CU_ASSERT_FALSE(http_answer_is_end(&a, 199));
    strcpy(a.range, "bytes 0-199/200");
    CU_ASSERT_FALSE(http_answer_is_end(&a, 200));
}

CU_TestInfo tests_http_answer[] = {
    { "the validator is a strong etag or the date",
      the_validator_is_a_strong_etag_or_the_date },
    { "a validator that is too long is none", a_validator_that_is_too_long_is_none },
    { "a status line begins a new answer", a_status_line_begins_a_new_answer },
    { "a part is the one that was asked for", a_part_is_the_one_that_was_asked_for },
    { "the end is where nothing is missing", the_end_is_where_nothing_is_missing },
    CU_TEST_INFO_NULL,
};

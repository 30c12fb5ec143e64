/* test_sink.c - text reaches a sink whole, and the first error is the one reported. */
#include "config.h"

#include "src/base/sink.h"

#include "tests/collected.h"
#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

static void
text_longer_than_the_buffer_arrives_whole(void)
{
    struct collected c = { 0 };
    const struct sink to = collected_sink(&c);
    struct sinktext t = { .to = &to };

    for (int i = 0; i < 10000; i++)
        sinktext_printf(&t, "%05d", i);
    sinktext_bytes(&t, "end of it", 3);
    CU_ASSERT_EQUAL(sinktext_end(&t, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(c.n, 50003);
    CU_ASSERT_EQUAL(c.writes, 50003 / SINKTEXT_BYTES + 1);
    CU_ASSERT_EQUAL(strncmp(c.bytes + 4 * 5, "00004", 5), 0);
    CU_ASSERT_STRING_EQUAL(c.bytes + 49995, "09999end");
    free(c.bytes);
}

static void
after_an_error_nothing_more_is_written(void)
{
    struct collected c = { .fail_at = 2 };
    const struct sink to = collected_sink(&c);
    struct sinktext t = { .to = &to };
    struct err err;

    for (int i = 0; i < 5 * SINKTEXT_BYTES; i++)
        sinktext_put(&t, "x");
    CU_ASSERT_EQUAL(sinktext_end(&t, &err), ERR_IO);
    CU_ASSERT_STRING_EQUAL(err.msg, "full");
    CU_ASSERT_EQUAL(c.writes, 2);
    CU_ASSERT_EQUAL(c.n, SINKTEXT_BYTES);
    free(c.bytes);
}

CU_TestInfo tests_sink[] = {
    { "text longer than the buffer arrives whole",
      text_longer_than_the_buffer_arrives_whole },
    { "after an error nothing more is written",
      after_an_error_nothing_more_is_written },
    CU_TEST_INFO_NULL,
};

/* test_zip.c - archives are, byte for byte, those of Python's zipfile module. */
#include "config.h"

#include "src/base/zip.h"

#include "tests/collected.h"
#include "tests/unit.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Are the collected bytes these, in hexadecimal? */
static bool
is_hex(const struct collected *c, const char *hex)
{
    bool same = 2 * c->n == strlen(hex);

    for (size_t i = 0; i < c->n && same; i++) {
        char two[3];

        snprintf(two, sizeof(two), "%02x", (unsigned char)c->bytes[i]);
        same = memcmp(two, hex + 2 * i, 2) == 0;
    }
    return same;
}

static void
add(struct zip *z, const char *name, const char *bytes)
{
    size_t n = strlen(bytes);

    CU_ASSERT_EQUAL(zip_begin(z, name, n, zip_crc(0, bytes, n), NULL), ERR_OK);
    CU_ASSERT_EQUAL(zip_write(z, bytes, n, NULL), ERR_OK);
}

static void
sums_are_those_of_the_standard(void)
{
    CU_ASSERT_EQUAL(zip_crc(0, "", 0), 0);
    CU_ASSERT_EQUAL(zip_crc(0, "123456789", 9), 0xcbf43926);
    CU_ASSERT_EQUAL(zip_crc(zip_crc(0, "1234", 4), "56789", 5), 0xcbf43926);
}

static void
a_small_archive_needs_no_long_field(void)
{
    struct collected c = { 0 };
    const struct sink to = collected_sink(&c);
    struct zip z = { .to = &to };

    add(&z, "a.npy", "hello");
    add(&z, "bb", "");
    CU_ASSERT_EQUAL(zip_end(&z, NULL), ERR_OK);
    CU_ASSERT(is_hex(
        &c,
        "504b03041400000000000000210086a61036050000000500000005000000612e6e707968656c6c"
        "6f504b030414000000000000002100000000000000000000000000020000006262504b01021403"
        "1400000000000000210086a610360500000005000000050000000000000000000000a481000000"
        "00612e6e7079504b01021403140000000000000021000000000000000000000000000200000000"
        "00000000000000a481280000006262504b05060000000002000200630000004800000000"
        "00"));
    free(c.bytes);
}

static void
beyond_4_gb_an_archive_has_long_offsets(void)
{
    struct collected c = { 0 };
    const struct sink to = collected_sink(&c);
    struct zip z = { .to = &to, .at = 5ULL << 30 };

    add(&z, "a.npy", "hello");
    CU_ASSERT_EQUAL(zip_end(&z, NULL), ERR_OK);
    CU_ASSERT(is_hex(
        &c,
        "504b03041400000000000000210086a61036050000000500000005000000612e6e707968656c6c"
        "6f504b01022d032d00000000000000210086a61036050000000500000005000c00000000000000"
        "0000a481ffffffff612e6e7079010008000000004001000000504b06062c000000000000002d00"
        "2d000000000000000000010000000000000001000000000000003f000000000000002800004001"
        "000000504b060700000000670000400100000001000000504b050600000000010001003f000000"
        "ffffffff0000"));
    free(c.bytes);
}

static void
a_member_above_4_gb_has_long_sizes(void)
{
    struct collected c = { 0 };
    const struct sink to = collected_sink(&c);
    struct zip z = { .to = &to };

    CU_ASSERT_EQUAL(zip_begin(&z, "big", 6ULL << 30, 0x12345678, NULL), ERR_OK);
    CU_ASSERT(is_hex(&c,
                     "504b03042d00000000000000210078563412ffffffffffffffff0300140062"
                     "69670100100000000080010000000000008001000000"));
    free(c.bytes);
}

CU_TestInfo tests_zip[] = {
    { "sums are those of the standard", sums_are_those_of_the_standard },
    { "a small archive needs no long field", a_small_archive_needs_no_long_field },
    { "beyond 4 GB an archive has long offsets",
      beyond_4_gb_an_archive_has_long_offsets },
    { "a member above 4 GB has long sizes", a_member_above_4_gb_has_long_sizes },
    CU_TEST_INFO_NULL,
};

/* test_md5file.c - checksums as publishers write them. */
#include "config.h"

#include "src/data/md5file.h"

#include "tests/unit.h"

#include <string.h>

static void
sums_are_found_in_what_publishers_write(void)
{
    char sum[MD5_TEXT] = "";
    static const char bsd[] = "MD5 (ml.zip) = 6B51FB2759A8657D3BFCBFC42B592ADA\n";
    static const char gnu[] = "6b51fb2759a8657d3bfcbfc42b592ada  ml-25m.zip\n";

    CU_ASSERT_TRUE(md5_in_text(sum, bsd, strlen(bsd)));
    CU_ASSERT_STRING_EQUAL(sum, "6b51fb2759a8657d3bfcbfc42b592ada");
    CU_ASSERT_TRUE(md5_in_text(sum, gnu, 32));
    CU_ASSERT_FALSE(md5_in_text(sum, gnu, 31));
    CU_ASSERT_FALSE(md5_in_text(sum, "a6b51fb2759a8657d3bfcbfc42b592ada", 33));
    CU_ASSERT_FALSE(md5_in_text(sum, "xb51fb2759a8657d3bfcbfc42b592ada", 32));
    CU_ASSERT_FALSE(md5_in_text(sum, "", 0));
}

CU_TestInfo tests_md5file[] = {
    { "sums are found in what publishers write",
      sums_are_found_in_what_publishers_write },
    CU_TEST_INFO_NULL,
};

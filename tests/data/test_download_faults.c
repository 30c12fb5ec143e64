/* test_download_faults.c - a download without memory, room or a working disk. */
#include "config.h"

#include "src/data/download.h"

#include "src/base/mem.h"
#include "src/base/sysio.h"
#include "tests/data/archive_site.h"
#include "tests/faults.h"
#include "tests/unit.h"

#include <errno.h>
#include <string.h>

static void
memory_that_runs_out_is_an_error(void)
{
    unsigned long n = 1;
    struct err err;

    site_begin();
    for (enum err_code rc = ERR_NOMEM; rc != ERR_OK && n < 3000; n++) {
        mem_fail_at(n, 0);
        rc = site_fetch(&err);
        mem_fail_at(0, 0);
        CU_ASSERT_TRUE(rc == ERR_OK || err.msg[0] != '\0');
        CU_ASSERT_EQUAL(site_has(SITE_NAME), rc == ERR_OK);
        CU_ASSERT_FALSE(site_has("." SITE_NAME ".unpacking"));
    }
    CU_ASSERT_TRUE(n < 3000);
    site_check_whole();
    site_end();
}

static void
a_call_that_fails_leaves_the_data_whole_or_absent(void)
{
    unsigned long n = 1;
    struct err err;

    site_begin();
    for (enum err_code rc = ERR_IO; rc != ERR_OK && n < 3000; n++) {
        faults_fail_at(n, false, ENOSPC);
        rc = site_fetch(&err);
        faults_off();
        CU_ASSERT_TRUE(rc == ERR_OK || err.msg[0] != '\0');
        if (site_has(SITE_NAME))
            break;
    }
    CU_ASSERT_TRUE(n < 3000);
    site_check_succeeds();
    site_end();
}

/* Room for so many bytes. */
static int
little_room(void *arg, enum sysio_call call, size_t *bytes)
{
    if (call == SYSIO_SPACE)
        *bytes = *(const size_t *)arg;
    return 0;
}

static void
a_full_disk_is_said_before_the_work(void)
{
    size_t room = 1000000;

    site_begin();
    sysio_set_hook(little_room, &room);
    site_check_fails(ERR_IO, "make room", 0);
    sysio_set_hook(NULL, NULL);
    CU_ASSERT_TRUE(loopback_n_sent(site.server) < site.n + 2 * strlen(site.sum));
    site_end();
}

CU_TestInfo tests_download_faults[] = {
    { "memory that runs out is an error", memory_that_runs_out_is_an_error },
    { "a call that fails leaves the data whole or absent",
      a_call_that_fails_leaves_the_data_whole_or_absent },
    { "a full disk is said before the work", a_full_disk_is_said_before_the_work },
    CU_TEST_INFO_NULL,
};

/* test_download.c - an archive from a server that cuts, stalls and corrupts. */
#include "config.h"

#include "src/data/download.h"

#include "src/base/mem.h"
#include "tests/data/archive_site.h"
#include "tests/made_zip.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <fcntl.h>
#include <nettle/md5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
an_archive_becomes_a_folder_of_known_files(void)
{
    unsigned n_requests;
    struct err err;

    site_begin();
    site_check_succeeds();
    CU_ASSERT_TRUE(site_has(SITE_NAME "/README.txt"));
    CU_ASSERT_EQUAL(site.seen.phase, DOWNLOAD_UNPACKING);
    CU_ASSERT_EQUAL(site.seen.done, site.seen.total);
    n_requests = loopback_n_requests(site.server);
    CU_ASSERT_EQUAL(site_fetch(&err), ERR_OK); /* it is here already: nobody is asked */
    CU_ASSERT_EQUAL(loopback_n_requests(site.server), n_requests);
    site_end();
}

static void
what_was_cut_goes_on_where_it_was(void)
{
    site_begin();
    site.page[0].cut = 100000;
    site_check_fails(ERR_IO, "the connection was cut", 100000);
    site_check_fails(ERR_IO, "the connection was cut", 200000);
    site.page[0].cut = 0;
    site_check_succeeds();
    CU_ASSERT_FALSE(site.went_back);
    CU_ASSERT_EQUAL(loopback_n_sent(site.server), site.n + 3 * strlen(site.sum));
    site_end();
}

static void
what_stalls_is_given_up_and_goes_on_later(void)
{
    site_begin();
    site.page[0].stall = 100000;
    site_check_fails(ERR_IO, "nothing came for 1 s", 100000);
    site.page[0].stall = 0;
    site_check_succeeds();
    CU_ASSERT_EQUAL(loopback_n_sent(site.server), site.n + 2 * strlen(site.sum));
    site_end();
}

static void
a_part_that_was_whole_already_is_not_fetched_again(void)
{
    site_begin();
    site.stop_phase = DOWNLOAD_UNPACKING;
    site_check_fails(ERR_STATE, "stopped while it was unpacked", site.n);
    site.stop_phase = -1;
    site_check_succeeds(); /* the server says 416 */
    CU_ASSERT_EQUAL(loopback_n_sent(site.server), site.n + 2 * strlen(site.sum));
    site_end();
}

static void
a_part_longer_than_the_file_is_thrown_away(void)
{
    char *longer;

    site_begin();
    site.stop_phase = DOWNLOAD_UNPACKING;
    site_check_fails(ERR_STATE, "stopped", site.n);
    site.stop_phase = -1;
    longer = calloc(site.n + 10, 1);
    scratch_write(scratch_path(site.dir, "." SITE_NAME ".zip.part"), longer,
                  site.n + 10);
    free(longer);
    site_check_succeeds();
    site_end();
}

static void
a_byte_that_is_wrong_is_noticed(void)
{
    site_begin();
    site.zip[site.n / 2] ^= 1;
    site_check_fails(ERR_FORMAT, "the publisher says", 0);
    site.zip[site.n / 2] ^= 1;
    site_check_succeeds();
    site_end();
}

static void
a_wrong_byte_in_an_old_part_costs_one_more_download(void)
{
    int fd;

    site_begin();
    site.page[0].cut = 100000;
    site_check_fails(ERR_IO, "the connection was cut", 100000);
    site.page[0].cut = 0;
    fd = open(scratch_path(site.dir, "." SITE_NAME ".zip.part"), O_WRONLY);
    CU_ASSERT_EQUAL(pwrite(fd, "?", 1, 5000), 1);
    close(fd);
    site_check_succeeds();
    site_end();
}

static void
a_pinned_sum_is_not_asked_for(void)
{
    struct download_options opt = { .folder = site.dir };
    struct download_result r = { 0 };
    struct loopback_page page[] = { { .path = "/ml-100k.zip" }, { 0 } };
    struct err err;

    site_begin();
    page[0].body = site.zip;
    page[0].n = site.n;
    loopback_change(site.server, page);
    opt.base = loopback_base(site.server);
    CU_ASSERT_EQUAL(download_run(&r, movielens_find("ml-100k"), &opt, &err),
                    ERR_FORMAT);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "0e33842e24a9c977be4e0107933c0723"));
    CU_ASSERT_EQUAL(loopback_n_requests(site.server), 1);
    CU_ASSERT_EQUAL(scratch_count(site.dir), 0);
    site_end();
}

static void
it_can_be_stopped_in_every_phase(void)
{
    site_begin();
    site.page[0].pause_ms = 1;
    site.stop_phase = DOWNLOAD_CONNECTING;
    site_check_fails(ERR_STATE, "stopped", 0);
    site.stop_phase = DOWNLOAD_CHECKING;
    site_check_fails(ERR_STATE, "stopped", site.n);
    site.stop_phase = DOWNLOAD_UNPACKING;
    site_check_fails(ERR_STATE, "stopped", site.n);
    site.stop_phase = -1;
    site_check_succeeds();
    site_end();
    site_begin();
    site.page[0].stall = 150000;
    site.stop_phase = DOWNLOAD_LOADING;
    site.stop_at = 150000;
    site_check_fails(ERR_STATE, "stopped", 150000);
    site.page[0].stall = 0;
    site.stop_phase = -1;
    site_check_succeeds();
    site_end();
}

static void
what_is_no_archive_is_not_unpacked(void)
{
    struct made_member m = { .name = "a/b/c.txt", .bytes = "x", .n = 1 };
    unsigned char digest[MD5_DIGEST_SIZE], *zip;
    struct md5_ctx md5;
    size_t n;

    site_begin();
    zip = made_zip(&m, 1, &n);
    md5_init(&md5);
    md5_update(&md5, n, zip);
    md5_digest(&md5, sizeof(digest), digest);
    for (size_t i = 0; i < sizeof(digest); i++)
        sprintf(site.sum + 2 * i, "%02x", digest[i]);
    site.page[0].body = zip;
    site.page[0].n = n;
    site.page[1].n = strlen(site.sum);
    loopback_change(site.server, site.page);
    {
        struct err err;

        CU_ASSERT_EQUAL(site_fetch(&err), ERR_NOTFOUND);
        CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "no ratings.csv"));
        CU_ASSERT_EQUAL(scratch_count(site.dir), 0);
    }
    site_end();
    free(zip);
}

static void
what_has_the_name_already_is_not_touched(void)
{
    struct err err;

    site_begin();
    scratch_write(scratch_path(site.dir, SITE_NAME), "mine", 4);
    CU_ASSERT_EQUAL(site_fetch(&err), ERR_STATE);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "is there and holds no ratings"));
    CU_ASSERT_EQUAL(unlink(scratch_path(site.dir, SITE_NAME)), 0);
    CU_ASSERT_EQUAL(mkdir(scratch_path(site.dir, SITE_NAME), 0700), 0);
    site_check_succeeds(); /* an empty folder is nobody's */
    site_end();
}

static void
two_at_once_do_not_mix(void)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    struct err err;
    int fd;

    site_begin();
    fd =
        open(scratch_path(site.dir, "." SITE_NAME ".zip.part"), O_RDWR | O_CREAT, 0600);
    CU_ASSERT_EQUAL_FATAL(fcntl(fd, F_OFD_SETLK, &whole), 0);
    CU_ASSERT_EQUAL(site_fetch(&err), ERR_STATE);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "somebody else is fetching it now"));
    CU_ASSERT_EQUAL(loopback_n_requests(site.server), 0);
    CU_ASSERT_TRUE(site_has("." SITE_NAME ".zip.part")); /* theirs is left alone */
    CU_ASSERT_PTR_NULL(strstr(err.msg, "are kept"));
    close(fd);
    site_check_succeeds();
    site_end();
}

static void
folders_of_a_killed_run_are_cleared_away(void)
{
    site_begin();
    CU_ASSERT_EQUAL(mkdir(scratch_path(site.dir, "." SITE_NAME ".unpacking"), 0700), 0);
    scratch_write(scratch_path(site.dir, "." SITE_NAME ".unpacking/ratings.csv"),
                  "half", 4);
    site_check_succeeds();
    site_end();
}

CU_TestInfo tests_download[] = {
    { "an archive becomes a folder of known files",
      an_archive_becomes_a_folder_of_known_files },
    { "what was cut goes on where it was", what_was_cut_goes_on_where_it_was },
    { "what stalls is given up and goes on later",
      what_stalls_is_given_up_and_goes_on_later },
    { "a part that was whole already is not fetched again",
      a_part_that_was_whole_already_is_not_fetched_again },
    { "a part longer than the file is thrown away",
      a_part_longer_than_the_file_is_thrown_away },
    { "a byte that is wrong is noticed", a_byte_that_is_wrong_is_noticed },
    { "a wrong byte in an old part costs one more download",
      a_wrong_byte_in_an_old_part_costs_one_more_download },
    { "a pinned sum is not asked for", a_pinned_sum_is_not_asked_for },
    { "it can be stopped in every phase", it_can_be_stopped_in_every_phase },
    { "what is no archive is not unpacked", what_is_no_archive_is_not_unpacked },
    { "what has the name already is not touched",
      what_has_the_name_already_is_not_touched },
    { "two at once do not mix", two_at_once_do_not_mix },
    { "folders of a killed run are cleared away",
      folders_of_a_killed_run_are_cleared_away },
    CU_TEST_INFO_NULL,
};

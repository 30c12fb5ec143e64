/* test_download_server.c - an archive from servers of all kinds: versions that change,
 * lengths and ranges that lie, addresses that lead elsewhere. */
#include "config.h"

#include "src/data/download.h"

#include "tests/data/archive_site.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

static void
a_server_without_ranges_sends_it_all_again(void)
{
    site_begin();
    site.page[0].no_ranges = true;
    site.page[0].cut = 100000;
    site_check_fails(ERR_IO, "the connection was cut", 100000);
    site.page[0].cut = 0;
    site_check_succeeds();
    site_end();
}

static void
without_an_etag_the_date_tells_versions_apart(void)
{
    site_begin();
    site.page[0].etag = "W/\"weak\"";
    site.page[0].modified = "Wed, 26 Sep 2018 19:00:00 GMT";
    site.page[0].cut = 100000;
    site_check_fails(ERR_IO, "the connection was cut", 100000);
    site.page[0].cut = 0;
    site_check_succeeds();
    CU_ASSERT_EQUAL(loopback_n_sent(site.server), site.n + 2 * strlen(site.sum));
    site_end();
}

/* The server has another archive after the cut. */
static void
change_after_cut(bool if_range)
{
    unsigned char *other;
    size_t n;

    site_begin();
    site.page[0].cut = 100000;
    site_check_fails(ERR_IO, "the connection was cut", 100000);
    other = site_make_archive(&n, site.sum, 2);
    site.page[0] = (struct loopback_page){ .path = SITE_ZIP,
                                           .body = other,
                                           .n = n,
                                           .etag = "\"two\"",
                                           .no_if_range = !if_range };
    site_check_succeeds();
    site_end();
    free(other);
}

static void
a_version_that_changed_meanwhile_is_fetched_from_the_start(void)
{
    change_after_cut(true);
}

static void
two_versions_mixed_by_the_server_are_noticed_and_fetched_again(void)
{
    change_after_cut(false);
}

static void
a_part_of_another_address_is_not_gone_on_with(void)
{
    struct loopback *other;

    site_begin();
    site.page[0].cut = 100000;
    site_check_fails(ERR_IO, "the connection was cut", 100000);
    site.page[0].cut = 0;
    other = loopback_start(site.page);
    loopback_stop(site.server);
    site.server = other;
    site_check_succeeds();
    CU_ASSERT_EQUAL(loopback_n_sent(site.server), site.n + strlen(site.sum));
    site_end();
}

static void
a_length_that_is_a_lie_harms_nothing(void)
{
    site_begin();
    site.page[0].lie = 1000;
    site_check_fails(ERR_IO, "the connection was cut", site.n);
    site.page[0].lie = 0;
    site_check_succeeds();
    site_end();
    site_begin();
    site.page[0].lie = -1000;
    site_check_fails(ERR_FORMAT, "the publisher says", 0);
    site.page[0].no_length = true;
    site_check_succeeds();
    site_end();
    site_begin();
    site.page[0].no_length = true;
    site.page[0].cut = 100000;
    site_check_fails(ERR_FORMAT, "the publisher says",
                     0); /* nobody can tell it was cut */
    site.page[0] =
        (struct loopback_page){ .path = SITE_ZIP, .body = site.zip, .n = site.n };
    site.page[0].lie = (long)9 << 30;
    site_check_fails(ERR_IO, "expected at most 8589934592", 0);
    site_end();
}

static void
a_wrong_range_is_refused(void)
{
    site_begin();
    site.page[0].cut = 100000;
    site_check_fails(ERR_IO, "the connection was cut", 100000);
    site.page[0].cut = 0;
    site.page[0].status = 404;
    site_check_fails(ERR_NOTFOUND, "no such file (404)", 100000); /* it may come back */
    site.page[0].status = 0;
    site.page[0].wrong_range = true;
    site_check_fails(ERR_IO, "expected the bytes from 100000 on", 100000);
    site_end();
}

static void
what_the_server_refuses_leaves_nothing(void)
{
    site_begin();
    site.page[0].status = 404;
    site_check_fails(ERR_NOTFOUND, "the server has no such file (404)", 0);
    site.page[0].status = 500;
    site_check_fails(ERR_IO, "the server answered 500", 0);
    site.page[0].status = 416;
    site_check_fails(ERR_IO, "the server answered 416", 0);
    site.page[0].status = 0;
    site.page[1].body = "<html>404</html>";
    site.page[1].n = 16;
    site_check_fails(ERR_FORMAT, "no MD5 in it", 0);
    site.page[1].status = 404;
    site_check_fails(ERR_NOTFOUND, ".md5: the server has no such file", 0);
    site_end();
}

static void
redirections_stay_on_https_or_on_this_machine(void)
{
    struct loopback_page moved;

    site_begin();
    moved = site.page[0];
    moved.path = "/elsewhere.zip";
    site.page[0].status = 302;
    site.page[0].location = "/elsewhere.zip";
    {
        struct loopback_page three[] = { site.page[0], site.page[1], moved, { 0 } };
        struct err err;

        loopback_change(site.server, three);
        CU_ASSERT_EQUAL(site_fetch(&err), ERR_OK);
        site_check_whole();
    }
    site_end();
    site_begin();
    site.page[0].status = 301;
    site.page[0].location = "http://files.example/ml.zip";
    site_check_fails(ERR_IO, "leads on to http://files.example/ml.zip: not encrypted",
                     0);
    site.page[0].location = "ftp://127.0.0.1/ml.zip";
    site_check_fails(ERR_IO, "not encrypted", 0);
    site.page[0].location = "file:///etc/passwd";
    site_check_fails(ERR_IO, "leads on to file:///etc/passwd: ", 0);
    site.page[0].location = SITE_ZIP;
    site_check_fails(ERR_IO, "led on more than 5 times", 0);
    site.page[0].location = NULL;
    site_check_fails(ERR_IO, "the server answered 301", 0);
    site_end();
}

static void
an_address_that_is_not_encrypted_is_refused(void)
{
    struct download_options opt = { .base = "http://files.example/ml" };
    struct download_result r;
    struct err err;

    site_begin();
    opt.folder = site.dir;
    CU_ASSERT_EQUAL(download_run(&r, movielens_find(SITE_NAME), &opt, &err), ERR_ARG);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "not encrypted"));
    opt.base = "http://127.0.0.1.files.example";
    CU_ASSERT_EQUAL(download_run(&r, movielens_find(SITE_NAME), &opt, &err), ERR_ARG);
    opt.base = "nonsense";
    CU_ASSERT_EQUAL(download_run(&r, movielens_find(SITE_NAME), &opt, &err), ERR_ARG);
    opt.base = "http://127.0.0.1:1"; /* nobody is there */
    CU_ASSERT_EQUAL(download_run(&r, movielens_find(SITE_NAME), &opt, &err), ERR_IO);
    CU_ASSERT_EQUAL(scratch_count(site.dir), 0);
    site_end();
}

CU_TestInfo tests_download_server[] = {
    { "a server without ranges sends it all again",
      a_server_without_ranges_sends_it_all_again },
    { "without an etag the date tells versions apart",
      without_an_etag_the_date_tells_versions_apart },
    { "a version that changed meanwhile is fetched from the start",
      a_version_that_changed_meanwhile_is_fetched_from_the_start },
    { "two versions mixed by the server are noticed and fetched again",
      two_versions_mixed_by_the_server_are_noticed_and_fetched_again },
    { "a part of another address is not gone on with",
      a_part_of_another_address_is_not_gone_on_with },
    { "a length that is a lie harms nothing", a_length_that_is_a_lie_harms_nothing },
    { "a wrong range is refused", a_wrong_range_is_refused },
    { "what the server refuses leaves nothing",
      what_the_server_refuses_leaves_nothing },
    { "redirections stay on https or on this machine",
      redirections_stay_on_https_or_on_this_machine },
    { "an address that is not encrypted is refused",
      an_address_that_is_not_encrypted_is_refused },
    CU_TEST_INFO_NULL,
};

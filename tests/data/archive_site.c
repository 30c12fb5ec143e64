/* archive_site.c - a publisher's server and a data folder; see archive_site.h. */
#include "config.h"

#include "tests/data/archive_site.h"

#include "src/base/mem.h"
#include "src/data/dataset.h"
#include "tests/made_zip.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <nettle/md5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char movies_text[] = "movieId,title,genres\n1,Alien (1979),Horror\n";

struct site site;

static char *
make_ratings(size_t *ret_n, unsigned seed)
{
    char *text = malloc(400000);
    size_t n = (size_t)sprintf(text, "userId,movieId,rating,timestamp\n");

    for (unsigned i = 0; n < 300000; i++)
        n += (size_t)sprintf(text + n, "%u,%u,%u.5,%u\n", i / 20 + 1, i % 20 + 1,
                             (i * 7 + seed) % 5, 1000000000 + i);
    *ret_n = n;
    return text;
}

unsigned char *
site_make_archive(size_t *ret_n, char sum[64], unsigned seed)
{
    size_t n;
    char *ratings = make_ratings(&n, seed);
    const struct made_member m[] = {
        { .name = SITE_NAME "/", .bytes = "" },
        { .name = SITE_NAME "/ratings.csv",
          .bytes = ratings,
          .n = n,
          .deflated = true },
        { .name = SITE_NAME "/movies.csv",
          .bytes = movies_text,
          .n = sizeof(movies_text) - 1 },
        { .name = SITE_NAME "/README.txt", .bytes = "Terms\n", .n = 6 },
        { .name = SITE_NAME "/allbut.pl", .bytes = "#!perl", .n = 6 },
        { .name = SITE_NAME "/../escape.csv", .bytes = "x", .n = 1 },
    };
    unsigned char *zip = made_zip(m, 6, ret_n), digest[MD5_DIGEST_SIZE];
    struct md5_ctx md5;
    int at = sprintf(sum, "MD5 (x.zip) = ");

    md5_init(&md5);
    md5_update(&md5, *ret_n, zip);
    md5_digest(&md5, sizeof(digest), digest);
    for (size_t i = 0; i < sizeof(digest); i++)
        at += sprintf(sum + at, "%02x", digest[i]);
    free(ratings);
    return zip;
}

void
site_begin(void)
{
    site = (struct site){ .stop_phase = -1 };
    scratch_make(site.dir);
    site.zip = site_make_archive(&site.n, site.sum, 1);
    site.page[0] = (struct loopback_page){
        .path = SITE_ZIP, .body = site.zip, .n = site.n, .etag = "\"one\""
    };
    site.page[1] = (struct loopback_page){ .path = SITE_SUM,
                                           .body = site.sum,
                                           .n = strlen(site.sum) };
    site.server = loopback_start(site.page);
}

void
site_end(void)
{
    loopback_stop(site.server);
    free(site.zip);
    scratch_remove(site.dir);
}

static bool
progress(void *arg, const struct download_progress *p)
{
    (void)arg;
    site.went_back |= p->phase == DOWNLOAD_LOADING &&
                      site.seen.phase == DOWNLOAD_LOADING && p->done < site.seen.done;
    site.seen = *p;
    return (int)p->phase == site.stop_phase && p->done >= site.stop_at;
}

enum err_code
site_fetch(struct err *err)
{
    struct download_options opt = { .folder = site.dir,
                                    .base = loopback_base(site.server),
                                    .stall_s = 1,
                                    .progress = progress };
    struct download_result r = { 0 };
    enum err_code rc;

    err->msg[0] = '\0';
    rc = download_run(&r, movielens_find(SITE_NAME), &opt, err);
    CU_ASSERT_EQUAL(r.folder != NULL, rc == ERR_OK);
    mem_free(r.folder);
    return rc;
}

bool
site_has(const char *name)
{
    struct stat st;

    return lstat(scratch_path(site.dir, name), &st) == 0;
}

size_t
site_part_bytes(void)
{
    struct stat st;

    return stat(scratch_path(site.dir, "." SITE_NAME ".zip.part"), &st) == 0
               ? (size_t)st.st_size
               : 0;
}

void
site_check_whole(void)
{
    struct dataset_options opt = dataset_defaults();
    struct dataset *d = NULL;
    struct err err;

    CU_ASSERT_EQUAL(scratch_count(site.dir), 1);
    CU_ASSERT_EQUAL(scratch_count(scratch_path(site.dir, SITE_NAME)), 3);
    CU_ASSERT_EQUAL(
        dataset_load(&d, scratch_path(site.dir, SITE_NAME), &opt, NULL, &err), ERR_OK);
    dataset_free(d);
}

void
site_check_fails(enum err_code code, const char *words, size_t kept)
{
    struct err err;

    loopback_change(site.server, site.page);
    CU_ASSERT_EQUAL(site_fetch(&err), code);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, words));
    if (strstr(err.msg, words) == NULL)
        printf("\n  found: %s\n", err.msg);
    CU_ASSERT_EQUAL(site_part_bytes(), kept);
    CU_ASSERT_FALSE(site_has(SITE_NAME));
    CU_ASSERT_EQUAL(scratch_count(site.dir), kept == 0 ? 0 : 2);
    CU_ASSERT_EQUAL(strstr(err.msg, " are kept, the same") != NULL, kept > 0);
}

void
site_check_succeeds(void)
{
    struct err err;

    loopback_change(site.server, site.page);
    CU_ASSERT_EQUAL(site_fetch(&err), ERR_OK);
    if (err.msg[0] != '\0')
        printf("\n  found: %s\n", err.msg);
    site_check_whole();
}

/* test_download.c - an archive from a server that cuts, stalls, lies and corrupts. */
#include "config.h"

#include "src/data/download.h"

#include "src/base/mem.h"
#include "src/base/sysio.h"
#include "src/data/dataset.h"
#include "src/data/md5file.h"
#include "tests/faults.h"
#include "tests/loopback.h"
#include "tests/made_zip.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/md5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME "ml-latest-small"
#define ZIP  "/" NAME ".zip"
#define SUM  "/" NAME ".zip.md5"

static const char movies_text[] = "movieId,title,genres\n1,Alien (1979),Horror\n";

/* One test's world: a zip of about 300 kB, a server that has it, a data folder. */
static struct world {
    char dir[256]; /* the data folder */
    unsigned char *zip;
    size_t n;
    char sum[64];
    struct loopback_page page[3];
    struct loopback *server;
    struct download_progress seen; /* the last progress */
    bool went_back;                /* it was loaded from the start again */
    int stop_phase;                /* progress says stop in this phase, from */
    uint64_t stop_at;              /* so many bytes on; -1: never */
} w;

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

/* The archive of a seed; its sum as the publisher writes it. */
static unsigned char *
make_archive(size_t *ret_n, char sum[64], unsigned seed)
{
    size_t n;
    char *ratings = make_ratings(&n, seed);
    const struct made_member m[] = {
        { .name = NAME "/", .bytes = "" },
        { .name = NAME "/ratings.csv", .bytes = ratings, .n = n, .deflated = true },
        { .name = NAME "/movies.csv",
          .bytes = movies_text,
          .n = sizeof(movies_text) - 1 },
        { .name = NAME "/README.txt", .bytes = "Terms\n", .n = 6 },
        { .name = NAME "/allbut.pl", .bytes = "#!perl", .n = 6 },
        { .name = NAME "/../escape.csv", .bytes = "x", .n = 1 },
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

static void
begin(void)
{
    memset(&w, 0, sizeof(w));
    w.stop_phase = -1;
    scratch_make(w.dir);
    w.zip = make_archive(&w.n, w.sum, 1);
    w.page[0] = (struct loopback_page){
        .path = ZIP, .body = w.zip, .n = w.n, .etag = "\"one\""
    };
    w.page[1] =
        (struct loopback_page){ .path = SUM, .body = w.sum, .n = strlen(w.sum) };
    w.server = loopback_start(w.page);
}

static void
end(void)
{
    loopback_stop(w.server);
    free(w.zip);
    scratch_remove(w.dir);
}

static bool
progress(void *arg, const struct download_progress *p)
{
    (void)arg;
    w.went_back |= p->phase == DOWNLOAD_LOADING && w.seen.phase == DOWNLOAD_LOADING &&
                   p->done < w.seen.done;
    w.seen = *p;
    return (int)p->phase == w.stop_phase && p->done >= w.stop_at;
}

static enum err_code
fetch(struct err *err)
{
    struct download_options opt = { .folder = w.dir,
                                    .base = loopback_base(w.server),
                                    .stall_s = 1,
                                    .progress = progress };
    struct download_result r = { 0 };
    enum err_code rc;

    err->msg[0] = '\0';
    rc = download_run(&r, movielens_find(NAME), &opt, err);
    CU_ASSERT_EQUAL(r.folder != NULL, rc == ERR_OK);
    mem_free(r.folder);
    return rc;
}

static bool
there(const char *name)
{
    struct stat st;

    return lstat(scratch_path(w.dir, name), &st) == 0;
}

static size_t
part_bytes(void)
{
    struct stat st;

    return stat(scratch_path(w.dir, "." NAME ".zip.part"), &st) == 0
               ? (size_t)st.st_size
               : 0;
}

/* The data are there and nothing else is. */
static void
check_whole(void)
{
    struct dataset_options opt = dataset_defaults();
    struct dataset *d = NULL;
    struct err err;

    CU_ASSERT_EQUAL(scratch_count(w.dir), 1);
    CU_ASSERT_EQUAL(scratch_count(scratch_path(w.dir, NAME)), 3);
    CU_ASSERT_EQUAL(dataset_load(&d, scratch_path(w.dir, NAME), &opt, NULL, &err),
                    ERR_OK);
    dataset_free(d);
}

/* It fails with this code and these words; of the data nothing is there, and of the zip
 * so many bytes. */
static void
check_fails(enum err_code code, const char *words, size_t kept)
{
    struct err err;

    loopback_change(w.server, w.page);
    CU_ASSERT_EQUAL(fetch(&err), code);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, words));
    if (strstr(err.msg, words) == NULL)
        printf("\n  found: %s\n", err.msg);
    CU_ASSERT_EQUAL(part_bytes(), kept);
    CU_ASSERT_FALSE(there(NAME));
    CU_ASSERT_EQUAL(scratch_count(w.dir), kept == 0 ? 0 : 2);
    CU_ASSERT_EQUAL(strstr(err.msg, " are kept, the same") != NULL, kept > 0);
}

/* Then all is well, and it is fetched. */
static void
check_succeeds(void)
{
    struct err err;

    loopback_change(w.server, w.page);
    CU_ASSERT_EQUAL(fetch(&err), ERR_OK);
    if (err.msg[0] != '\0')
        printf("\n  found: %s\n", err.msg);
    check_whole();
}

/* ---- */

static void
an_archive_becomes_a_folder_of_known_files(void)
{
    unsigned n_requests;
    struct err err;

    begin();
    check_succeeds();
    CU_ASSERT_TRUE(there(NAME "/README.txt"));
    CU_ASSERT_EQUAL(w.seen.phase, DOWNLOAD_UNPACKING);
    CU_ASSERT_EQUAL(w.seen.done, w.seen.total);
    n_requests = loopback_n_requests(w.server);
    CU_ASSERT_EQUAL(fetch(&err), ERR_OK); /* it is here already: nobody is asked */
    CU_ASSERT_EQUAL(loopback_n_requests(w.server), n_requests);
    end();
}

static void
what_was_cut_goes_on_where_it_was(void)
{
    begin();
    w.page[0].cut = 100000;
    check_fails(ERR_IO, "the connection was cut", 100000);
    check_fails(ERR_IO, "the connection was cut", 200000);
    w.page[0].cut = 0;
    check_succeeds();
    CU_ASSERT_FALSE(w.went_back);
    CU_ASSERT_EQUAL(loopback_n_sent(w.server), w.n + 3 * strlen(w.sum));
    end();
}

static void
what_stalls_is_given_up_and_goes_on_later(void)
{
    begin();
    w.page[0].stall = 100000;
    check_fails(ERR_IO, "nothing came for 1 s", 100000);
    w.page[0].stall = 0;
    check_succeeds();
    CU_ASSERT_EQUAL(loopback_n_sent(w.server), w.n + 2 * strlen(w.sum));
    end();
}

static void
a_server_without_ranges_sends_it_all_again(void)
{
    begin();
    w.page[0].no_ranges = true;
    w.page[0].cut = 100000;
    check_fails(ERR_IO, "the connection was cut", 100000);
    w.page[0].cut = 0;
    check_succeeds();
    end();
}

static void
without_an_etag_the_date_tells_versions_apart(void)
{
    begin();
    w.page[0].etag = "W/\"weak\"";
    w.page[0].modified = "Wed, 26 Sep 2018 19:00:00 GMT";
    w.page[0].cut = 100000;
    check_fails(ERR_IO, "the connection was cut", 100000);
    w.page[0].cut = 0;
    check_succeeds();
    CU_ASSERT_EQUAL(loopback_n_sent(w.server), w.n + 2 * strlen(w.sum));
    end();
}

/* The server has another archive after the cut. */
static void
change_after_cut(bool if_range)
{
    unsigned char *other;
    size_t n;

    begin();
    w.page[0].cut = 100000;
    check_fails(ERR_IO, "the connection was cut", 100000);
    other = make_archive(&n, w.sum, 2);
    w.page[0] = (struct loopback_page){
        .path = ZIP, .body = other, .n = n, .etag = "\"two\"", .no_if_range = !if_range
    };
    check_succeeds();
    end();
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

    begin();
    w.page[0].cut = 100000;
    check_fails(ERR_IO, "the connection was cut", 100000);
    w.page[0].cut = 0;
    other = loopback_start(w.page);
    loopback_stop(w.server);
    w.server = other;
    check_succeeds();
    CU_ASSERT_EQUAL(loopback_n_sent(w.server), w.n + strlen(w.sum));
    end();
}

static void
a_part_that_was_whole_already_is_not_fetched_again(void)
{
    begin();
    w.stop_phase = DOWNLOAD_UNPACKING;
    check_fails(ERR_STATE, "stopped while it was unpacked", w.n);
    w.stop_phase = -1;
    check_succeeds(); /* the server says 416 */
    CU_ASSERT_EQUAL(loopback_n_sent(w.server), w.n + 2 * strlen(w.sum));
    end();
}

static void
a_part_longer_than_the_file_is_thrown_away(void)
{
    char *longer;

    begin();
    w.stop_phase = DOWNLOAD_UNPACKING;
    check_fails(ERR_STATE, "stopped", w.n);
    w.stop_phase = -1;
    longer = calloc(w.n + 10, 1);
    scratch_write(scratch_path(w.dir, "." NAME ".zip.part"), longer, w.n + 10);
    free(longer);
    check_succeeds();
    end();
}

static void
a_byte_that_is_wrong_is_noticed(void)
{
    begin();
    w.zip[w.n / 2] ^= 1;
    check_fails(ERR_FORMAT, "the publisher says", 0);
    w.zip[w.n / 2] ^= 1;
    check_succeeds();
    end();
}

static void
a_wrong_byte_in_an_old_part_costs_one_more_download(void)
{
    int fd;

    begin();
    w.page[0].cut = 100000;
    check_fails(ERR_IO, "the connection was cut", 100000);
    w.page[0].cut = 0;
    fd = open(scratch_path(w.dir, "." NAME ".zip.part"), O_WRONLY);
    CU_ASSERT_EQUAL(pwrite(fd, "?", 1, 5000), 1);
    close(fd);
    check_succeeds();
    end();
}

static void
a_pinned_sum_is_not_asked_for(void)
{
    struct download_options opt = { .folder = w.dir };
    struct download_result r = { 0 };
    struct loopback_page page[] = { { .path = "/ml-100k.zip" }, { 0 } };
    struct err err;

    begin();
    page[0].body = w.zip;
    page[0].n = w.n;
    loopback_change(w.server, page);
    opt.base = loopback_base(w.server);
    CU_ASSERT_EQUAL(download_run(&r, movielens_find("ml-100k"), &opt, &err),
                    ERR_FORMAT);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "0e33842e24a9c977be4e0107933c0723"));
    CU_ASSERT_EQUAL(loopback_n_requests(w.server), 1);
    CU_ASSERT_EQUAL(scratch_count(w.dir), 0);
    end();
}

static void
a_length_that_is_a_lie_harms_nothing(void)
{
    begin();
    w.page[0].lie = 1000;
    check_fails(ERR_IO, "the connection was cut", w.n);
    w.page[0].lie = 0;
    check_succeeds();
    end();
    begin();
    w.page[0].lie = -1000;
    check_fails(ERR_FORMAT, "the publisher says", 0);
    w.page[0].no_length = true;
    check_succeeds();
    end();
    begin();
    w.page[0].no_length = true;
    w.page[0].cut = 100000;
    check_fails(ERR_FORMAT, "the publisher says", 0); /* nobody can tell it was cut */
    w.page[0] = (struct loopback_page){ .path = ZIP, .body = w.zip, .n = w.n };
    w.page[0].lie = (long)9 << 30;
    check_fails(ERR_IO, "expected at most 8589934592", 0);
    end();
}

static void
a_wrong_range_is_refused(void)
{
    begin();
    w.page[0].cut = 100000;
    check_fails(ERR_IO, "the connection was cut", 100000);
    w.page[0].cut = 0;
    w.page[0].status = 404;
    check_fails(ERR_NOTFOUND, "no such file (404)", 100000); /* it may come back */
    w.page[0].status = 0;
    w.page[0].wrong_range = true;
    check_fails(ERR_IO, "expected the bytes from 100000 on", 100000);
    end();
}

static void
what_the_server_refuses_leaves_nothing(void)
{
    begin();
    w.page[0].status = 404;
    check_fails(ERR_NOTFOUND, "the server has no such file (404)", 0);
    w.page[0].status = 500;
    check_fails(ERR_IO, "the server answered 500", 0);
    w.page[0].status = 416;
    check_fails(ERR_IO, "the server answered 416", 0);
    w.page[0].status = 0;
    w.page[1].body = "<html>404</html>";
    w.page[1].n = 16;
    check_fails(ERR_FORMAT, "no MD5 in it", 0);
    w.page[1].status = 404;
    check_fails(ERR_NOTFOUND, ".md5: the server has no such file", 0);
    end();
}

static void
redirections_stay_on_https_or_on_this_machine(void)
{
    struct loopback_page moved;

    begin();
    moved = w.page[0];
    moved.path = "/elsewhere.zip";
    w.page[0].status = 302;
    w.page[0].location = "/elsewhere.zip";
    {
        struct loopback_page three[] = { w.page[0], w.page[1], moved, { 0 } };
        struct err err;

        loopback_change(w.server, three);
        CU_ASSERT_EQUAL(fetch(&err), ERR_OK);
        check_whole();
    }
    end();
    begin();
    w.page[0].status = 301;
    w.page[0].location = "http://files.example/ml.zip";
    check_fails(ERR_IO, "leads on to http://files.example/ml.zip: not encrypted", 0);
    w.page[0].location = "ftp://127.0.0.1/ml.zip";
    check_fails(ERR_IO, "not encrypted", 0);
    w.page[0].location = "file:///etc/passwd";
    check_fails(ERR_IO, "leads on to file:///etc/passwd: ", 0);
    w.page[0].location = ZIP;
    check_fails(ERR_IO, "led on more than 5 times", 0);
    w.page[0].location = NULL;
    check_fails(ERR_IO, "the server answered 301", 0);
    end();
}

static void
an_address_that_is_not_encrypted_is_refused(void)
{
    struct download_options opt = { .base = "http://files.example/ml" };
    struct download_result r;
    struct err err;

    begin();
    opt.folder = w.dir;
    CU_ASSERT_EQUAL(download_run(&r, movielens_find(NAME), &opt, &err), ERR_ARG);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "not encrypted"));
    opt.base = "http://127.0.0.1.files.example";
    CU_ASSERT_EQUAL(download_run(&r, movielens_find(NAME), &opt, &err), ERR_ARG);
    opt.base = "nonsense";
    CU_ASSERT_EQUAL(download_run(&r, movielens_find(NAME), &opt, &err), ERR_ARG);
    opt.base = "http://127.0.0.1:1"; /* nobody is there */
    CU_ASSERT_EQUAL(download_run(&r, movielens_find(NAME), &opt, &err), ERR_IO);
    CU_ASSERT_EQUAL(scratch_count(w.dir), 0);
    end();
}

static void
it_can_be_stopped_in_every_phase(void)
{
    begin();
    w.page[0].pause_ms = 1;
    w.stop_phase = DOWNLOAD_CONNECTING;
    check_fails(ERR_STATE, "stopped", 0);
    w.stop_phase = DOWNLOAD_CHECKING;
    check_fails(ERR_STATE, "stopped", w.n);
    w.stop_phase = DOWNLOAD_UNPACKING;
    check_fails(ERR_STATE, "stopped", w.n);
    w.stop_phase = -1;
    check_succeeds();
    end();
    begin();
    w.page[0].stall = 150000;
    w.stop_phase = DOWNLOAD_LOADING;
    w.stop_at = 150000;
    check_fails(ERR_STATE, "stopped", 150000);
    w.page[0].stall = 0;
    w.stop_phase = -1;
    check_succeeds();
    end();
}

static void
what_is_no_archive_is_not_unpacked(void)
{
    struct made_member m = { .name = "a/b/c.txt", .bytes = "x", .n = 1 };
    unsigned char digest[MD5_DIGEST_SIZE], *zip;
    struct md5_ctx md5;
    size_t n;

    begin();
    zip = made_zip(&m, 1, &n);
    md5_init(&md5);
    md5_update(&md5, n, zip);
    md5_digest(&md5, sizeof(digest), digest);
    for (size_t i = 0; i < sizeof(digest); i++)
        sprintf(w.sum + 2 * i, "%02x", digest[i]);
    w.page[0].body = zip;
    w.page[0].n = n;
    w.page[1].n = strlen(w.sum);
    loopback_change(w.server, w.page);
    {
        struct err err;

        CU_ASSERT_EQUAL(fetch(&err), ERR_NOTFOUND);
        CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "no ratings.csv"));
        CU_ASSERT_EQUAL(scratch_count(w.dir), 0);
    }
    end();
    free(zip);
}

static void
what_has_the_name_already_is_not_touched(void)
{
    struct err err;

    begin();
    scratch_write(scratch_path(w.dir, NAME), "mine", 4);
    CU_ASSERT_EQUAL(fetch(&err), ERR_STATE);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "is there and holds no ratings"));
    CU_ASSERT_EQUAL(unlink(scratch_path(w.dir, NAME)), 0);
    CU_ASSERT_EQUAL(mkdir(scratch_path(w.dir, NAME), 0700), 0);
    check_succeeds(); /* an empty folder is nobody's */
    end();
}

static void
two_at_once_do_not_mix(void)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    struct err err;
    int fd;

    begin();
    fd = open(scratch_path(w.dir, "." NAME ".zip.part"), O_RDWR | O_CREAT, 0600);
    CU_ASSERT_EQUAL_FATAL(fcntl(fd, F_OFD_SETLK, &whole), 0);
    CU_ASSERT_EQUAL(fetch(&err), ERR_STATE);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "somebody else is fetching it now"));
    CU_ASSERT_EQUAL(loopback_n_requests(w.server), 0);
    CU_ASSERT_TRUE(there("." NAME ".zip.part")); /* theirs is left alone */
    CU_ASSERT_PTR_NULL(strstr(err.msg, "are kept"));
    close(fd);
    check_succeeds();
    end();
}

static void
folders_of_a_killed_run_are_cleared_away(void)
{
    begin();
    CU_ASSERT_EQUAL(mkdir(scratch_path(w.dir, "." NAME ".unpacking"), 0700), 0);
    scratch_write(scratch_path(w.dir, "." NAME ".unpacking/ratings.csv"), "half", 4);
    check_succeeds();
    end();
}

/* ---- failures around it ---- */

static void
memory_that_runs_out_is_an_error(void)
{
    unsigned long n = 1;
    struct err err;

    begin();
    for (enum err_code rc = ERR_NOMEM; rc != ERR_OK && n < 3000; n++) {
        mem_fail_at(n, 0);
        rc = fetch(&err);
        mem_fail_at(0, 0);
        CU_ASSERT_TRUE(rc == ERR_OK || err.msg[0] != '\0');
        CU_ASSERT_EQUAL(there(NAME), rc == ERR_OK);
        CU_ASSERT_FALSE(there("." NAME ".unpacking"));
    }
    CU_ASSERT_TRUE(n < 3000);
    check_whole();
    end();
}

static void
a_call_that_fails_leaves_the_data_whole_or_absent(void)
{
    unsigned long n = 1;
    struct err err;

    begin();
    for (enum err_code rc = ERR_IO; rc != ERR_OK && n < 3000; n++) {
        faults_fail_at(n, false, ENOSPC);
        rc = fetch(&err);
        faults_off();
        CU_ASSERT_TRUE(rc == ERR_OK || err.msg[0] != '\0');
        if (there(NAME))
            break;
    }
    CU_ASSERT_TRUE(n < 3000);
    check_succeeds();
    end();
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

    begin();
    sysio_set_hook(little_room, &room);
    check_fails(ERR_IO, "make room", 0);
    sysio_set_hook(NULL, NULL);
    CU_ASSERT_TRUE(loopback_n_sent(w.server) < w.n + 2 * strlen(w.sum));
    end();
}

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

CU_TestInfo tests_download[] = {
    { "an archive becomes a folder of known files",
      an_archive_becomes_a_folder_of_known_files },
    { "what was cut goes on where it was", what_was_cut_goes_on_where_it_was },
    { "what stalls is given up and goes on later",
      what_stalls_is_given_up_and_goes_on_later },
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
    { "a part that was whole already is not fetched again",
      a_part_that_was_whole_already_is_not_fetched_again },
    { "a part longer than the file is thrown away",
      a_part_longer_than_the_file_is_thrown_away },
    { "a byte that is wrong is noticed", a_byte_that_is_wrong_is_noticed },
    { "a wrong byte in an old part costs one more download",
      a_wrong_byte_in_an_old_part_costs_one_more_download },
    { "a pinned sum is not asked for", a_pinned_sum_is_not_asked_for },
    { "a length that is a lie harms nothing", a_length_that_is_a_lie_harms_nothing },
    { "a wrong range is refused", a_wrong_range_is_refused },
    { "what the server refuses leaves nothing",
      what_the_server_refuses_leaves_nothing },
    { "redirections stay on https or on this machine",
      redirections_stay_on_https_or_on_this_machine },
    { "an address that is not encrypted is refused",
      an_address_that_is_not_encrypted_is_refused },
    { "it can be stopped in every phase", it_can_be_stopped_in_every_phase },
    { "what is no archive is not unpacked", what_is_no_archive_is_not_unpacked },
    { "what has the name already is not touched",
      what_has_the_name_already_is_not_touched },
    { "two at once do not mix", two_at_once_do_not_mix },
    { "folders of a killed run are cleared away",
      folders_of_a_killed_run_are_cleared_away },
    { "memory that runs out is an error", memory_that_runs_out_is_an_error },
    { "a call that fails leaves the data whole or absent",
      a_call_that_fails_leaves_the_data_whole_or_absent },
    { "a full disk is said before the work", a_full_disk_is_said_before_the_work },
    { "sums are found in what publishers write",
      sums_are_found_in_what_publishers_write },
    CU_TEST_INFO_NULL,
};

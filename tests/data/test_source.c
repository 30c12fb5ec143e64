/* test_source.c - blocks of whole records, however the file is cut. */
#include "config.h"

#include "src/data/source.h"

#include "src/base/mem.h"
#include "tests/faults.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* All text of a source, its blocks one after the other; each must be whole records. */
static size_t
read_all(struct source *s, char *to, char delim)
{
    struct block b;
    size_t n = 0;

    CU_ASSERT_EQUAL_FATAL(block_init(&b, NULL), ERR_OK);
    do {
        size_t done = 0;

        CU_ASSERT_EQUAL_FATAL(source_next(s, &b, NULL), ERR_OK);
        while (done < b.len)
            done += source_record_end(b.text + done, b.len - done, delim, true);
        CU_ASSERT_EQUAL(done, b.len);
        memcpy(to + n, b.text, b.len);
        n += b.len;
    } while (b.n_bytes > 0);
    block_done(&b);
    return n;
}

/* The text is `want` whatever the size of reads. */
static void
check_text(const char *bytes, size_t len, const char *want, size_t n_want)
{
    char *got = malloc(len + 16);

    for (size_t block = 1; block <= len + 1; block++) {
        struct source *s = NULL;

        CU_ASSERT_EQUAL_FATAL(source_open_bytes(&s, "text", bytes, len, ',', NULL),
                              ERR_OK);
        source_set_block(s, block);
        CU_ASSERT_EQUAL(read_all(s, got, ','), n_want);
        CU_ASSERT_EQUAL(memcmp(got, want, n_want), 0);
        source_close(s);
    }
    free(got);
}

static void
records_come_whole_however_the_file_is_cut(void)
{
    static const char text[] = "a,b\n\n\"x\ny\",\"\"\"\n\"\r\nlast,\"line\"\n";

    check_text(text, strlen(text), text, strlen(text));
    check_text(text, strlen(text) - 1, text, strlen(text)); /* no line end at the end */
    check_text("", 0, "", 0);
}

static void
a_byte_order_mark_is_left_out(void)
{
    check_text("\xef\xbb\xbf"
               "a\n",
               5, "a\n", 2);
    check_text("\xef\xbb"
               "a\n",
               4,
               "\xef\xbb"
               "a\n",
               4);
}

static void
a_quote_that_stays_open_costs_only_its_line(void)
{
    static const char text[] = "1,\"2\n3,4\n5,6\n";

    check_text(text, strlen(text), text, strlen(text));
    CU_ASSERT_EQUAL(source_record_end(text, strlen(text), ',', true), 5);
    CU_ASSERT_EQUAL(source_record_end(text, strlen(text), ',', false), 0);
}

static void
a_quote_opens_only_at_the_start_of_a_field(void)
{
    CU_ASSERT_EQUAL(source_record_end("a\"b\nc\"\n", 7, ',', true), 4);
    CU_ASSERT_EQUAL(source_record_end("a\"\"b\nc\n", 7, ',', true), 5);
    CU_ASSERT_EQUAL(source_record_end("\"a\"b\n\"c\"\n", 9, ',', true), 5);
    CU_ASSERT_EQUAL(source_record_end("\"a\n\"\n", 5, ',', true), 5);
    CU_ASSERT_EQUAL(source_record_end("x,\"a\n\"\n", 7, ',', true), 7);
    CU_ASSERT_EQUAL(source_record_end("x;\"a\n\"\n", 7, ',', true), 5);
    CU_ASSERT_EQUAL(source_record_end("\"a\n\"\n", 5, '\0', true), 3);
}

/* A line of n bytes between two short ones, read in blocks of some sizes. */
static void
check_long_line(size_t n, size_t n_kept)
{
    static const size_t blocks[] = { 1000, SOURCE_MAX_RECORD, SOURCE_BLOCK };
    char *text = malloc(n + 5), *got = malloc(n + 16);

    memcpy(text, "a\n", 2);
    memset(text + 2, 'x', n);
    memcpy(text + 2 + n, "\nb\n", 3);
    for (size_t i = 0; i < 3; i++) {
        struct source *s = NULL;
        size_t len;

        CU_ASSERT_EQUAL_FATAL(source_open_bytes(&s, "long", text, n + 5, ',', NULL),
                              ERR_OK);
        source_set_block(s, blocks[i]);
        len = read_all(s, got, ',');
        CU_ASSERT_TRUE(len == n + 5 || len == n_kept + 5);
        CU_ASSERT_EQUAL(memcmp(got, "a\nxxx", 5), 0);
        CU_ASSERT_EQUAL(memcmp(got + len - 4, "x\nb\n", 4), 0);
        source_close(s);
    }
    free(text);
    free(got);
}

static void
a_line_too_long_keeps_enough_to_be_known_as_one(void)
{
    check_long_line(SOURCE_MAX_RECORD - 1, SOURCE_MAX_RECORD - 1);
    check_long_line(SOURCE_MAX_RECORD, SOURCE_MAX_RECORD);
    check_long_line(SOURCE_MAX_RECORD + 1, SOURCE_MAX_RECORD + 1);
    check_long_line(3 * SOURCE_BLOCK, SOURCE_MAX_RECORD + 1);
}

static void
the_hash_is_of_the_bytes_as_they_are(void)
{
    size_t n = 3 * SOURCE_BLOCK + 100;
    char *text = malloc(n);
    struct source *s = NULL;
    struct block b;

    memset(text, 'x', n); /* one line too long: text is dropped, hashes are not */
    text[n - 50] = '\n';
    CU_ASSERT_EQUAL_FATAL(source_open_bytes(&s, "hash", text, n, ',', NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(block_init(&b, NULL), ERR_OK);
    for (size_t at = 0; at < n; at += SOURCE_BLOCK) {
        size_t len = n - at < SOURCE_BLOCK ? n - at : SOURCE_BLOCK;
        XXH128_hash_t want = XXH3_128bits(text + at, len);

        CU_ASSERT_EQUAL_FATAL(source_next(s, &b, NULL), ERR_OK);
        CU_ASSERT_TRUE(XXH128_isEqual(b.hash, want));
    }
    block_done(&b);
    source_close(s);
    free(text);
}

static void
what_is_no_file_is_refused_in_one_line(void)
{
    struct source *s = NULL;
    struct err err;
    char dir[256];

    scratch_make(dir);
    CU_ASSERT_EQUAL(source_open(&s, dir, 0, &err), ERR_IO);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "a folder, expected a file"));
    CU_ASSERT_EQUAL(source_open(&s, scratch_path(dir, "none"), 0, &err), ERR_NOTFOUND);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "No such file"));
    CU_ASSERT_EQUAL_FATAL(mkfifo(scratch_path(dir, "fifo"), 0600), 0);
    CU_ASSERT_EQUAL(source_open(&s, scratch_path(dir, "fifo"), 0, &err), ERR_IO);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "not a regular file"));
    CU_ASSERT_PTR_NULL(s);
    scratch_remove(dir);
}

/* Open a file of two blocks, read one, then give it another length. */
static void
check_changed(off_t length, const char *word)
{
    size_t n = 2 * SOURCE_BLOCK;
    char *text = calloc(n, 1), dir[256];
    struct source *s = NULL;
    struct block b;
    struct err err;

    memset(text, '\n', n);
    scratch_make(dir);
    scratch_write(scratch_path(dir, "f"), text, n);
    CU_ASSERT_EQUAL_FATAL(source_open(&s, scratch_path(dir, "f"), 0, &err), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(block_init(&b, &err), ERR_OK);
    CU_ASSERT_EQUAL(source_next(s, &b, &err), ERR_OK);
    CU_ASSERT_EQUAL(truncate(scratch_path(dir, "f"), length), 0);
    while (source_next(s, &b, &err) == ERR_OK && b.n_bytes > 0)
        ;
    CU_ASSERT_EQUAL(err.code, ERR_IO);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, word));
    block_done(&b);
    source_close(s);
    scratch_remove(dir);
    free(text);
}

static void
a_file_that_changes_while_it_is_read_is_an_error(void)
{
    check_changed((off_t)SOURCE_BLOCK, "now fewer");
    check_changed((off_t)SOURCE_BLOCK + 5, "now fewer");
    check_changed((off_t)SOURCE_BLOCK * 3, "now more");
}

static void
a_read_that_fails_is_an_error(void)
{
    struct source *s = NULL;
    struct block b;
    struct err err;
    char dir[256];

    scratch_make(dir);
    scratch_write(scratch_path(dir, "f"), "1\n2\n", 4);
    CU_ASSERT_EQUAL_FATAL(source_open(&s, scratch_path(dir, "f"), 0, &err), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(block_init(&b, &err), ERR_OK);
    faults_fail_at(1, false, EIO);
    CU_ASSERT_EQUAL(source_next(s, &b, &err), ERR_IO);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "Input/output error"));
    faults_dribble(1);
    CU_ASSERT_EQUAL(source_next(s, &b, &err), ERR_OK);
    CU_ASSERT_EQUAL(b.len, 4);
    faults_off();
    block_done(&b);
    source_close(s);
    scratch_remove(dir);
}

CU_TestInfo tests_source[] = {
    { "records come whole however the file is cut",
      records_come_whole_however_the_file_is_cut },
    { "a byte order mark is left out", a_byte_order_mark_is_left_out },
    { "a quote that stays open costs only its line",
      a_quote_that_stays_open_costs_only_its_line },
    { "a quote opens only at the start of a field",
      a_quote_opens_only_at_the_start_of_a_field },
    { "a line too long keeps enough to be known as one",
      a_line_too_long_keeps_enough_to_be_known_as_one },
    { "the hash is of the bytes as they are", the_hash_is_of_the_bytes_as_they_are },
    { "what is no file is refused in one line",
      what_is_no_file_is_refused_in_one_line },
    { "a file that changes while it is read is an error",
      a_file_that_changes_while_it_is_read_is_an_error },
    { "a read that fails is an error", a_read_that_fails_is_an_error },
    CU_TEST_INFO_NULL,
};

/* test_rows.c - rating lines: what they say, and the short way against libcsv's. */
#include "config.h"

#include "src/data/rows.h"

#include "src/base/mem.h"
#include "src/base/rng.h"
#include "src/data/source.h"
#include "tests/data/rows_agree.h"
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

static struct layout
csv_layout(unsigned n_fields)
{
    return (struct layout){ .dialect = { .delim = ",", .quoted = true },
                            .at = { 0, 1, 2, n_fields > 3 ? 3 : COLUMN_ABSENT },
                            .n_fields = n_fields };
}

/* Fields of every kind: plain, odd but right, wrong. */
static const char *const id_words[] = {
    "1",        "2",        "17",   "99999999", "100000000",
    "296",      "0",        "00",   "007",      "-1",
    "+1",       " 1",       "1 ",   "1e3",      "\"5\"",
    "\"5",      "5\"",      "\"\"", "",         "9223372036854775807",
    "x",        "1\r",      "12:",  "nan",      "9223372036854775808",
    "12345678", "123456789"
};
static const char *const star_words[] = {
    "5",       "3.5", "0.5", "5.0", "0",     "0.0",  "9.9", "10",  "10.5",
    "-1",      "-0",  "3.",  ".5",  "3.50",  "1e0",  "nan", "inf", "0x1",
    "\"4.0\"", "",    "4,0", "4..", "1e999", "3.5 ", "4\r", "4:",  "1e39"
};
static const char *const time_words[] = { "964982703",
                                          "1147880044",
                                          "0",
                                          "1",
                                          "12345678",
                                          "123456789012345",
                                          "-5",
                                          "1234567890123456",
                                          "12345678901234567",
                                          "9223372036854775807",
                                          "9223372036854775808",
                                          "01",
                                          "1.5",
                                          "",
                                          "x",
                                          "\"77\"",
                                          "12345678x",
                                          "5\r" };
static const char *const end_words[] = { "\n",   "\n",     "\n",  "\r\n", "\r\n",
                                         "\n\n", "\r\r\n", ",\n", ",5\n", "" };

#define N(words) (sizeof(words) / sizeof((words)[0]))

/* One of the words; most often one of the first `good`. */
static const char *
pick(const char *const *words, size_t n, size_t good, uint32_t dice)
{
    return dice % 8 != 0 ? words[dice / 8 % good] : words[dice / 8 % n];
}

/* A line by chance number `i` at the end of text; the bytes it has. */
static size_t
add_line(char *text, uint64_t seed, uint64_t i, const char *delim, bool timed)
{
    struct rng_block r = rng_at(seed, RNG_SYNTH, i, 0),
                     s = rng_at(seed, RNG_SYNTH, i, 1);
    int n = sprintf(text, "%s%s%s%s%s", pick(id_words, N(id_words), 4, r.v[0]), delim,
                    pick(id_words, N(id_words), 6, r.v[1]), delim,
                    pick(star_words, N(star_words), 4, r.v[2]));

    if (timed)
        n += sprintf(text + n, "%s%s", delim,
                     pick(time_words, N(time_words), 6, r.v[3]));
    return (size_t)(n +
                    sprintf(text + n, "%s", pick(end_words, N(end_words), 4, s.v[0])));
}

static void
check_agreement(const struct layout *l, uint64_t seed, size_t *n_plain)
{
    static char text[64 * 128];
    static const size_t blocks[] = { 1, 7, 64, SOURCE_BLOCK };
    size_t len = 0, n;

    for (uint64_t i = 0; i < 64; i++)
        len += add_line(text + len, seed, i, l->dialect.delim, l->n_fields > 3);
    for (size_t i = 0; i < N(blocks); i++) {
        CU_ASSERT_TRUE(rows_agree(l, text, len, blocks[i], &n));
        *n_plain += n;
    }
}

static void
the_short_way_agrees_with_libcsv_on_good_odd_and_broken_lines(void)
{
    struct layout layouts[] = { csv_layout(4), csv_layout(3), layout_u_data(),
                                layout_dat() };
    size_t n_plain = 0;

    for (size_t i = 0; i < N(layouts); i++)
        for (uint64_t seed = 0; seed < 12; seed++)
            check_agreement(&layouts[i], seed, &n_plain);
    CU_ASSERT_TRUE(n_plain > 1000);
}

static void
the_short_way_agrees_at_every_block_size(void)
{
    static const char text[] =
        "1,2,3.5,10\n1,3,4,11\r\n\"1\",\"4\",5.0,12\n"
        "2,2,nan,13\n2,\"3\n4\",1,14\n3,7,0.5,999999999\n4,4,4,4";
    struct layout l = csv_layout(4);

    for (size_t block = 1; block <= sizeof(text); block++)
        CU_ASSERT_TRUE(rows_agree(&l, text, sizeof(text) - 1, block, NULL));
}

/* Each byte of a good line replaced by each byte there is. */
static void
the_short_way_agrees_whatever_one_byte_is(void)
{
    static const char line[] = "12,345,3.5,1147880044\n12,7,4.0,978300760\n";
    struct layout l = csv_layout(4);
    char text[sizeof(line)];

    for (size_t at = 0; at < sizeof(line) - 1; at += 3)
        for (int c = 0; c < 256; c++) {
            memcpy(text, line, sizeof(line));
            text[at] = (char)c;
            if (!rows_agree(&l, text, sizeof(line) - 1, SOURCE_BLOCK, NULL)) {
                CU_FAIL("a byte was taken differently");
                printf("byte %d at %zu ", c, at);
            }
        }
}

/* ---- what rows say ---- */

static void
read_text(struct rows *r, const struct layout *l, const char *s)
{
    char text[512 + SOURCE_SLACK] = { 0 };

    snprintf(text, 512, "%s", s);
    CU_ASSERT_EQUAL_FATAL(rows_init(r, l, 8, false, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(rows_read(r, text, strlen(text), true, NULL), ERR_OK);
}

static void
runs_ids_stars_and_times_are_as_in_the_file(void)
{
    struct layout l = csv_layout(4);
    struct rows r;

    read_text(&r, &l, "7,50,3.5,100\n7,60,4.0,90\n9,50,3.5,110\n7,70,-2.25,95\n");
    CU_ASSERT_EQUAL(r.n, 4);
    CU_ASSERT_EQUAL(r.n_runs, 3);
    CU_ASSERT_EQUAL(r.run[0].n, 2);
    CU_ASSERT_EQUAL(r.run[0].user, r.run[2].user);
    CU_ASSERT_EQUAL(r.user.num[r.run[1].user], 9);
    CU_ASSERT_EQUAL(r.item.num[r.film[3]], 70);
    CU_ASSERT_EQUAL(r.film[0], r.film[2]);
    CU_ASSERT_EQUAL(r.palette.value[r.code[3]], -2.25f);
    CU_ASSERT_EQUAL(r.code[0], r.code[2]);
    CU_ASSERT_EQUAL(r.first_time, 90);
    CU_ASSERT_EQUAL(r.last_time, 110);
    rows_done(&r);
}

static void
columns_may_stand_in_any_order_among_others(void)
{
    struct layout l = { .dialect = { .delim = ";", .quoted = true },
                        .at = { 3, 1, 0, COLUMN_ABSENT },
                        .n_fields = 5 };
    struct rows r;

    read_text(&r, &l, "4.5;50;x;7;\"y;z\"\n");
    CU_ASSERT_EQUAL(r.n, 1);
    CU_ASSERT_EQUAL(r.user.num[0], 7);
    CU_ASSERT_EQUAL(r.item.num[0], 50);
    CU_ASSERT_EQUAL(r.palette.value[0], 4.5f);
    rows_done(&r);
}

static void
minus_zero_and_zero_are_one_value(void)
{
    struct layout l = csv_layout(3);
    struct rows r;

    read_text(&r, &l, "1,1,0\n1,2,-0\n1,3,-0.0\n1,4,0e5\n");
    CU_ASSERT_EQUAL(r.n, 4);
    CU_ASSERT_EQUAL(r.palette.n, 1);
    rows_done(&r);
}

static void
a_rejected_row_leaves_no_id_behind(void)
{
    struct layout l = csv_layout(3);
    struct rows r;

    read_text(&r, &l, "1,1,3\n2,2,x\n3,3\n");
    CU_ASSERT_EQUAL(r.n_rejected, 2);
    CU_ASSERT_EQUAL(r.user.n, 1);
    CU_ASSERT_EQUAL(r.item.n, 1);
    CU_ASSERT_EQUAL(r.fault[0].line, 1);
    CU_ASSERT_EQUAL(r.fault[0].fault.column, 3);
    CU_ASSERT_STRING_EQUAL(r.fault[1].fault.reason, "2 fields, expected 3");
    rows_done(&r);
}

static void
a_block_of_the_shortest_bad_rows_is_kept_whole(void)
{
    enum { LINES = 5000 };
    struct layout l = csv_layout(3);
    static char text[2 * LINES + SOURCE_SLACK];
    struct rows r;

    for (size_t i = 0; i < LINES; i++)
        memcpy(text + 2 * i, "x\n", 2);
    CU_ASSERT_EQUAL_FATAL(rows_init(&r, &l, 8, true, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(rows_read(&r, text, (size_t)2 * LINES, true, NULL), ERR_OK);
    CU_ASSERT_EQUAL(r.n_rejected, LINES);
    CU_ASSERT_EQUAL(r.fault_row[LINES - 1], LINES - 1);
    rows_done(&r);
}

CU_TestInfo tests_rows[] = {
    { "the short way agrees with libcsv on good, odd and broken lines",
      the_short_way_agrees_with_libcsv_on_good_odd_and_broken_lines },
    { "the short way agrees at every block size",
      the_short_way_agrees_at_every_block_size },
    { "the short way agrees whatever one byte is",
      the_short_way_agrees_whatever_one_byte_is },
    { "runs, ids, stars and times are as in the file",
      runs_ids_stars_and_times_are_as_in_the_file },
    { "columns may stand in any order among others",
      columns_may_stand_in_any_order_among_others },
    { "minus zero and zero are one value", minus_zero_and_zero_are_one_value },
    { "a rejected row leaves no id behind", a_rejected_row_leaves_no_id_behind },
    { "a block of the shortest bad rows is kept whole",
      a_block_of_the_shortest_bad_rows_is_kept_whole },
    CU_TEST_INFO_NULL,
};

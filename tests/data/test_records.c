/* test_records.c - rows of small files, one after the other, and what is left out. */
#include "config.h"

#include "src/data/records.h"

#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

static const struct dialect commas = { .delim = ",", .quoted = true };

/* What a reading saw, as text: "line:field|field " for each row. */
struct seen {
    char text[256];
    size_t n_blocks;
    enum err_code rc; /* what the row that begins with "!" returns */
};

static enum err_code
see_row(void *arg, const struct record *rec, struct csv_fault *fault, struct err *err)
{
    struct seen *s = arg;
    size_t n = strlen(s->text);

    (void)err;
    if (rec->f[0].s[0] == '!') {
        *fault = (struct csv_fault){ .column = 1, .reason = "not wanted" };
        return s->rc;
    }
    n += (size_t)snprintf(s->text + n, sizeof(s->text) - n, "%u:", (unsigned)rec->line);
    for (size_t i = 0; i < rec->n; i++)
        n += (size_t)snprintf(s->text + n, sizeof(s->text) - n, "%s%s", rec->f[i].s,
                              i + 1 < rec->n ? "|" : " ");
    return ERR_OK;
}

static void
see_block(void *arg, const struct block *b)
{
    (void)b;
    ((struct seen *)arg)->n_blocks++;
}

/* Read bytes in which each row has n_fields fields, 0 for any number. */
static enum err_code
read_bytes(const char *bytes, unsigned n_fields, struct seen *s,
           struct rejects *rejects)
{
    const struct records how = { .dialect = &commas,
                                 .has_header = true,
                                 .n_fields = n_fields,
                                 .file = "a file",
                                 .row = see_row,
                                 .block = see_block,
                                 .arg = s };
    struct source *src = NULL;
    struct block b = { 0 };
    enum err_code rc;

    CU_ASSERT_EQUAL_FATAL(
        source_open_bytes(&src, "bytes", bytes, strlen(bytes), ',', NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(block_init(&b, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(rejects_init(rejects, NULL), ERR_OK);
    rc = records_read(&how, src, &b, rejects, NULL);
    block_done(&b);
    source_close(src);
    return rc;
}

static void
rows_come_with_the_line_they_begin_on(void)
{
    struct seen s = { .text = "" };
    struct rejects r;

    CU_ASSERT_EQUAL(read_bytes("a,b\n1,2\n\n\"x\ny\",3\n4,5\n", 2, &s, &r), ERR_OK);
    CU_ASSERT_STRING_EQUAL(s.text, "2:1|2 4:x\ny|3 6:4|5 ");
    CU_ASSERT_EQUAL(r.n_rows, 3);
    CU_ASSERT_EQUAL(r.n, 0);
    CU_ASSERT_EQUAL(s.n_blocks, 1);
    rejects_done(&r);
}

/* libcsv is asked only where a quote is: put one behind the row to ask it. */
static void
a_row_without_quotes_has_the_fields_that_libcsv_sees(void)
{
    static const char *const rows[] = {
        "1,2,3",   "1,",     ",",     ",,",    ",1",
        " a , b ", "a\rb,c", "\t,\v", "'a,b'", "\xff,\xc3",
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct seen plain = { .text = "" }, quoted = { .text = "" };
        struct rejects r;
        char bytes[64];

        snprintf(bytes, sizeof(bytes), "a\n%s\n", rows[i]);
        CU_ASSERT_EQUAL(read_bytes(bytes, 0, &plain, &r), ERR_OK);
        rejects_done(&r);
        snprintf(bytes, sizeof(bytes), "a\n%s,\"q\"\n", rows[i]);
        CU_ASSERT_EQUAL(read_bytes(bytes, 0, &quoted, &r), ERR_OK);
        rejects_done(&r);
        CU_ASSERT_FATAL(strlen(plain.text) > 3);
        memcpy(plain.text + strlen(plain.text) - 1, "|q ", sizeof("|q "));
        CU_ASSERT_STRING_EQUAL(plain.text, quoted.text);
    }
}

static void
a_row_with_another_number_of_fields_is_rejected(void)
{
    struct seen s = { .text = "" };
    struct rejects r;

    CU_ASSERT_EQUAL(read_bytes("a,b\n1\n1,2\n1,2,3\n", 2, &s, &r), ERR_OK);
    CU_ASSERT_STRING_EQUAL(s.text, "3:1|2 ");
    CU_ASSERT_EQUAL(r.n_rows, 3);
    CU_ASSERT_EQUAL_FATAL(r.n_kept, 2);
    CU_ASSERT_EQUAL(r.row[0].line, 2);
    CU_ASSERT_EQUAL(r.row[1].line, 4);
    CU_ASSERT_STRING_EQUAL(r.row[0].file, "a file");
    rejects_done(&r);
    s.text[0] = '\0';
    CU_ASSERT_EQUAL(read_bytes("a,b\n1\n1,2,3\n", 0, &s, &r), ERR_OK);
    CU_ASSERT_STRING_EQUAL(s.text, "2:1 3:1|2|3 ");
    CU_ASSERT_EQUAL(r.n, 0);
    rejects_done(&r);
}

static void
a_row_may_be_refused_and_another_error_ends_it(void)
{
    struct seen s = { .rc = ERR_DATA };
    struct rejects r;

    CU_ASSERT_EQUAL(read_bytes("a,b\n!,2\n3,4\n", 2, &s, &r), ERR_OK);
    CU_ASSERT_STRING_EQUAL(s.text, "3:3|4 ");
    CU_ASSERT_EQUAL_FATAL(r.n_kept, 1);
    CU_ASSERT_EQUAL(r.row[0].line, 2);
    CU_ASSERT_EQUAL(r.row[0].column, 1);
    CU_ASSERT_STRING_EQUAL(r.row[0].reason, "not wanted");
    rejects_done(&r);
    s = (struct seen){ .rc = ERR_NOMEM };
    CU_ASSERT_EQUAL(read_bytes("a,b\n!,2\n3,4\n", 2, &s, &r), ERR_NOMEM);
    CU_ASSERT_STRING_EQUAL(s.text, "");
    rejects_done(&r);
}

static void
the_first_thousand_rejects_are_kept(void)
{
    const struct csv_fault fault = { .column = 7, .reason = "bad" };
    struct rejects r;

    CU_ASSERT_EQUAL_FATAL(rejects_init(&r, NULL), ERR_OK);
    for (uint64_t line = 1; line <= REJECTS_KEPT + 5; line++)
        rejects_add(&r, "f", line, &fault);
    CU_ASSERT_EQUAL(r.n, REJECTS_KEPT + 5);
    CU_ASSERT_EQUAL_FATAL(r.n_kept, REJECTS_KEPT);
    CU_ASSERT_EQUAL(r.row[REJECTS_KEPT - 1].line, REJECTS_KEPT);
    CU_ASSERT_EQUAL(r.row[REJECTS_KEPT - 1].column, 7);
    rejects_done(&r);
}

CU_TestInfo tests_records[] = {
    { "rows come with the line they begin on", rows_come_with_the_line_they_begin_on },
    { "a row without quotes has the fields that libcsv sees",
      a_row_without_quotes_has_the_fields_that_libcsv_sees },
    { "a row with another number of fields is rejected",
      a_row_with_another_number_of_fields_is_rejected },
    { "a row may be refused, and another error ends it",
      a_row_may_be_refused_and_another_error_ends_it },
    { "the first thousand rejects are kept", the_first_thousand_rejects_are_kept },
    CU_TEST_INFO_NULL,
};

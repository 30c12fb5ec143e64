/* test_output.c - one description of rows, three forms of output. */
#include "config.h"

#include "src/base/mem.h"
#include "ui/cli/output.h"

#include "tests/unit.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct term wide = { .utf8 = true, .glyphs = true, .cut = "…" };

static const struct column films[] = {
    { .key = "rank", .head = "#", .form = FORM_INT },
    { .key = "title", .head = "title", .form = FORM_TEXT, .flex = 1 },
    { .key = "genres", .head = "genres", .form = FORM_TEXT, .flex = 1, .drop = 1 },
    { .key = "ratings", .head = "ratings", .form = FORM_COUNT, .drop = 2 },
    { .key = "bias", .head = "bias", .form = FORM_SIGNED, .digits = 3 },
    { .key = "hidden" },
};

#define N_FILMS (sizeof(films) / sizeof(*films))

/* Two films, the second hostile. */
static void
put_films(struct output *o, const char *key)
{
    static const struct value genres[] = {
        { .type = VALUE_TEXT, .s = "Crime" },
        { .type = VALUE_TEXT, .s = "Drama" },
    };

    output_table_begin(o, key, films, N_FILMS);
    output_row(o, (const struct value[]){
                      value_int(1), value_text("Shawshank Redemption, The (1994)"),
                      value_list(genres, 2), value_int(81482), value_f32(.571f),
                      value_bool(true) });
    output_row(o, (const struct value[]){ value_int(2),
                                          value_text("\"Evil\" \033[31m\xff"),
                                          value_list(NULL, 0), value_int(7),
                                          value_real(NAN), value_null() });
    output_table_end(o);
}

static void
put_table(struct output *o)
{
    put_films(o, NULL);
}

/* What `put` prints in a form; the caller frees it. */
static char *
printed(void (*put)(struct output *), enum output_form form, const struct term *term)
{
    char *text = NULL;
    size_t len;
    FILE *to = open_memstream(&text, &len);
    struct output *o;

    CU_ASSERT_EQUAL_FATAL(output_new(&o, to, form, term, NULL), ERR_OK);
    put(o);
    CU_ASSERT_EQUAL(output_finish(o, NULL), ERR_OK);
    output_free(o);
    fclose(to);
    return text;
}

static void
prints(void (*put)(struct output *), enum output_form form, const struct term *term,
       const char *expected)
{
    char *text = printed(put, form, term);

    CU_ASSERT_STRING_EQUAL(text, expected);
    if (strcmp(text, expected) != 0)
        fprintf(stderr, "---- printed\n%s---- expected\n%s", text, expected);
    free(text);
}

static void
a_table_is_an_array_of_objects_in_json(void)
{
    prints(
        put_table, OUTPUT_JSON, &wide,
        "[\n"
        "{\"rank\":1,\"title\":\"Shawshank Redemption, The (1994)\","
        "\"genres\":[\"Crime\",\"Drama\"],\"ratings\":81482,\"bias\":0.571,"
        "\"hidden\":true},\n"
        "{\"rank\":2,\"title\":\"\\\"Evil\\\" \\u001b[31m\xef\xbf\xbd\",\"genres\":[],"
        "\"ratings\":7,\"bias\":null,\"hidden\":null}\n"
        "]\n");
}

static void
a_table_is_quoted_rows_in_csv(void)
{
    prints(put_table, OUTPUT_CSV, &wide,
           "rank,title,genres,ratings,bias,hidden\n"
           "1,\"Shawshank Redemption, The (1994)\",Crime|Drama,81482,0.571,true\n"
           "2,\"\"\"Evil\"\" \033[31m\xff\",,7,,\n");
}

static void
a_terminal_gets_the_display_form_in_csv_too(void)
{
    struct term tty = wide;
    char *text;

    tty.tty = true;
    text = printed(put_table, OUTPUT_CSV, &tty);
    CU_ASSERT_PTR_NULL(strchr(text, '\033'));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "\\x1b[31m\\xff"));
    free(text);
}

static void
a_table_is_aligned_text(void)
{
    prints(put_table, OUTPUT_TEXT, &wide,
           "#  title                             genres       ratings    bias\n"
           "1  Shawshank Redemption, The (1994)  Crime,Drama   81,482  +0.571\n"
           "2  \"Evil\" \\x1b[31m\\xff                                  7       -\n");
}

static void
a_narrow_terminal_cuts_and_then_leaves_out(void)
{
    struct term narrow = wide;

    narrow.width = 50;
    prints(put_table, OUTPUT_TEXT, &narrow,
           "#  title              genres       ratings    bias\n"
           "1  Shawshank Redemp…  Crime,Drama   81,482  +0.571\n"
           "2  \"Evil\" \\x1b[31m\\…                     7       -\n");
    narrow.width = 30;
    narrow.cut = "~";
    prints(put_table, OUTPUT_TEXT, &narrow,
           "#  title                  bias\n"
           "1  Shawshank Redempti~  +0.571\n"
           "2  \"Evil\" \\x1b[31m\\xff       -\n");
}

static void
put_place(struct output *o)
{
    static const struct column c = { .key = "run", .head = "run", .form = FORM_TEXT };

    output_object_begin(o, NULL);
    output_fields(o, &c, 1,
                  (const struct value[]){ value_path("/home/ann/mltui/runs/mine") });
    output_object_end(o);
}

static void
a_path_loses_its_beginning(void)
{
    struct term narrow = wide;

    narrow.width = 20;
    prints(put_place, OUTPUT_TEXT, &narrow, "run  …ltui/runs/mine\n");
    prints(put_place, OUTPUT_JSON, &narrow,
           "{\n\"run\":\"/home/ann/mltui/runs/mine\"\n}\n");
}

static void
no_width_is_exceeded(void)
{
    for (unsigned width = 1; width < 90; width++) {
        struct term t = { .width = width, .cut = "~" };
        char *text = printed(put_table, OUTPUT_TEXT, &t);

        for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n"))
            CU_ASSERT_TRUE(strlen(line) <= width);
        free(text);
    }
}

static void
colour_is_only_where_it_may_be(void)
{
    struct term t = wide;
    char *text;

    t.colour = true;
    text = printed(put_table, OUTPUT_TEXT, &t);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "\033[1m"));
    free(text);
    text = printed(put_table, OUTPUT_JSON, &t);
    CU_ASSERT_PTR_NULL(strchr(text, '\033'));
    free(text);
}

/* ---- objects ------------------------------------------------------------------ */

static const struct column facts[] = {
    { .key = "ratings", .head = "ratings", .form = FORM_COUNT },
    { .key = "mean", .head = "mean rating", .form = FORM_REAL, .digits = 2 },
};

static const struct column rates[] = {
    { .key = "valley", .head = "valley", .form = FORM_SHORT },
    { .key = "steep", .head = "steep", .form = FORM_SHORT },
};

static const struct column bins[] = {
    { .key = "rating", .head = "stars", .form = FORM_REAL, .digits = 1 },
    { .key = "count", .head = "ratings", .form = FORM_COUNT },
};

static void
put_object(struct output *o)
{
    output_object_begin(o, NULL);
    output_fields(o, facts, 2,
                  (const struct value[]){ value_int(25000095), value_real(3.5) });
    output_object_begin(o, "suggestions");
    output_fields(o, rates, 2,
                  (const struct value[]){ value_real(.00303), value_real(NAN) });
    output_object_end(o);
    output_say(o, "Stars:");
    output_table_begin(o, "histogram", bins, 2);
    output_row(o, (const struct value[]){ value_f32(.5f), value_int(10) });
    output_row(o, (const struct value[]){ value_f32(1), value_int(2000) });
    output_table_end(o);
    output_table_begin(o, "rejects", bins, 2);
    output_table_end(o);
    output_object_end(o);
}

static void
an_object_nests_in_json(void)
{
    prints(
        put_object, OUTPUT_JSON, &wide,
        "{\n\"ratings\":25000095,\n\"mean\":3.5,\n"
        "\"suggestions\":{\"valley\":0.00303,\"steep\":null},\n"
        "\"histogram\":[{\"rating\":0.5,\"count\":10},{\"rating\":1,\"count\":2000}],\n"
        "\"rejects\":[]\n}\n");
}

static void
an_object_is_one_row_in_csv(void)
{
    prints(put_object, OUTPUT_CSV, &wide,
           "ratings,mean,suggestions.valley,suggestions.steep,histogram.rating,"
           "histogram.count,rejects.rating,rejects.count\n"
           "25000095,3.5,0.00303,,0.5|1,10|2000,,\n");
}

static void
an_object_is_labelled_lines_in_text(void)
{
    prints(put_object, OUTPUT_TEXT, &wide,
           "ratings      25,000,095\n"
           "mean rating  3.50\n"
           "valley  0.00303\n"
           "steep   -\n"
           "Stars:\n"
           "stars  ratings\n"
           "  0.5       10\n"
           "  1.0    2,000\n");
}

static void
put_list(struct output *o)
{
    output_list_begin(o);
    for (int i = 1; i <= 2; i++) {
        output_object_begin(o, NULL);
        output_fields(o, facts, 2,
                      (const struct value[]){ value_int(i), value_null() });
        output_object_end(o);
    }
    output_list_end(o);
}

static void
a_list_of_objects_has_one_header_in_csv(void)
{
    prints(put_list, OUTPUT_CSV, &wide, "ratings,mean\n1,\n2,\n");
    prints(put_list, OUTPUT_JSON, &wide,
           "[\n{\"ratings\":1,\"mean\":null},\n{\"ratings\":2,\"mean\":null}\n]\n");
    prints(put_list, OUTPUT_TEXT, &wide,
           "ratings      1\nmean rating  -\n\nratings      2\nmean rating  -\n");
}

static void
put_numbers(struct output *o)
{
    static const struct value v[] = {
        { .type = VALUE_REAL, .d = .1 },       { .type = VALUE_REAL, .d = 1.0 / 3 },
        { .type = VALUE_F32, .d = .1f },       { .type = VALUE_F32, .d = 1.0f / 3 },
        { .type = VALUE_REAL, .d = 1e300 },    { .type = VALUE_REAL, .d = -INFINITY },
        { .type = VALUE_INT, .i = INT64_MIN }, { .type = VALUE_UINT, .u = UINT64_MAX }
    };
    static const struct column c = { .key = "x" };

    output_object_begin(o, NULL);
    output_fields(o, &c, 1, (const struct value[]){ value_list(v, 8) });
    output_object_end(o);
}

static void
numbers_have_the_digits_that_read_back(void)
{
    prints(put_numbers, OUTPUT_JSON, &wide,
           "{\n\"x\":[0.1,0.3333333333333333,0.1,0.33333334,1e+300,null,"
           "-9223372036854775808,18446744073709551615]\n}\n");
}

/* ---- failures ----------------------------------------------------------------- */

static void
a_full_disk_is_said_once(void)
{
    FILE *full = fopen("/dev/full", "w");
    struct output *o;
    struct err err;

    if (full == NULL) {
        fprintf(stderr, "SKIP: no /dev/full here\n");
        return;
    }
    setvbuf(full, NULL, _IONBF, 0);
    CU_ASSERT_EQUAL_FATAL(output_new(&o, full, OUTPUT_JSON, &wide, NULL), ERR_OK);
    put_films(o, NULL);
    CU_ASSERT_TRUE(output_failed(o));
    CU_ASSERT_EQUAL(output_finish(o, &err), ERR_IO);
    CU_ASSERT_STRING_EQUAL(err.msg, "standard output: No space left on device");
    output_free(o);
    fclose(full);
}

/* Every allocation of a form fails once: the error comes out, nothing leaks. */
static void
runs_out_of_memory(enum output_form form)
{
    unsigned long n = 1;
    enum err_code rc;

    do {
        FILE *to = fopen("/dev/null", "w");
        struct output *o = NULL;

        mem_fail_at(n++, 0);
        rc = output_new(&o, to, form, &wide, NULL);
        if (rc == ERR_OK) {
            put_object(o);
            put_films(o, NULL);
            rc = output_finish(o, NULL);
        }
        mem_fail_at(0, 0);
        CU_ASSERT_TRUE(rc == ERR_OK || rc == ERR_NOMEM);
        output_free(o);
        fclose(to);
    } while (rc != ERR_OK && n < 200);
    CU_ASSERT_EQUAL(rc, ERR_OK);
    CU_ASSERT_TRUE(n > 2);
}

static void
without_memory_it_says_so(void)
{
    runs_out_of_memory(OUTPUT_TEXT);
    runs_out_of_memory(OUTPUT_CSV);
}

CU_TestInfo tests_output[] = {
    { "a table is an array of objects in JSON",
      a_table_is_an_array_of_objects_in_json },
    { "a table is quoted rows in CSV", a_table_is_quoted_rows_in_csv },
    { "a terminal gets the display form in CSV too",
      a_terminal_gets_the_display_form_in_csv_too },
    { "a table is aligned text", a_table_is_aligned_text },
    { "a narrow terminal cuts and then leaves out",
      a_narrow_terminal_cuts_and_then_leaves_out },
    { "a path loses its beginning", a_path_loses_its_beginning },
    { "no width is exceeded", no_width_is_exceeded },
    { "colour is only where it may be", colour_is_only_where_it_may_be },
    { "an object nests in JSON", an_object_nests_in_json },
    { "an object is one row in CSV", an_object_is_one_row_in_csv },
    { "an object is labelled lines in text", an_object_is_labelled_lines_in_text },
    { "a list of objects has one header in CSV",
      a_list_of_objects_has_one_header_in_csv },
    { "numbers have the digits that read back",
      numbers_have_the_digits_that_read_back },
    { "a full disk is said once", a_full_disk_is_said_once },
    { "without memory it says so", without_memory_it_says_so },
    CU_TEST_INFO_NULL,
};

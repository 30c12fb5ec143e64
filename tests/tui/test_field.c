/* test_field.c - typing a line of text. */
#include "config.h"

#include "ui/tui/field.h"

#include "src/base/mem.h"
#include "tests/unit.h"

#include <string.h>

/* Type keys by name, blanks between; the last answer. */
static enum field_said
type(struct field *f, const char *keys)
{
    enum field_said said = FIELD_IGNORED;

    while (*keys != '\0') {
        size_t n = strcspn(keys, " ");
        struct input in;

        CU_ASSERT_TRUE_FATAL(input_parse(&in, keys, n));
        said = field_type(f, &in);
        keys += n + strspn(keys + n, " ");
    }
    return said;
}

static void
characters_go_in_at_the_cursor(void)
{
    struct field f;

    field_open(&f, "ac");
    CU_ASSERT_EQUAL(type(&f, "left b"), FIELD_CHANGED);
    CU_ASSERT_STRING_EQUAL(f.text, "abc");
    type(&f, "home é end 映");
    CU_ASSERT_STRING_EQUAL(f.text, "éabc映");
    type(&f, "backspace backspace home delete");
    CU_ASSERT_STRING_EQUAL(f.text, "ab");
    CU_ASSERT_EQUAL(f.len, 2);
}

static void
words_and_lines_are_cut_as_in_shells(void)
{
    struct field f;

    field_open(&f, "genre:war year>1990 ");
    type(&f, "ctrl-w");
    CU_ASSERT_STRING_EQUAL(f.text, "genre:war ");
    type(&f, "left left left ctrl-k");
    CU_ASSERT_STRING_EQUAL(f.text, "genre:w");
    type(&f, "ctrl-u");
    CU_ASSERT_STRING_EQUAL(f.text, "");
}

static void
a_mark_goes_with_its_letter(void)
{
    struct field f;

    field_open(&f, "xe\u0301");
    type(&f, "backspace");
    CU_ASSERT_STRING_EQUAL(f.text, "x");
}

static void
enter_takes_and_esc_leaves(void)
{
    struct field f;

    field_open(&f, "a");
    CU_ASSERT_EQUAL(type(&f, "enter"), FIELD_TAKEN);
    CU_ASSERT_FALSE(f.open);
    field_open(&f, "a");
    CU_ASSERT_EQUAL(type(&f, "esc"), FIELD_LEFT);
    field_open(&f, "a");
    CU_ASSERT_EQUAL(type(&f, "backspace"), FIELD_CHANGED);
    CU_ASSERT_EQUAL(type(&f, "backspace"), FIELD_LEFT);
    field_open(&f, "a");
    CU_ASSERT_EQUAL(type(&f, "up"), FIELD_IGNORED);
}

static void
a_full_field_takes_no_more(void)
{
    struct field f;

    field_open(&f, "");
    for (int i = 0; i < 2 * FIELD_MAX; i++)
        type(&f, "映");
    CU_ASSERT_EQUAL(f.len, (FIELD_MAX - 1) / 3 * 3);
    CU_ASSERT_EQUAL(strlen(f.text), f.len);
}

static void
the_part_around_the_cursor_is_seen(void)
{
    struct canvas cv;
    struct field f;
    char *text;

    CU_ASSERT_EQUAL_FATAL(canvas_init(&cv, 10, 1, GLYPHS_BRAILLE, true, NULL), ERR_OK);
    field_open(&f, "abcdefghijkl");
    field_draw(&f, &cv, 0, 0, 10, "/ ");
    text = canvas_print(&cv);
    CU_ASSERT_STRING_EQUAL(text, "/ fghijkl\n");
    CU_ASSERT_EQUAL(cv.cursor->x, 9);
    mem_free(text);
    canvas_done(&cv);
}

CU_TestInfo tests_field[] = {
    { "characters go in at the cursor", characters_go_in_at_the_cursor },
    { "words and lines are cut as in shells", words_and_lines_are_cut_as_in_shells },
    { "a mark goes with its letter", a_mark_goes_with_its_letter },
    { "enter takes and esc leaves", enter_takes_and_esc_leaves },
    { "a full field takes no more", a_full_field_takes_no_more },
    { "the part around the cursor is seen", the_part_around_the_cursor_is_seen },
    CU_TEST_INFO_NULL,
};

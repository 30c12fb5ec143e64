/* test_canvas.c - cells: windows, wide characters, hostile text. */
#include "config.h"

#include "ui/draw/canvas.h"

#include "src/base/mem.h"
#include "tests/unit.h"

#include <string.h>

/* The canvas as text is `expected`. */
static void
expect(const struct canvas *cv, const char *expected)
{
    char *text = canvas_print(cv);

    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    CU_ASSERT_STRING_EQUAL(text, expected);
    mem_free(text);
}

static struct canvas
make(int w, int h, bool utf8)
{
    struct canvas cv;

    CU_ASSERT_EQUAL_FATAL(canvas_init(&cv, w, h, GLYPHS_BRAILLE, utf8, NULL), ERR_OK);
    return cv;
}

static void
text_is_cut_at_its_room(void)
{
    struct canvas cv = make(10, 3, true);

    CU_ASSERT_EQUAL(canvas_text(&cv, 0, 0, 6, STYLE_TEXT, "abcdefgh"), 6);
    CU_ASSERT_EQUAL(canvas_text(&cv, 7, 1, 99, STYLE_TEXT, "xyzzy"), 3);
    canvas_text_right(&cv, 2, 2, 5, STYLE_TEXT, "42");
    expect(&cv, "abcde…\n       xy…\n     42\n");
    canvas_done(&cv);
}

static void
what_has_no_room_whole_is_left_out(void)
{
    struct canvas cv = make(6, 2, true);

    CU_ASSERT_EQUAL(canvas_whole(&cv, 2, 0, STYLE_TEXT, "%d映", 12), 4);
    CU_ASSERT_EQUAL(canvas_whole(&cv, 3, 1, STYLE_TEXT, "%d映", 12), 0);
    expect(&cv, "  12映\n\n");
    canvas_done(&cv);
}

static void
a_window_keeps_what_is_outside(void)
{
    struct canvas cv = make(6, 3, true);
    struct canvas part = canvas_part(&cv, (struct rect){ 2, 1, 2, 1 });
    struct canvas none = canvas_part(&cv, (struct rect){ 9, 9, 3, 3 });

    for (int y = 0; y < 3; y++)
        canvas_text(&cv, 0, y, 6, STYLE_TEXT, "......");
    canvas_text(&part, -1, 0, 9, STYLE_TEXT, "abcdef");
    canvas_text(&part, 0, 1, 9, STYLE_TEXT, "zz");
    canvas_text(&part, 0, -1, 9, STYLE_TEXT, "zz");
    canvas_glyph(&part, 2, 0, STYLE_TEXT, "│", "|");
    canvas_text(&none, 0, 0, 9, STYLE_TEXT, "zz");
    CU_ASSERT_EQUAL(none.w * none.h, 0);
    expect(&cv, "......\n..b…..\n......\n");
    canvas_done(&cv);
}

static void
wide_characters_are_never_halved(void)
{
    struct canvas cv = make(5, 3, true);

    canvas_text(&cv, 0, 0, 5, STYLE_TEXT, "映画が"); /* six cells */
    canvas_text(&cv, 0, 1, 5, STYLE_TEXT, "映画");
    canvas_text(&cv, 1, 1, 1, STYLE_TEXT, "x"); /* over the right half of the first */
    canvas_text(&cv, 0, 2, 5, STYLE_TEXT, "映画");
    canvas_text(&cv, 2, 2, 1, STYLE_TEXT, "x"); /* over the left half of the second */
    expect(&cv, "映画…\n x画\n映x\n");
    canvas_done(&cv);
}

static void
hostile_text_is_shown_as_escapes(void)
{
    struct canvas cv = make(30, 1, true);

    canvas_text(&cv, 0, 0, 30, STYLE_TEXT,
                "a\033[2J\n\xe2\x80\xae"
                "b\xff");
    expect(&cv, "a\\x1b[2J\\x0a\\u202eb\\xff\n");
    canvas_done(&cv);
}

static void
marks_stay_on_their_character(void)
{
    struct canvas cv = make(4, 1, true);

    CU_ASSERT_EQUAL(canvas_text(&cv, 0, 0, 4, STYLE_TEXT, "e\u0301a\u0301\u0301\u0301"),
                    2);
    CU_ASSERT_STRING_EQUAL(cv.cell[0].text, "e\u0301");
    CU_ASSERT_STRING_EQUAL(cv.cell[1].text, "a\u0301\u0301");
    canvas_done(&cv);
}

static void
without_utf8_only_ascii_is_drawn(void)
{
    struct canvas cv = make(12, 2, false);

    CU_ASSERT_EQUAL(cv.glyphs, GLYPHS_ASCII);
    canvas_text(&cv, 0, 0, 12, STYLE_TEXT, "Amélie 映画 ok");
    canvas_bar(&cv, 0, 1, 4, STYLE_TEXT, .5);
    expect(&cv, "Amelie ?? ok\n##..\n");
    canvas_done(&cv);
}

static void
bars_fill_by_eighths(void)
{
    struct canvas cv = make(4, 1, true);

    canvas_bar(&cv, 0, 0, 4, STYLE_A, 2.5 / 4);
    expect(&cv, "██▌·\n");
    canvas_bar(&cv, 0, 0, 4, STYLE_A, 0. / 0.);
    expect(&cv, "····\n");
    canvas_bar(&cv, 0, 0, 4, STYLE_A, 7);
    expect(&cv, "████\n");
    canvas_done(&cv);
}

static void
no_memory_is_said(void)
{
    struct canvas cv = { 0 };
    struct err err;

    for (unsigned long n = 1; n <= 2; n++) {
        mem_fail_at(n, 0);
        CU_ASSERT_EQUAL(canvas_init(&cv, 80, 24, GLYPHS_BRAILLE, true, &err),
                        ERR_NOMEM);
    }
    mem_fail_at(0, 0);
    canvas_done(&cv);
}

CU_TestInfo tests_canvas[] = {
    { "text is cut at its room", text_is_cut_at_its_room },
    { "what has no room whole is left out", what_has_no_room_whole_is_left_out },
    { "a window keeps what is outside", a_window_keeps_what_is_outside },
    { "wide characters are never halved", wide_characters_are_never_halved },
    { "hostile text is shown as escapes", hostile_text_is_shown_as_escapes },
    { "marks stay on their character", marks_stay_on_their_character },
    { "without UTF-8 only ASCII is drawn", without_utf8_only_ascii_is_drawn },
    { "bars fill by eighths", bars_fill_by_eighths },
    { "no memory is said", no_memory_is_said },
    CU_TEST_INFO_NULL,
};

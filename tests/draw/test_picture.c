/* test_picture.c - a canvas as SVG: text, dots, blocks, what is selected. */
#include "config.h"

#include "ui/draw/picture.h"

#include "tests/collected.h"
#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

static struct canvas
make(int w, int h)
{
    struct canvas cv;

    CU_ASSERT_EQUAL_FATAL(canvas_init(&cv, w, h, GLYPHS_BRAILLE, true, NULL), ERR_OK);
    return cv;
}

/* What is drawn, without the style sheet, is `expected`. */
static void
expect(const struct canvas *cv, const char *expected)
{
    struct collected c = { 0 };
    const struct sink to = collected_sink(&c);
    const char *body;

    CU_ASSERT_EQUAL_FATAL(picture_write(cv, &to, NULL), ERR_OK);
    body = strstr(c.bytes, "<g transform=\"translate(8 8)\">\n");
    CU_ASSERT_PTR_NOT_NULL_FATAL(body);
    CU_ASSERT_STRING_EQUAL(strchr(body, '\n') + 1, expected);
    free(c.bytes);
}

static void
text_stands_in_its_columns(void)
{
    struct canvas cv = make(12, 2);

    canvas_text(&cv, 1, 1, 11, STYLE_KEY, "a<b & c");
    canvas_text(&cv, 9, 1, 3, STYLE_DIM, "映");
    expect(
        &cv,
        "<text class=\"KEY\" x=\"8\" y=\"28\" textLength=\"56\">a&lt;b &amp; c</text>\n"
        "<text class=\"DIM\" x=\"72\" y=\"28\" textLength=\"16\">映</text>\n"
        "</g>\n</svg>\n");
    canvas_done(&cv);
}

/* The bits of a Braille character go down the left column, then the right one, and the
 * lowest two come last (Unicode, chapter 21.1). */
static void
dots_lie_where_braille_has_them(void)
{
    struct canvas cv = make(3, 1);

    canvas_glyph(&cv, 0, 0, STYLE_A, "⠁", "."); /* dot 1: the upper left */
    canvas_glyph(&cv, 1, 0, STYLE_A, "⡠", "."); /* dots 6 and 7 */
    expect(&cv, "<path class=\"dots A\" d=\"M2 2h.1M14 10h.1M10 14h.1\"/>\n"
                "</g>\n</svg>\n");
    canvas_done(&cv);
}

static void
blocks_fill_their_part_of_a_cell(void)
{
    struct canvas cv = make(4, 1);

    canvas_glyph(&cv, 0, 0, STYLE_B, "▂", ".");
    canvas_glyph(&cv, 1, 0, STYLE_B, "▏", ".");
    canvas_glyph(&cv, 2, 0, STYLE_DIM, "│", ".");
    canvas_glyph(&cv, 3, 0, STYLE_B, "█", ".");
    expect(&cv, "<path class=\"DIM\" d=\"M19.5 0h1v16h-1z\"/>\n"
                "<path class=\"B\" d=\"M0 12h8v4h-8zM8 0h1v16h-1zM24 0h8v16h-8z\"/>\n"
                "</g>\n</svg>\n");
    canvas_done(&cv);
}

static void
what_is_selected_lies_on_a_bar(void)
{
    struct canvas cv = make(5, 2);

    canvas_select(&cv, (struct rect){ 1, 1, 3, 1 });
    expect(&cv,
           "<rect class=\"selected\" x=\"8\" y=\"16\" width=\"24\" height=\"16\"/>\n"
           "</g>\n</svg>\n");
    canvas_done(&cv);
}

static void
a_part_and_no_cell_at_all_can_be_drawn(void)
{
    struct canvas cv = make(6, 2), none = make(0, 0);
    struct canvas part = canvas_part(&cv, (struct rect){ 2, 1, 2, 1 });

    canvas_text(&cv, 0, 1, 6, STYLE_TEXT, "abcdef");
    expect(&part, "<text class=\"TEXT\" x=\"0\" y=\"12\" textLength=\"16\">cd</text>\n"
                  "</g>\n</svg>\n");
    expect(&none, "</g>\n</svg>\n");
    canvas_done(&cv);
    canvas_done(&none);
}

static void
a_full_disk_is_reported(void)
{
    struct collected c = { .fail_at = 1 };
    const struct sink to = collected_sink(&c);
    struct canvas cv = make(80, 24);
    struct err err;

    CU_ASSERT_EQUAL(picture_write(&cv, &to, &err), ERR_IO);
    CU_ASSERT_STRING_EQUAL(err.msg, "full");
    canvas_done(&cv);
    free(c.bytes);
}

CU_TestInfo tests_picture[] = {
    { "text stands in its columns", text_stands_in_its_columns },
    { "dots lie where Braille has them", dots_lie_where_braille_has_them },
    { "blocks fill their part of a cell", blocks_fill_their_part_of_a_cell },
    { "what is selected lies on a bar", what_is_selected_lies_on_a_bar },
    { "a part, and no cell at all, can be drawn",
      a_part_and_no_cell_at_all_can_be_drawn },
    { "a full disk is reported", a_full_disk_is_reported },
    CU_TEST_INFO_NULL,
};

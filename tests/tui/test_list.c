/* test_list.c - a table of many rows with a cursor. */
#include "config.h"

#include "ui/tui/list.h"

#include "src/base/mem.h"
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

static const struct input no_mouse;

static void
the_cursor_stays_in_view(void)
{
    struct list l = { 0 };

    list_fit(&l, 1000000, 11);
    CU_ASSERT_EQUAL(l.seen, 10);
    for (int i = 0; i < 12; i++)
        list_act(&l, ACTION_DOWN, &no_mouse);
    CU_ASSERT_EQUAL(l.cursor, 12);
    CU_ASSERT_EQUAL(l.top, 3);
    list_act(&l, ACTION_LAST, &no_mouse);
    CU_ASSERT_EQUAL(l.cursor, 999999);
    CU_ASSERT_EQUAL(l.top, 999990);
    list_act(&l, ACTION_PAGE_UP, &no_mouse);
    CU_ASSERT_EQUAL(l.cursor, 999990);
    list_act(&l, ACTION_FIRST, &no_mouse);
    CU_ASSERT_EQUAL(l.top, 0);
    list_act(&l, ACTION_UP, &no_mouse);
    CU_ASSERT_EQUAL(l.cursor, 0);
}

static void
fewer_rows_move_the_cursor_to_the_last(void)
{
    struct list l = { 0 };

    list_fit(&l, 100, 11);
    list_go(&l, 99);
    list_fit(&l, 5, 11);
    CU_ASSERT_EQUAL(l.cursor, 4);
    CU_ASSERT_EQUAL(l.top, 0);
    list_fit(&l, 0, 11);
    CU_ASSERT_EQUAL(l.cursor, 0);
    CU_ASSERT_TRUE(list_act(&l, ACTION_DOWN, &no_mouse));
    CU_ASSERT_EQUAL(l.cursor, 0);
}

static void
a_taller_window_has_no_empty_lines_below(void)
{
    struct list l = { 0 };

    list_fit(&l, 20, 6);
    list_go(&l, 19);
    CU_ASSERT_EQUAL(l.top, 15);
    list_fit(&l, 20, 11);
    CU_ASSERT_EQUAL(l.top, 10);
}

static void
a_click_marks_its_row(void)
{
    struct list l = { 0 };
    struct input click = { .kind = INPUT_CLICK, .y = 3 };

    list_fit(&l, 20, 6);
    list_go(&l, 19);
    CU_ASSERT_TRUE(list_act(&l, ACTION_CLICK, &click));
    CU_ASSERT_EQUAL(l.cursor, 17);
    click.y = 0; /* the head */
    CU_ASSERT_FALSE(list_act(&l, ACTION_CLICK, &click));
    click.y = 6; /* below */
    CU_ASSERT_FALSE(list_act(&l, ACTION_CLICK, &click));
}

static void
cell(const void *arg, size_t row, size_t column, char out[LIST_CELL_MAX],
     unsigned *style)
{
    (void)arg;
    (void)style;
    snprintf(out, LIST_CELL_MAX, column == 1 ? "film %zu" : "%zu", row + 1);
}

static void
columns_are_left_out_by_rank(void)
{
    static const struct list_column columns[] = {
        { .head = "#", .cells = 3, .right = true },
        { .head = "title", .cells = 6, .flex = true },
        { .head = "n", .cells = 4, .right = true, .rank = 1 },
    };
    struct list_table t = {
        .column = columns, .n = 3, .cell = cell, .sorted = 2, .down = true
    };
    struct list l = { 0 };
    struct canvas wide, narrow;
    char *text;

    list_fit(&l, 2, 4);
    CU_ASSERT_EQUAL_FATAL(canvas_init(&wide, 24, 4, GLYPHS_BRAILLE, true, NULL),
                          ERR_OK);
    CU_ASSERT_EQUAL_FATAL(canvas_init(&narrow, 14, 4, GLYPHS_ASCII, true, NULL),
                          ERR_OK);
    list_draw(&l, &t, &wide);
    text = canvas_print(&wide);
    CU_ASSERT_STRING_EQUAL(text, "   #  title          n▼\n"
                                 "▏  1  film 1         1\n"
                                 "   2  film 2         2\n\n");
    mem_free(text);
    list_draw(&l, &t, &narrow);
    text = canvas_print(&narrow);
    CU_ASSERT_STRING_EQUAL(text, "   #  title\n>  1  film 1\n   2  film 2\n\n");
    mem_free(text);
    CU_ASSERT_EQUAL(list_column_at(&t, 20, 24), 2);
    CU_ASSERT_EQUAL(list_column_at(&t, 0, 24), -1);
    canvas_done(&wide);
    canvas_done(&narrow);
}

/* As long as a cell may be, the last part shorter than what says that it is left out.
 */
static void
long_cell(const void *arg, size_t row, size_t column, char out[LIST_CELL_MAX],
          unsigned *style)
{
    (void)arg;
    (void)row;
    (void)column;
    (void)style;
    memset(out, 'g', LIST_CELL_MAX - 1);
    memcpy(out + LIST_CELL_MAX - 4, ", x", 4);
}

static void
what_says_that_parts_are_left_out_has_room_itself(void)
{
    static const struct list_column columns[] = {
        { .head = "genres", .cells = LIST_CELL_MAX - 2, .between = ", " },
    };
    struct list_table t = {
        .column = columns, .n = 1, .cell = long_cell, .sorted = -1
    };
    struct list l = { 0 };
    struct canvas cv;
    char *text;

    list_fit(&l, 1, 2);
    CU_ASSERT_EQUAL_FATAL(
        canvas_init(&cv, LIST_CELL_MAX + 8, 2, GLYPHS_BRAILLE, true, NULL), ERR_OK);
    list_draw(&l, &t, &cv);
    text = canvas_print(&cv);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "gg"));
    CU_ASSERT_PTR_NULL(strstr(text, "x"));
    mem_free(text);
    canvas_done(&cv);
}

CU_TestInfo tests_list[] = {
    { "the cursor stays in view", the_cursor_stays_in_view },
    { "fewer rows move the cursor to the last",
      fewer_rows_move_the_cursor_to_the_last },
    { "a taller window has no empty lines below",
      a_taller_window_has_no_empty_lines_below },
    { "a click marks its row", a_click_marks_its_row },
    { "columns are left out by rank", columns_are_left_out_by_rank },
    { "what says that parts are left out has room itself",
      what_says_that_parts_are_left_out_has_room_itself },
    CU_TEST_INFO_NULL,
};

/* test_scatter.c - points on two axes with their labels. */
#include "config.h"

#include "ui/draw/scatter.h"

#include "src/base/mem.h"
#include "tests/unit.h"

#include <string.h>

#define W 40
#define H 3
#define N 40

static struct canvas cv;

/* A row of dots, and those with a name. */
static char *
draw(struct scatter_point *point, size_t n)
{
    struct scatter s = { .x = { .lo = 0, .hi = W - 1 },
                         .y = { .lo = -1, .hi = 1 },
                         .point = point,
                         .n = n,
                         .marked = SIZE_MAX };
    char *text;

    CU_ASSERT_EQUAL_FATAL(canvas_init(&cv, W, H, GLYPHS_ASCII, false, NULL), ERR_OK);
    CU_ASSERT_EQUAL(scatter_draw(&s, &cv), 0);
    text = canvas_print(&cv);
    canvas_done(&cv);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    return text;
}

static void
a_label_among_dots_has_a_blank_on_each_side(void)
{
    struct scatter_point point[N];
    char *text;

    for (size_t i = 0; i < N; i++)
        point[i] = (struct scatter_point){ .x = (double)i, .y = .8 };
    point[10].label = "Alien";
    text = draw(point, N);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "........... Alien ...."));
    mem_free(text);
}

static void
no_label_lies_over_the_dot_of_another(void)
{
    struct scatter_point point[] = { { .x = 10, .y = .8, .label = "Alien" },
                                     { .x = 4, .y = .8, .label = "Casablanca" } };
    char *text = draw(point, 2);

    CU_ASSERT_PTR_NOT_NULL(strstr(text, ". Alien"));
    CU_ASSERT_PTR_NULL(strstr(text, "Casa"));
    mem_free(text);
}

CU_TestInfo tests_scatter[] = {
    { "a label among dots has a blank on each side",
      a_label_among_dots_has_a_blank_on_each_side },
    { "no label lies over the dot of another", no_label_lies_over_the_dot_of_another },
    CU_TEST_INFO_NULL,
};

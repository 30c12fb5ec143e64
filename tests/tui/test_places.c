/* test_places.c - where tabs, status, panel and hints are, over all sizes. */
#include "config.h"

#include "ui/tui/layout.h"

#include "tests/unit.h"

#include <string.h>

#define MAX_W 200
#define MAX_H 80

/* Count the cells of r; false when one lies outside w x h or is taken already. */
static bool
cover(unsigned char taken[MAX_H][MAX_W], struct rect r, int w, int h)
{
    for (int y = r.y; y < r.y + r.h; y++)
        for (int x = r.x; x < r.x + r.w; x++) {
            if (x < 0 || x >= w || y < 0 || y >= h || taken[y][x]++ != 0)
                return false;
        }
    return true;
}

static void
parts_cover_every_screen_without_overlap(void)
{
    static unsigned char taken[MAX_H][MAX_W];

    for (int w = 1; w <= MAX_W; w++)
        for (int h = 1; h <= MAX_H; h++) {
            struct layout l = layout_of(w, h);
            bool fits;

            memset(taken, 0, sizeof(taken));
            fits = cover(taken, l.tabs, w, h) && cover(taken, l.status, w, h) &&
                   cover(taken, l.body, w, h) && cover(taken, l.hint, w, h);
            CU_ASSERT_TRUE(fits);
            CU_ASSERT_EQUAL(l.status.h, 1);
            CU_ASSERT_EQUAL(l.status.w, w);
        }
}

static void
small_screens_lose_tabs_first_then_the_panel(void)
{
    CU_ASSERT_EQUAL(layout_of(80, 24).body.h, 21);
    CU_ASSERT_EQUAL(layout_of(39, 24).tabs.h, 0);
    CU_ASSERT_EQUAL(layout_of(39, 24).body.h, 23);
    CU_ASSERT_EQUAL(layout_of(80, 3).body.h, 0);
    CU_ASSERT_EQUAL(layout_of(1, 1).status.w, 1);
}

CU_TestInfo tests_places[] = {
    { "parts cover every screen without overlap",
      parts_cover_every_screen_without_overlap },
    { "small screens lose tabs first, then the panel",
      small_screens_lose_tabs_first_then_the_panel },
    CU_TEST_INFO_NULL,
};

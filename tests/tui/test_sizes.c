/*
 * test_sizes.c - every panel and overlay in every world at sizes from 1 x 1 to
 * 200 x 80: nothing is drawn outside, and no cell is odd. A sample of the sizes; all of
 * them with MLTUI_LONG=1 in the environment, or, with MLTUI_LONG=3/16, the third of
 * sixteen parts of that, which takes a minute.
 */
#include "config.h"

#include "tests/tui/sitting.h"
#include "tests/tui/worlds.h"

#include "src/base/text.h"
#include "ui/tui/chrome.h"

#include "tests/tui/home.h"
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_W  200
#define MAX_H  80
#define STRIDE 797 /* of the sizes, every so-manieth is looked at */

static const struct cell guard = { .text = "G", .style = STYLE_BAD, .width = 1 };

static const struct view {
    const char *name, *keys;
} views[] = {
    { "data", "" },
    { "data", "t end" },
    { "train", "" },
    { "train", "down enter ctrl-u 'x" },
    { "train", "t end" },
    { "train", "end + + left" },
    { "train", "L Y" },
    { "lr", "" },
    { "lr", "t end" },
    { "lr", "s + right" },
    { "movies", "" },
    { "movies", "/ 'ar" },
    { "movies", "\\ 'year>" },
    { "movies", "/ 'zzz' enter" },
    { "movies", "enter down" },
    { "movies", "esc end" },
    { "factors", "" },
    { "factors", "enter right" },
    { "factors", "/ 'a" },
    { "factors", "t end" },
    { "factors", "w" },
    { "users", "" },
    { "users", "u" },
    { "users", "g '1" },
    { "users", "\\ 'x" },
    { "me", "" },
    { "me", "right right down left" },
    { "me", "/ 'a" },
    { "me", "\\ 'year>" },
    { "me", "i 'x" },
    { "help", "" },
    { "help", "'xyzzy" },
    { "palette", "" },
    { "palette", "'save-screen a-file-with-a-rather-long-name" },
    { "start", "" },
    { "start", "/ 'a-path-that-is-longer-than-what-is-left-of-a-narrow-line" },
};

#define N_VIEWS (sizeof(views) / sizeof(views[0]))

static bool all_of_them;   /* MLTUI_LONG */
static size_t part, parts; /* of all of them, from 1 */
static struct canvas big;  /* room for the largest size with a line of guards around */

/* A window of this size, all around it guards. */
static struct canvas
guarded(int w, int h)
{
    struct canvas around = canvas_part(&big, (struct rect){ 0, 0, w + 2, h + 2 });

    for (int y = 0; y < around.h; y++)
        for (int x = 0; x < around.w; x++)
            around.cell[y * around.stride + x] = guard;
    return canvas_part(&around, (struct rect){ 1, 1, w, h });
}

static bool
is_guard(const struct canvas *cv, int x, int y)
{
    return memcmp(&cv->cell[(ptrdiff_t)y * cv->stride + x], &guard, sizeof(guard)) == 0;
}

static bool
guards_stand(const struct canvas *cv)
{
    for (int x = -1; x <= cv->w; x++)
        if (!is_guard(cv, x, -1) || !is_guard(cv, x, cv->h))
            return false;
    for (int y = 0; y < cv->h; y++)
        if (!is_guard(cv, -1, y) || !is_guard(cv, cv->w, y))
            return false;
    return true;
}

/* A character that takes as many cells as it says, and that no terminal would obey.
 * Most are asked about thousands of times: those that are right are remembered. */
static bool
character_is_right(const struct cell *c)
{
    static struct cell known[256];
    char shown[CELL_BYTES * 8];
    size_t at = 0;

    for (const char *p = c->text; *p != '\0'; p++)
        at = at * 31 + (unsigned char)*p;
    at %= sizeof(known) / sizeof(known[0]);
    if (known[at].width == c->width && strcmp(known[at].text, c->text) == 0)
        return true;
    (void)text_display(c->text, shown, sizeof(shown));
    if (strcmp(shown, c->text) != 0 || text_width(c->text) != c->width)
        return false;
    known[at] = *c;
    return true;
}

static bool
cell_is_right(const struct canvas *cv, int x, int y)
{
    const struct cell *c = &cv->cell[(ptrdiff_t)y * cv->stride + x];

    if ((c->style & ~STYLE_SELECTED) >= STYLE_COUNT)
        return false;
    if (c->width == 1 && c->text[0] >= ' ' && c->text[0] < 0x7f && c->text[1] == '\0')
        return true; /* most of them */
    if (c->width == 0)
        return x > 0 && c[-1].width == 2 && c->text[0] == '\0';
    if (c->width == 2 && (x + 1 == cv->w || c[1].width != 0))
        return false;
    for (const char *p = c->text; !cv->utf8 && *p != '\0'; p++)
        if ((unsigned char)*p >= 0x7f)
            return false;
    return character_is_right(c);
}

static bool
cells_are_right(const struct canvas *cv)
{
    for (int y = 0; y < cv->h; y++)
        for (int x = 0; x < cv->w; x++)
            if (!cell_is_right(cv, x, y))
                return false;
    return true;
}

/* Draw at a size and look at all cells; false, and a line of what it was, when one is
 * wrong. */
static bool
draws_well(struct sitting *s, const char *what, int w, int h)
{
    struct canvas cv = guarded(w, h);
    const struct canvas_cursor *at = cv.cursor;
    bool good;

    sitting_resize(s, w, h);
    sitting_draw(s, &cv);
    good = guards_stand(&cv) && cells_are_right(&cv) &&
           (!at->shown || (at->x >= 1 && at->x <= w && at->y >= 1 && at->y <= h));
    if (!good)
        printf("\n    %s, %dx%d is drawn wrong\n", what, w, h);
    return good;
}

/* Sizes at which something begins or ends, and a part of all others. */
static bool
is_looked_at(int w, int h, size_t offset)
{
    static const int edge_w[] = { 1, 2, 3, 15, 16, 39, 40, 80 };
    static const int edge_h[] = { 1, 2, 3, 4, 11, 12, 24 };
    bool at_w = false, at_h = false;

    if (all_of_them)
        return true;
    for (size_t i = 0; i < sizeof(edge_w) / sizeof(edge_w[0]); i++)
        at_w |= edge_w[i] == w;
    for (size_t i = 0; i < sizeof(edge_h) / sizeof(edge_h[0]); i++)
        at_h |= edge_h[i] == h;
    return (at_w && at_h) || ((size_t)(h * MAX_W + w) + offset) % STRIDE == 0;
}

static bool
view_is_right(const struct view *v, enum worlds world, size_t offset)
{
    struct sitting s;
    char what[256];
    bool good = true;

    snprintf(what, sizeof(what), "%s (%s), %s", v->name, v->keys, worlds_what[world]);
    sitting_open(&s, v->name, worlds_get(world), 80, 24);
    sitting_press(&s, v->keys);
    for (int h = 1; h <= MAX_H && good; h++)
        for (int w = 1; w <= MAX_W && good; w++)
            if (is_looked_at(w, h, offset))
                good = draws_well(&s, what, w, h);
    sitting_close(&s);
    return good;
}

static void
open_big(bool utf8)
{
    const char *how;

    how = getenv("MLTUI_LONG");
    all_of_them = how != NULL;
    if (how == NULL || sscanf(how, "%zu/%zu", &part, &parts) != 2 || parts == 0)
        part = parts = 1;
    home_make();
    CU_ASSERT_EQUAL_FATAL(
        canvas_init(&big, MAX_W + 2, MAX_H + 2, GLYPHS_BRAILLE, utf8, NULL), ERR_OK);
}

static void
close_big(void)
{
    canvas_done(&big);
    worlds_free();
    home_remove();
}

static bool
is_of_part(size_t i)
{
    return i % parts == part - 1;
}

static void
views_keep_within(bool utf8, enum glyphs glyphs)
{
    open_big(utf8);
    big.glyphs = glyphs;
    for (size_t v = 0; v < N_VIEWS; v++)
        for (size_t world = 0; world < WORLDS_COUNT; world++)
            if (is_of_part(v * WORLDS_COUNT + world))
                CU_ASSERT_TRUE(view_is_right(&views[v], (enum worlds)world,
                                             v * WORLDS_COUNT + world));
    close_big();
}

static void
nothing_is_drawn_outside_at_any_size(void)
{
    views_keep_within(true, GLYPHS_BRAILLE);
}

static void
nor_in_the_c_locale(void)
{
    views_keep_within(false, GLYPHS_ASCII);
}

/* ---- a monkey at the keyboard ------------------------------------------------------
 */

static uint32_t
roll(uint32_t *dice, uint32_t n)
{
    *dice = *dice * 1664525u + 1013904223u;
    return (*dice >> 8) % n;
}

/* Any key of the table, a letter, or the mouse anywhere and a little beyond. */
static struct input
any_input(uint32_t *dice, const struct sitting *s)
{
    struct input in = { 0 };
    enum action a = (enum action)(1 + roll(dice, ACTION_COUNT - 1));

    if (roll(dice, 6) == 0 || !action_key(a, 0, &in))
        in = (struct input){ .kind = INPUT_CHAR, .ch = ' ' + roll(dice, 0x5f) };
    if (roll(dice, 12) == 0)
        in.kind = INPUT_ESC; /* or all would be typed into one field */
    in.x = (int)roll(dice, (uint32_t)s->w + 4) - 2;
    in.y = (int)roll(dice, (uint32_t)s->h + 4) - 2;
    return in;
}

static bool
monkey_breaks_nothing(const char *name, uint32_t seed)
{
    struct sitting s;
    uint32_t dice = seed;
    bool good = true;

    sitting_open(&s, name, worlds_get(WORLD_nothing), 80, 24);
    for (int i = 0; i < 1500 && good; i++) {
        struct input in = any_input(&dice, &s);

        if (roll(&dice, 40) == 0)
            sitting_turn(&s, worlds_get((enum worlds)roll(&dice, WORLDS_COUNT)));
        sitting_input(&s, &in);
        if (roll(&dice, 20) == 0)
            good = draws_well(&s, name, 1 + (int)roll(&dice, MAX_W),
                              1 + (int)roll(&dice, MAX_H));
        else if (i % 4 == 0)
            good = draws_well(&s, name, s.w, s.h);
    }
    sitting_close(&s);
    return good;
}

static void
no_sequence_of_keys_breaks_a_panel(void)
{
    const char *const names[] = { "data",  "train", "lr",   "movies",  "factors",
                                  "users", "me",    "help", "palette", "start" };

    uint32_t n_seeds;

    open_big(true);
    n_seeds = all_of_them ? 50 : 1;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        for (uint32_t seed = 1; seed <= n_seeds; seed++)
            if (is_of_part(seed))
                CU_ASSERT_TRUE(monkey_breaks_nothing(names[i], seed));
    close_big();
}

CU_TestInfo tests_sizes[] = {
    { "nothing is drawn outside, at any size", nothing_is_drawn_outside_at_any_size },
    { "nor in the C locale", nor_in_the_c_locale },
    { "no sequence of keys breaks a panel", no_sequence_of_keys_breaks_a_panel },
    CU_TEST_INFO_NULL,
};

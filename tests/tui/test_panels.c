/* test_panels.c - what panels do that one screen alone does not show. */
#include "config.h"

#include "tests/tui/sitting.h"
#include "tests/tui/worlds.h"

#include "src/base/mem.h"
#include "src/data/ratings.h"
#include "tests/scratch.h"
#include "tests/tui/home.h"
#include "tests/unit.h"
#include "ui/tui/filmcard.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static struct sitting s;

/* ---- me ------------------------------------------------------------------------- */

static void
an_import_and_its_undoing_are_one_key_each(void)
{
    static const char text[] =
        "Heat (1995),4\nAlien (1979),5\nNowhere,3\nSaw (2004),1\nEl Niño,2\n";
    char keys[600];

    sitting_begin(&s, "me", WORLD_trained);
    sitting_press(&s, "right");
    scratch_write(home_path("own.csv"), text, strlen(text));
    snprintf(keys, sizeof(keys), "i '%s' tab enter", home_path("ow"));
    sitting_press(&s, keys);
    CU_ASSERT_TRUE(sitting_shows(&s, "3 of 5 films are here, not Nowhere; El Niño;"));
    CU_ASSERT_TRUE(sitting_shows(&s, "rated 4 films"));
    sitting_press(&s, "u");
    CU_ASSERT_TRUE(sitting_shows(&s, "3 films as they were before the import"));
    sitting_press(&s, "home");
    CU_ASSERT_TRUE(sitting_shows(&s, "rated 1 film "));
    sitting_end(&s);
}

static void
one_can_go_down_the_list_and_rate(void)
{
    sitting_begin(&s, "me", WORLD_trained);
    sitting_press(&s, "right down right down left down right");
    CU_ASSERT_TRUE(sitting_shows(&s, "rated 4 films"));
    sitting_end(&s);
}

static void
a_search_that_is_kept_is_shown_and_one_that_found_nothing_is_not_kept(void)
{
    sitting_begin(&s, "me", WORLD_trained);
    sitting_press(&s, "/ 'star' enter");
    CU_ASSERT_TRUE(sitting_shows(&s, "title has \"star\""));
    CU_ASSERT_TRUE(sitting_shows(&s, "esc all films"));
    CU_ASSERT_FALSE(sitting_shows(&s, "films to rate"));
    sitting_press(&s, "esc");
    CU_ASSERT_TRUE(sitting_shows(&s, "films to rate"));
    sitting_press(&s, "/ 'qqq' enter");
    CU_ASSERT_TRUE(sitting_shows(&s, "no film is called \"qqq\""));
    CU_ASSERT_TRUE(sitting_shows(&s, "films to rate"));
    sitting_end(&s);
}

static void
a_newer_model_of_the_same_data_leaves_what_can_be_undone(void)
{
    struct world newer;
    struct shown shown;

    sitting_begin(&s, "me", WORLD_trained);
    sitting_press(&s, "right");
    newer = *s.world;
    shown = *newer.shown;
    shown.version += 1000;
    newer.shown = &shown;
    sitting_turn(&s, &newer);
    sitting_press(&s, "u");
    CU_ASSERT_TRUE(sitting_shows(&s, "as it was"));
    sitting_end(&s);
}

static void
a_click_on_a_film_to_see_puts_it_among_those_to_rate(void)
{
    struct input in = { .kind = INPUT_CLICK, .x = 80, .y = 4 };

    sitting_begin(&s, "me", WORLD_trained);
    sitting_input(&s, &in);
    sitting_press(&s, "right");
    CU_ASSERT_TRUE(sitting_shows(&s, "▏   4  Star Wars"));
    sitting_end(&s);
}

/* ---- lr ------------------------------------------------------------------------- */

/* The glyph is in the legend once, and on the curve. */
static bool
is_marked(const char *text, const char *glyph)
{
    const char *first = strstr(text, glyph);

    return first != NULL && strstr(first + 1, glyph) != NULL;
}

static void
suggestions_that_coincide_are_all_seen(void)
{
    struct finding f;
    struct world w;

    sitting_begin(&s, "lr", WORLD_found);
    w = *s.world;
    f = *w.finding;
    f.smooth[80] = 9; /* the curve's upper edge */
    f.found.valley = f.found.slide = f.found.minimum = f.found.steep = f.lr[80];
    w.finding = &f;
    for (int h = 18; h <= 40; h += 11) {
        char *text;

        sitting_turn(&s, &w);
        sitting_resize(&s, 80, h);
        text = sitting_text(&s);
        CU_ASSERT(is_marked(text, "●") && is_marked(text, "◆"));
        CU_ASSERT(is_marked(text, "■") && is_marked(text, "▲"));
        mem_free(text);
    }
    sitting_end(&s);
}

/* ---- movies --------------------------------------------------------------------- */

static bool
all_have(const struct filmcard *f, const struct catalog *c, uint32_t least)
{
    for (size_t i = 0; i < f->n_near; i++)
        if (c->count[f->near[i].row] < least)
            return false;
    return f->n_near > 0;
}

static void
near_films_have_as_many_ratings_as_one_asks_for(void)
{
    const struct shown *shown;
    struct filmcard f = { .film = 0 };
    struct err err;
    size_t of_ten;

    sitting_begin(&s, "movies", WORLD_trained);
    shown = s.world->shown;
    CU_ASSERT_EQUAL(filmcard_update(&f, shown, 1, &err), ERR_OK);
    CU_ASSERT_TRUE(all_have(&f, shown->catalog, 10));
    CU_ASSERT_TRUE(sitting_shows(&s, "of films with 10 ratings or more  m changes it"));
    of_ten = f.n_near;
    filmcard_next_floor(&f); /* 100, more than there are users */
    CU_ASSERT_EQUAL(filmcard_update(&f, shown, 1, &err), ERR_OK);
    CU_ASSERT_EQUAL(f.n_near, 0);
    filmcard_next_floor(&f);
    filmcard_next_floor(&f); /* 1 */
    CU_ASSERT_EQUAL(filmcard_update(&f, shown, 1, &err), ERR_OK);
    CU_ASSERT_TRUE(all_have(&f, shown->catalog, 1));
    CU_ASSERT(f.n_near >= of_ten && f.n_near == FILMCARD_SIMILAR);
    sitting_press(&s, "m");
    CU_ASSERT_TRUE(
        sitting_shows(&s, "no other film has 100 ratings or more  m changes it"));
    sitting_end(&s);
}

/* An action by its name, as scripts and the palette say it. */
static void
act(enum action a)
{
    static const struct input none;

    (void)s.ops->act(s.state, s.world, a, &none, &s.wish);
    sitting_resize(&s, s.w, s.h);
}

static void
a_filter_that_is_wrong_waits_while_one_searches(void)
{
    sitting_begin(&s, "movies", WORLD_trained);
    sitting_press(&s, "\\ 'year>' enter");
    CU_ASSERT_TRUE(sitting_shows(&s, "filter: year>"));
    CU_ASSERT_TRUE(
        sitting_shows(&s, "expected")); /* what is wrong, and the field is still open */
    act(ACTION_SEARCH);
    CU_ASSERT_FALSE(sitting_shows(&s, "filter: year>"));
    CU_ASSERT_FALSE(sitting_shows(&s, "expected"));
    sitting_press(&s, "'a' enter");
    CU_ASSERT_TRUE(sitting_shows(&s, "filter: year>"));
    sitting_press(&s, "\\ '1900' enter"); /* and is mended */
    CU_ASSERT_FALSE(sitting_shows(&s, "filter: "));
    CU_ASSERT_TRUE(sitting_shows(&s, "year>1900"));
    CU_ASSERT_TRUE(sitting_shows(&s, "title has \"a\""));
    sitting_end(&s);
}

static void
far_down_the_list_says_where_one_is_and_how_to_come_to_the_top(void)
{
    sitting_begin(&s, "movies", WORLD_trained);
    sitting_resize(&s, 120, 14);
    CU_ASSERT_FALSE(sitting_shows(&s, "home the first"));
    sitting_press(&s, "end");
    CU_ASSERT_TRUE(sitting_shows(&s, "25 films, here no. 25"));
    CU_ASSERT_TRUE(sitting_shows(&s, "home the first"));
    sitting_press(&s, "home");
    CU_ASSERT_FALSE(sitting_shows(&s, "here no."));
    sitting_end(&s);
}

static void
a_highest_mean_of_few_ratings_is_told(void)
{
    static uint32_t count[64];
    struct catalog catalog;
    struct shown shown;
    struct world w;

    sitting_begin(&s, "movies", WORLD_trained);
    sitting_press(&s, "o");
    CU_ASSERT_FALSE(sitting_shows(&s, "n>20")); /* the first have more */
    w = *s.world;
    shown = *w.shown;
    catalog = *shown.catalog;
    for (uint32_t i = 1; i <= catalog.n_items; i++)
        count[i] = catalog.count[i] < 4 ? catalog.count[i] : 4;
    catalog.count = count;
    shown.catalog = &catalog;
    shown.version += 1000;
    w.shown = &shown;
    sitting_turn(&s, &w);
    CU_ASSERT_TRUE(sitting_shows(&s, "few rated the first: \\ n>20"));
    sitting_press(&s, "O");
    CU_ASSERT_FALSE(sitting_shows(&s, "n>20"));
    sitting_press(&s, "O \\ 'n>20' enter");
    CU_ASSERT_FALSE(sitting_shows(&s, "few rated"));
    sitting_end(&s);
}

/* Enter leads into the card; a low screen has none, and then the list is walked. */
static void
a_card_that_has_no_room_is_left(void)
{
    sitting_begin(&s, "movies", WORLD_trained);
    sitting_press(&s, "enter down");
    sitting_resize(&s, 120, 14);
    sitting_press(&s, "down");
    CU_ASSERT_TRUE(sitting_shows(&s, "▏    2  "));
    sitting_end(&s);
}

/* ---- users ---------------------------------------------------------------------- */

static void
a_taller_screen_shows_what_more_users_like(void)
{
    char *grown, *anew;

    sitting_begin(&s, "users", WORLD_trained);
    sitting_resize(&s, 120, 16);
    sitting_press(&s, "g");
    sitting_resize(&s, 120, 40);
    grown = sitting_text(&s);
    sitting_press(&s, "tab tab tab tab"); /* the same order again */
    anew = sitting_text(&s);
    CU_ASSERT_STRING_EQUAL(grown, anew);
    mem_free(grown);
    mem_free(anew);
    sitting_end(&s);
}

static void
a_film_of_other_data_that_is_to_be_rated_comes_first(void)
{
    struct wish alien = { .kind = WISH_RATE, .row = 12 };
    struct world other;
    struct shown shown;

    sitting_begin(&s, "me", WORLD_trained);
    other = *s.world;
    shown = *other.shown;
    shown.version += 1000;
    shown.films += 1000;
    other.shown = &shown;
    s.ops->show(s.state, &other, &alien); /* before the panel has seen them */
    sitting_turn(&s, &other);
    CU_ASSERT_TRUE(sitting_shows(&s, "▏   -  Alien"));
    shown.films++; /* others again: that row means nothing now */
    shown.version++;
    sitting_turn(&s, &other);
    sitting_press(&s, "home");
    CU_ASSERT_FALSE(sitting_shows(&s, "▏   -  Alien"));
    sitting_end(&s);
}

static void
numbers_of_any_length_stay_in_their_place(void)
{
    struct world w;

    sitting_begin(&s, "train", WORLD_trained);
    w = *s.world;
    w.yardstick = (struct yardstick_losses){ .mean = 1e77, .biases = NAN };
    sitting_turn(&s, &w);
    CU_ASSERT_TRUE(sitting_shows(&s, "global mean 9999"));
    sitting_end(&s);
}

static void
a_click_beside_the_rows_of_the_table_marks_no_film(void)
{
    struct input head = { .kind = INPUT_CLICK, .x = 80, .y = 0 };

    sitting_begin(&s, "factors", WORLD_trained);
    sitting_press(&s, "t home");
    sitting_input(&s, &head);
    CU_ASSERT_TRUE(sitting_shows(&s, "▏Heat"));
    sitting_end(&s);
}

CU_TestInfo tests_panels[] = {
    { "an import and its undoing are one key each",
      an_import_and_its_undoing_are_one_key_each },
    { "one can go down the list and rate", one_can_go_down_the_list_and_rate },
    { "a search that is kept is shown, and one that found nothing is not kept",
      a_search_that_is_kept_is_shown_and_one_that_found_nothing_is_not_kept },
    { "a newer model of the same data leaves what can be undone",
      a_newer_model_of_the_same_data_leaves_what_can_be_undone },
    { "a click on a film to see puts it among those to rate",
      a_click_on_a_film_to_see_puts_it_among_those_to_rate },
    { "suggestions that coincide are all seen",
      suggestions_that_coincide_are_all_seen },
    { "a filter that is wrong waits while one searches",
      a_filter_that_is_wrong_waits_while_one_searches },
    { "near films have as many ratings as one asks for",
      near_films_have_as_many_ratings_as_one_asks_for },
    { "far down the list says where one is, and how to come to the top",
      far_down_the_list_says_where_one_is_and_how_to_come_to_the_top },
    { "a highest mean of few ratings is told", a_highest_mean_of_few_ratings_is_told },
    { "a card that has no room is left", a_card_that_has_no_room_is_left },
    { "a taller screen shows what more users like",
      a_taller_screen_shows_what_more_users_like },
    { "a film of other data that is to be rated comes first",
      a_film_of_other_data_that_is_to_be_rated_comes_first },
    { "numbers of any length stay in their place",
      numbers_of_any_length_stay_in_their_place },
    { "a click beside the rows of the table marks no film",
      a_click_beside_the_rows_of_the_table_marks_no_film },
    CU_TEST_INFO_NULL,
};

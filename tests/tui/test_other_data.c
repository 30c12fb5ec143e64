/* test_other_data.c - panels whose world becomes another: data are read, other ones are
 * opened. */
#include "config.h"

#include "tests/tui/sitting.h"
#include "tests/tui/worlds.h"

#include "src/base/mem.h"
#include "src/data/ratings.h"
#include "tests/tui/home.h"
#include "tests/unit.h"

static struct sitting s;

/* Other data may come to lie where the old ones were. */
static void
other_data_at_the_same_address_are_other_data(void)
{
    struct world other;
    struct dataset data;
    struct ratings ratings;

    sitting_begin(&s, "data", WORLD_data);
    CU_ASSERT_TRUE(sitting_shows(&s, "half of the users 9;"));
    other = *s.world;
    data = *other.data;
    ratings = *data.ratings;
    data.ratings = &ratings;
    other.data = &data;
    other.opened++;
    sitting_turn(&s, &other);
    CU_ASSERT_TRUE(sitting_shows(&s, "half of the users 9;"));
    ratings.n_users = 1;
    sitting_turn(&s, &other); /* the same data, for all that the panel knows */
    CU_ASSERT_TRUE(sitting_shows(&s, "half of the users 9;"));
    other.opened++;
    sitting_turn(&s, &other);
    CU_ASSERT_FALSE(sitting_shows(&s, "half of the users 9;"));
    sitting_end(&s);
}

static void
what_is_still_being_read_is_not_called_missing(void)
{
    static const char *const panels[] = { "movies", "factors", "users", "me" };

    for (size_t i = 0; i < 4; i++) {
        sitting_begin(&s, panels[i], WORLD_preparing);
        CU_ASSERT_TRUE(sitting_shows(&s, "The model is being read."));
        CU_ASSERT_FALSE(sitting_shows(&s, "T trains"));
        sitting_press(&s, "T");
        CU_ASSERT_TRUE(sitting_shows(&s, "still being read"));
        sitting_end(&s);
        sitting_begin(&s, panels[i], WORLD_loading);
        CU_ASSERT_TRUE(sitting_shows(&s, "The data are being read."));
        sitting_press(&s, "T");
        CU_ASSERT_TRUE(sitting_shows(&s, "still being read"));
        sitting_end(&s);
    }
}

/* The world with the model of other films: the same ones under another number. */
static void
turn_to_other_films(struct world *w, struct shown *shown)
{
    *w = *s.world;
    *shown = *w->shown;
    shown->films++;
    shown->version += 1000;
    w->shown = shown;
    w->opened++;
    sitting_turn(&s, w);
}

static void
other_data_are_begun_with_afresh(void)
{
    static const struct {
        const char *panel, *keys;
    } rows[] = {
        { "movies", "o o down down / 'a' enter \\ 'n>5' enter down enter down" },
        { "factors", "down w enter right + t" },
        { "users", "n n d d p s \\ 'n>5' enter down" },
        { "me", "down down d p \\ 'n>5' enter" },
        { "train", "+ + left" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct world w;
        struct shown shown;
        char *first, *moved, *then;

        sitting_begin(&s, rows[i].panel, WORLD_trained);
        first = sitting_text(&s);
        sitting_press(&s, rows[i].keys);
        moved = sitting_text(&s);
        CU_ASSERT_STRING_NOT_EQUAL(moved, first);
        turn_to_other_films(&w, &shown);
        s.say[0] = '\0';
        then = sitting_text(&s);
        CU_ASSERT_STRING_EQUAL(then, first);
        mem_free(first);
        mem_free(moved);
        mem_free(then);
        sitting_end(&s);
    }
}

/* A film that is to be shown is of the data that are shown now. */
static void
a_film_of_other_data_is_shown_though_the_panel_has_not_met_them(void)
{
    static const char *const panels[] = { "movies", "factors", "me" };

    for (size_t i = 0; i < 3; i++) {
        struct wish wish = { .kind = WISH_SHOW_FILM, .row = 12 };
        struct world w;
        struct shown shown;

        sitting_begin(&s, panels[i], WORLD_trained);
        w = *s.world;
        shown = *w.shown;
        shown.films++;
        shown.version += 1000;
        w.shown = &shown;
        s.ops->show(s.state, &w, &wish);
        sitting_turn(&s, &w);
        CU_ASSERT_TRUE(sitting_shows(&s, "Alien"));
        sitting_end(&s);
    }
}

CU_TestInfo tests_other_data[] = {
    { "other data at the same address are other data",
      other_data_at_the_same_address_are_other_data },
    { "what is still being read is not called missing",
      what_is_still_being_read_is_not_called_missing },
    { "other data are begun with afresh", other_data_are_begun_with_afresh },
    { "a film of other data is shown though the panel has not met them",
      a_film_of_other_data_is_shown_though_the_panel_has_not_met_them },
    CU_TEST_INFO_NULL,
};

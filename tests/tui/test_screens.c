/*
 * test_screens.c - whole screens as text against golden files, tests/tui/golden.
 *
 *     MLTUI_GOLDEN=write build/tests/unit screens
 *
 * writes the files anew; `git diff` then shows what has changed.
 */
#include "config.h"

#include "tests/tui/sitting.h"
#include "tests/tui/worlds.h"

#include "src/base/mem.h"
#include "src/data/download.h"
#include "src/data/movielens.h"

#include "tests/made_run.h"
#include "tests/scratch.h"
#include "tests/tui/home.h"
#include "tests/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum size { S80, S120, S40 };

static const struct {
    int w, h;
} sizes[] = { [S80] = { 80, 24 }, [S120] = { 120, 40 }, [S40] = { 40, 12 } };

/* What characters a terminal has. */
enum tier { BRAILLE, BLOCKS, ASCII, C_LOCALE };

static const struct {
    const char *name;
    enum glyphs glyphs;
    bool utf8;
} tiers[] = { [BRAILLE] = { "Braille", GLYPHS_BRAILLE, true },
              [BLOCKS] = { "blocks", GLYPHS_BLOCK, true },
              [ASCII] = { "ASCII", GLYPHS_ASCII, true },
              [C_LOCALE] = { "C locale", GLYPHS_ASCII, false } };

struct scene {
    const char *panel; /* and the golden file */
    enum worlds world;
    const char *keys;
    enum size size;
    enum tier tier;
};

/* In the order of the files; scenes of one panel are together. */
static const struct scene scenes[] = {
    { "data", WORLD_nothing, "", S80, BRAILLE },
    { "data", WORLD_loading, "", S80, BRAILLE },
    { "data", WORLD_data, "", S80, BRAILLE },
    { "data", WORLD_data, "", S120, BLOCKS },
    { "data", WORLD_data, "", S40, BRAILLE },
    { "data", WORLD_data, "", S80, C_LOCALE },
    { "data", WORLD_data, "t", S80, BRAILLE },
    { "data", WORLD_data, "t end", S80, C_LOCALE },
    { "data", WORLD_opened, "", S80, BRAILLE },
    { "data", WORLD_curves_only, "", S80, BRAILLE },
    { "data", WORLD_training, "", S80, BRAILLE },

    { "train", WORLD_nothing, "", S80, BRAILLE },
    { "train", WORLD_data, "", S80, BRAILLE },
    { "train", WORLD_data, "", S40, BRAILLE },
    { "train", WORLD_data, "down enter ctrl-u 'ten'", S80, BRAILLE },
    { "train", WORLD_data, "down enter ctrl-u 'ten' enter", S80, C_LOCALE },
    { "train", WORLD_data, "down enter ctrl-u '7'", S80, BRAILLE },
    { "train", WORLD_wrong, "", S80, BRAILLE },
    { "train", WORLD_first_epoch, "", S80, BRAILLE },
    { "train", WORLD_training, "", S80, BRAILLE },
    { "train", WORLD_training, "", S120, BLOCKS },
    { "train", WORLD_training, "", S40, BRAILLE },
    { "train", WORLD_training, "", S80, ASCII },
    { "train", WORLD_training, "", S80, C_LOCALE },
    { "train", WORLD_paused, "left left", S80, BRAILLE },
    { "train", WORLD_trained, "", S80, BRAILLE },
    { "train", WORLD_trained, "", S120, BRAILLE },
    { "train", WORLD_trained, "t end", S120, BRAILLE },
    { "train", WORLD_trained, "end + + left", S120, BRAILLE },
    { "train", WORLD_trained, "L Y", S120, BRAILLE },
    { "train", WORLD_one_epoch, "", S120, BRAILLE },
    { "train", WORLD_nan, "", S120, BRAILLE },
    { "train", WORLD_past, "", S120, BRAILLE },
    { "train", WORLD_past, "", S120, ASCII },
    { "train", WORLD_curves_only, "", S80, BRAILLE },

    { "lr", WORLD_nothing, "", S80, BRAILLE },
    { "lr", WORLD_data, "", S80, BRAILLE },
    { "lr", WORLD_finding, "", S80, BRAILLE },
    { "lr", WORLD_found, "", S80, BRAILLE },
    { "lr", WORLD_found, "", S120, BLOCKS },
    { "lr", WORLD_found, "", S40, BRAILLE },
    { "lr", WORLD_found, "", S80, C_LOCALE },
    { "lr", WORLD_found, "s + right", S80, BRAILLE },
    { "lr", WORLD_found, "t", S80, BRAILLE },
    { "lr", WORLD_found_nothing, "v", S80, BRAILLE },

    { "movies", WORLD_nothing, "", S80, BRAILLE },
    { "movies", WORLD_loading, "", S80, BRAILLE },
    { "movies", WORLD_data, "", S80, BRAILLE },
    { "movies", WORLD_first_epoch, "", S80, BRAILLE },
    { "movies", WORLD_trained, "", S80, BRAILLE },
    { "movies", WORLD_trained, "", S120, BRAILLE },
    { "movies", WORLD_trained, "", S40, BRAILLE },
    { "movies", WORLD_trained, "", S80, C_LOCALE },
    { "movies", WORLD_trained, "esc", S80, BRAILLE },
    { "movies", WORLD_trained, "enter down", S80, BRAILLE },
    { "movies", WORLD_trained, "/ 'ar'", S80, BRAILLE },
    { "movies", WORLD_trained, "/ 'ar' enter b b", S80, BRAILLE },
    { "movies", WORLD_trained, "/ 'nothing is called that'", S80, BRAILLE },
    { "movies", WORLD_trained, "\\ 'genre:comedy year>1990'", S80, BRAILLE },
    { "movies", WORLD_trained, "\\ 'genre:comedy year>1990' enter o O", S80, BRAILLE },
    { "movies", WORLD_trained, "\\ 'year>'", S80, BRAILLE },
    { "movies", WORLD_trained, "\\ 'year>' enter", S80, C_LOCALE },
    { "movies", WORLD_opened, "end", S80, BRAILLE },
    { "movies", WORLD_alike, "", S80, BRAILLE },

    { "factors", WORLD_nothing, "", S80, BRAILLE },
    { "factors", WORLD_data, "", S80, BRAILLE },
    { "factors", WORLD_trained, "", S80, BRAILLE },
    { "factors", WORLD_trained, "", S120, BRAILLE },
    { "factors", WORLD_trained, "", S40, BRAILLE },
    { "factors", WORLD_trained, "", S120, C_LOCALE },
    { "factors", WORLD_trained, "n w", S120, BRAILLE },
    { "factors", WORLD_trained, "enter right right up", S120, BRAILLE },
    { "factors", WORLD_trained, "enter", S40, BRAILLE },
    { "factors", WORLD_trained, "/ 'alien'", S120, BRAILLE },
    { "factors", WORLD_trained, "/ 'alien' enter + +", S120, BRAILLE },
    { "factors", WORLD_trained, "t down", S80, BRAILLE },
    { "factors", WORLD_trained, "t", S40, BRAILLE },
    { "factors", WORLD_alike, "", S80, BRAILLE },

    { "users", WORLD_nothing, "", S80, BRAILLE },
    { "users", WORLD_data, "", S80, BRAILLE },
    { "users", WORLD_trained, "", S80, BRAILLE },
    { "users", WORLD_trained, "", S120, BRAILLE },
    { "users", WORLD_trained, "", S40, BRAILLE },
    { "users", WORLD_trained, "", S80, C_LOCALE },
    { "users", WORLD_trained, "n s down", S80, BRAILLE },
    { "users", WORLD_trained, "u", S80, BRAILLE },
    { "users", WORLD_trained, "d d p", S80, BRAILLE },
    { "users", WORLD_trained, "g '12", S80, BRAILLE },
    { "users", WORLD_trained, "g '123' enter", S80, BRAILLE },
    { "users", WORLD_trained, "g '70' enter", S80, BRAILLE },
    { "users", WORLD_trained, "\\ 'genre:comedy'", S80, BRAILLE },
    { "users", WORLD_trained, "\\ 'genre:' enter", S80, BRAILLE },
    { "users", WORLD_alike, "", S80, BRAILLE },

    { "me", WORLD_nothing, "", S80, BRAILLE },
    { "me", WORLD_data, "", S80, BRAILLE },
    { "me", WORLD_trained, "", S80, BRAILLE },
    { "me", WORLD_trained, "right right down left down right", S80, BRAILLE },
    { "me", WORLD_trained, "", S120, BRAILLE },
    { "me", WORLD_trained, "", S40, BRAILLE },
    { "me", WORLD_trained, "", S80, C_LOCALE },
    { "me", WORLD_trained, "/ 'ar", S80, BRAILLE },
    { "me", WORLD_trained, "\\ 'year>", S80, BRAILLE },
    { "me", WORLD_trained, "\\ 'genre:horror' enter d p", S80, BRAILLE },
    { "me", WORLD_trained, "i 'nowhere' enter", S80, BRAILLE },
    { "me", WORLD_trained, "u", S80, BRAILLE },
    { "me", WORLD_alike, "right", S80, BRAILLE },

    { "help", WORLD_trained, "", S80, BRAILLE },
    { "help", WORLD_trained, "'factors'", S40, BRAILLE },
    { "help", WORLD_trained, "'xyzzy'", S80, C_LOCALE },
    { "palette", WORLD_trained, "", S80, BRAILLE },
    { "palette", WORLD_trained, "'save'", S40, BRAILLE },
    { "start", WORLD_nothing, "", S80, BRAILLE },
    { "start", WORLD_nothing, "/ 'ml-25m'", S40, C_LOCALE },
};

#define N_SCENES (sizeof(scenes) / sizeof(scenes[0]))

/* ---- golden files ------------------------------------------------------------------
 */

static const char *
golden_path(const char *panel)
{
    static char path[4096];
    const char *top = getenv("MLTUI_SRCDIR");

    snprintf(path, sizeof(path), "%s/tests/tui/golden/%s.txt", top != NULL ? top : ".",
             panel);
    return path;
}

/* A run where the start screen looks for it. */
static void
make_nearby(void)
{
    const struct run_info info = { MADE_RUN_DONE,
                                   .data = "/home/somebody/ml-25m",
                                   .fingerprint = "0123456789abcdef0123456789abcdef",
                                   .device = "cpu",
                                   .factors = 50,
                                   .n_ratings = 1,
                                   .n_users = 1,
                                   .n_items = 1 };
    const struct epoch_record epoch = { .epoch = 1,
                                        .train_loss = .8,
                                        .valid_loss = .75 };
    struct run_writer *w;

    CU_ASSERT_EQUAL_FATAL(
        run_writer_new(&w, home_path("mltui/runs/2027-01-15-0800-ml-25m"), &info, NULL),
        ERR_OK);
    CU_ASSERT_EQUAL(run_writer_epoch(w, &epoch, NULL), ERR_OK);
    run_writer_free(w);
}

/* "=== movies 80x24, Braille: a run has ended; / 'ar' ===" */
static void
write_scene(FILE *f, const struct scene *sc)
{
    int w = sizes[sc->size].w, h = sizes[sc->size].h;
    struct sitting s;
    struct canvas cv;
    char *text;

    CU_ASSERT_EQUAL_FATAL(
        canvas_init(&cv, w, h, tiers[sc->tier].glyphs, tiers[sc->tier].utf8, NULL),
        ERR_OK);
    home_make();
    if (strcmp(sc->panel, "start") == 0)
        make_nearby();
    sitting_open(&s, sc->panel, worlds_get(sc->world), w, h);
    sitting_press(&s, sc->keys);
    sitting_draw(&s, &cv);
    text = canvas_print(&cv);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    fprintf(f, "=== %s %dx%d, %s: %s%s%s ===\n%s", sc->panel, w, h,
            tiers[sc->tier].name, worlds_what[sc->world],
            sc->keys[0] != '\0' ? "; " : "", sc->keys, text);
    if (cv.cursor->shown)
        fprintf(f, "=== cursor at %d, %d\n", cv.cursor->x, cv.cursor->y);
    mem_free(text);
    sitting_close(&s);
    canvas_done(&cv);
    home_remove();
}

/* One line of each text that differ: from the heading above it on. */
static void
show_difference(const char *panel, const char *want, const char *got)
{
    const char *head = got;

    while (*want != '\0' && *got != '\0') {
        size_t n = strcspn(want, "\n"), m = strcspn(got, "\n");

        if (strncmp(got, "=== ", 4) == 0)
            head = got;
        if (n != m || memcmp(want, got, n) != 0) {
            printf("\n    %.*s\n", (int)strcspn(head, "\n"), head);
            for (int i = 0; i < 4 && *want != '\0'; i++) {
                printf("    -%.*s\n", (int)strcspn(want, "\n"), want);
                want += strcspn(want, "\n") + (strchr(want, '\n') != NULL);
            }
            for (int i = 0; i < 4 && *got != '\0'; i++) {
                printf("    +%.*s\n", (int)strcspn(got, "\n"), got);
                got += strcspn(got, "\n") + (strchr(got, '\n') != NULL);
            }
            break;
        }
        want += n + (want[n] != '\0');
        got += m + (got[m] != '\0');
    }
    printf("    tests/tui/golden/%s.txt has other screens; if the new ones are meant:\n"
           "    MLTUI_GOLDEN=write build/tests/unit screens\n",
           panel);
}

static void
hold_against_golden(const char *panel, const char *got)
{
    const char *how = getenv("MLTUI_GOLDEN");
    char *want;

    if (how != NULL && strcmp(how, "write") == 0) {
        scratch_write(golden_path(panel), got, strlen(got));
        return;
    }
    want = scratch_read(golden_path(panel), NULL);
    CU_ASSERT_PTR_NOT_NULL(want);
    if (want != NULL && strcmp(want, got) != 0) {
        show_difference(panel, want, got);
        CU_FAIL("a screen is another than the golden file has");
    }
    free(want);
}

/* All scenes of a panel, to be freed with free(). */
static char *
draw_panel(const char *panel)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);

    CU_ASSERT_PTR_NOT_NULL_FATAL(f);
    for (size_t i = 0; i < N_SCENES; i++)
        if (strcmp(scenes[i].panel, panel) == 0)
            write_scene(f, &scenes[i]);
    fclose(f);
    CU_ASSERT(n > 0);
    worlds_free();
    return text;
}

static void
check_panel(const char *panel)
{
    char *text = draw_panel(panel);

    hold_against_golden(panel, text);
    free(text);
}

/* ---- tests -------------------------------------------------------------------------
 */

#define X(name)                           \
    static void name##_is_as_it_was(void) \
    {                                     \
        check_panel(#name);               \
    }
X(data)
X(train)
X(lr)
X(movies)
X(factors)
X(users)
X(me)
X(help)
X(palette)
#undef X

static void
start_is_as_it_was(void)
{
    int here;
    char *text;

    if (download_check(movielens_list, NULL) != ERR_OK) {
        printf("SKIP: the golden start has archives, which this build cannot fetch ");
        return;
    }
    here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    setenv("TZ", "UTC", 1);
    tzset();
    CU_ASSERT_EQUAL_FATAL(chdir("/"), 0); /* data of the present folder are listed */
    text = draw_panel("start");
    CU_ASSERT_EQUAL(fchdir(here), 0);
    close(here);
    hold_against_golden("start", text);
    free(text);
}

CU_TestInfo tests_screens[] = {
    { "data is as it was", data_is_as_it_was },
    { "train is as it was", train_is_as_it_was },
    { "lr is as it was", lr_is_as_it_was },
    { "movies is as it was", movies_is_as_it_was },
    { "factors is as it was", factors_is_as_it_was },
    { "users is as it was", users_is_as_it_was },
    { "me is as it was", me_is_as_it_was },
    { "help is as it was", help_is_as_it_was },
    { "palette is as it was", palette_is_as_it_was },
    { "start is as it was", start_is_as_it_was },
    CU_TEST_INFO_NULL,
};

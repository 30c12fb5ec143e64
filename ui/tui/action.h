/*
 * action.h - everything a person can do on the screen, in one table: its name, its
 * keys, where it works, its hint and its help.
 *
 * The table feeds the keys, the hint bar, the help screen, the command palette, scripts
 * and the KEYS section of the manual. Keys are separated by blanks, named as input.h
 * has them; no key may mean two things in one place (a test holds the table to it), but
 * what works on some panels only comes before what works everywhere.
 */
#ifndef MLT_UI_TUI_ACTION_H
#define MLT_UI_TUI_ACTION_H

#include "ui/tui/input.h"

#include <stdbool.h>
#include <stddef.h>

/* The panels, in the order of their tabs. */
#define PANEL_LIST(X)   \
    X(DATA, data)       \
    X(TRAIN, train)     \
    X(LR, lr)           \
    X(MOVIES, movies)   \
    X(FACTORS, factors) \
    X(USERS, users)     \
    X(ME, me)

#define X(id, name) PANEL_##id,
enum panel_id { PANEL_LIST(X) PANEL_COUNT };
#undef X

/* Where an action works: a set of panels. */
#define IN(panel) (1u << PANEL_##panel)
#define IN_ALL    ((1u << PANEL_COUNT) - 1)
#define IN_LISTS  (IN(MOVIES) | IN(FACTORS) | IN(USERS) | IN(ME))
#define IN_PLOTS  (IN(TRAIN) | IN(LR) | IN(FACTORS))
#define IN_MODEL  (IN(MOVIES) | IN(FACTORS) | IN(USERS) | IN(ME))

/*
 * X(id, name, keys, where, hint, help): hint is the one or two words of the hint bar
 * (NULL: not shown there), help a sentence. In the order of the help screen.
 */
#define ACTION_LIST(X)                                                                 \
    X(HELP, "help", "?", IN_ALL, "help", "What can be done here, and every key")       \
    X(PALETTE, "palette", ":", IN_ALL, NULL, "Do something by its name")               \
    X(QUIT, "quit", "q", IN_ALL, NULL, "Leave; a run that trains asks first")          \
    X(PANEL_DATA, "data", "1", IN_ALL, NULL, "The data: what is in it")                \
    X(PANEL_TRAIN, "train", "2", IN_ALL, NULL, "Training: settings and live curves")   \
    X(PANEL_LR, "lr", "3", IN_ALL, NULL, "The learning-rate finder")                   \
    X(PANEL_MOVIES, "movies", "4", IN_ALL, NULL, "Every film, with its bias")          \
    X(PANEL_FACTORS, "factors", "5", IN_ALL, NULL, "The directions of taste")          \
    X(PANEL_USERS, "users", "6", IN_ALL, NULL, "A user, and what they should see")     \
    X(PANEL_ME, "me", "7", IN_ALL, NULL, "Rate films yourself")                        \
    X(NEXT_PANEL, "next-panel", "tab", IN_ALL, NULL, "The next panel")                 \
    X(PREVIOUS_PANEL, "previous-panel", "shift-tab", IN_ALL, NULL, "The panel before") \
    X(CANCEL, "cancel", "esc", IN_ALL, NULL, "Leave what is open: a field, a card")    \
    X(BACK, "back", "backspace", IN_ALL, NULL, "Back to where you came from")          \
    X(OPEN, "open", "ctrl-o", IN_ALL, NULL, "Open other data or another run")          \
    X(GLYPHS, "glyphs", "ctrl-g", IN_ALL, NULL,                                        \
      "Draw charts with Braille, blocks or plain characters")                          \
    X(THEME, "theme", "ctrl-t", IN_ALL, NULL, "The next set of colours")               \
    X(SAVE_SCREEN, "save-screen", "", IN_ALL, NULL,                                    \
      "Write the screen into a file: as text, or a picture (.svg)")                    \
    X(REDRAW, "redraw", "ctrl-l", IN_ALL, NULL, "Draw the whole screen again")         \
    X(SUSPEND, "suspend", "ctrl-z", IN_ALL, NULL, "Back to the shell for a while")     \
                                                                                       \
    X(START, "start", "T", IN_ALL, "train", "Begin a run with these settings")         \
    X(FIND_LR, "find-lr", "F", IN_ALL, "find rate",                                    \
      "Try learning rates and draw the curve")                                         \
    X(PAUSE, "pause", "space", IN_ALL, "pause", "Pause the run, or go on")             \
    X(STOP, "stop", "x", IN_ALL, "stop, keep best",                                    \
      "End the run after this batch and keep its best model")                          \
    X(ABANDON, "abandon", "X", IN_ALL, "abandon",                                      \
      "End the run and keep nothing of it")                                            \
                                                                                       \
    X(UP, "up", "up k wheel-up", IN_ALL, NULL, "A line up")                            \
    X(DOWN, "down", "down j wheel-down", IN_ALL, NULL, "A line down")                  \
    X(LEFT, "left", "left h", IN_ALL, NULL, "To the left: a column, a point, a value") \
    X(RIGHT, "right", "right l", IN_ALL, NULL, "To the right")                         \
    X(PAGE_UP, "page-up", "pgup ctrl-b", IN_ALL, NULL, "A page up")                    \
    X(PAGE_DOWN, "page-down", "pgdn ctrl-f", IN_ALL, NULL, "A page down")              \
    X(FIRST, "first", "home g", IN_ALL, NULL,                                          \
      "To the first line or point; on Users not with g")                               \
    X(LAST, "last", "end G", IN_ALL, NULL, "To the last")                              \
    X(SELECT, "select", "enter", IN_ALL, NULL, "Open, take or change what is marked")  \
    X(CLICK, "click", "click", IN_ALL, NULL, "Mark what is under the mouse")           \
    X(DOUBLE_CLICK, "double-click", "2-click", IN_ALL, NULL, "Open it")                \
                                                                                       \
    X(SEARCH, "search", "/", IN_MODEL, "search", "Find a title as you type")           \
    X(FILTER, "filter", "\\", IN(MOVIES) | IN(USERS) | IN(ME), "filter",               \
      "Keep some films: genre:sci-fi year>1990 n>500")                                 \
    X(SORT, "sort", "o", IN(MOVIES), "sort", "Sort by the next column")                \
    X(REVERSE, "reverse", "O", IN(MOVIES), NULL, "Turn the order")                     \
    X(TABLE, "table", "t", IN_PLOTS | IN(DATA), "table", "The chart as a table")       \
                                                                                       \
    X(ZOOM_IN, "zoom-in", "+", IN_PLOTS, "zoom", "Show less, larger")                  \
    X(ZOOM_OUT, "zoom-out", "-", IN_PLOTS, NULL, "Show more, smaller")                 \
    X(ZOOM_ALL, "zoom-all", "0", IN_PLOTS, NULL, "Show everything again")              \
    X(LOG_X, "log-x", "L", IN(TRAIN), NULL, "Steps on a logarithmic scale, or not")    \
    X(LOG_Y, "log-y", "Y", IN(TRAIN) | IN(LR), NULL,                                   \
      "Losses on a logarithmic scale, or not")                                         \
    X(COMPARE, "compare", "c", IN(TRAIN), "compare",                                   \
      "Draw earlier runs below the curve")                                             \
                                                                                       \
    X(TO_VALLEY, "valley", "v", IN(LR), "valley",                                      \
      "To the valley: the middle of the longest fall")                                 \
    X(TO_SLIDE, "slide", "s", IN(LR), "slide", "To the slide: bold")                   \
    X(TO_MINIMUM, "minimum", "m", IN(LR), "minimum",                                   \
      "To a tenth of the rate with the lowest loss")                                   \
    X(TO_STEEP, "steep", "p", IN(LR), "steep", "To where the loss falls fastest")      \
                                                                                       \
    X(BEST_WORST, "best-worst", "b", IN(MOVIES), "best, worst",                        \
      "The highest biases, then the lowest")                                           \
    X(SHOW_FACTORS, "film-factors", "f", IN(MOVIES), "factors",                        \
      "This film on the map of tastes")                                                \
    X(FLOOR, "min-ratings", "m", IN(MOVIES), NULL,                                     \
      "How many ratings the films near one must have")                                 \
    X(RATE, "rate", "r", IN(MOVIES) | IN(USERS), "rate it", "Rate this film yourself") \
    X(RAW, "raw", "w", IN(FACTORS), "raw",                                             \
      "The factors as they were trained, or principal directions")                     \
    X(NEXT_AXIS, "next-axis", "n", IN(FACTORS), "axes", "The next pair of directions") \
    X(PREVIOUS_AXIS, "previous-axis", "N", IN(FACTORS), NULL, "The pair before")       \
    X(GO_TO_USER, "go-to-user", "g", IN(USERS), "go to", "A user by id")               \
    X(NEXT_USER, "next-user", "n", IN(USERS), "next", "The next user by activity")     \
    X(PREVIOUS_USER, "previous-user", "N", IN(USERS), NULL, "The user before")         \
    X(SHOW_SEEN, "seen", "s", IN(USERS), NULL, "List what the user has rated, too")    \
    X(SHOW_HELD_OUT, "held-out", "u", IN(USERS), "held out",                           \
      "Held-out ratings beside what was predicted")                                    \
    X(MORE_DIVERSE, "more-diverse", "d", IN(USERS) | IN(ME), "diversity",              \
      "A more varied list")                                                            \
    X(LESS_DIVERSE, "less-diverse", "D", IN(USERS) | IN(ME), NULL,                     \
      "A less varied list")                                                            \
    X(MORE_POPULAR, "more-popular", "p", IN(USERS) | IN(ME), "popularity",             \
      "Films that more people know")                                                   \
    X(LESS_POPULAR, "less-popular", "P", IN(USERS) | IN(ME), NULL,                     \
      "Films that fewer people know")                                                  \
    X(UNRATE, "unrate", "delete", IN(ME), NULL, "Take a rating of yours back")         \
    X(UNDO, "undo", "u", IN(ME), "undo", "Undo the last rating or import")             \
    X(IMPORT, "import", "i", IN(ME), "import",                                         \
      "Read your ratings from a file: IMDb, Letterboxd, or title,rating")

#define X(id, name, keys, where, hint, help) ACTION_##id,
enum action { ACTION_NONE, ACTION_LIST(X) ACTION_COUNT };
#undef X

struct action_info {
    const char *name;
    const char *keys;
    unsigned where; /* set of panels */
    const char *hint, *help;
};

/* (ACTION_COUNT) The entry of ACTION_NONE is empty. */
extern const struct action_info action_list[ACTION_COUNT];

/* The i-th key of an action (0-based), or false after the last. */
bool action_key(enum action a, unsigned i, struct input *ret);

/* What an input means on a panel, or ACTION_NONE: an action of that panel, else one
 * that works everywhere. */
enum action action_of(const struct input *in, enum panel_id panel);

/* The action of this name, or ACTION_NONE. */
enum action action_find(const char *name);

/* The name that somebody may have meant, or NULL. */
const char *action_nearest(const char *name);

#endif

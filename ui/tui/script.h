/*
 * script.h - keys and commands from a file, played as if a person typed them: for tests
 * and demonstrations. It waits for states, not for time. A line is one of
 *
 *   press KEY...        keys by name (input.h): press 4 down down enter
 *   type TEXT           the characters of the text, blanks included
 *   do ACTION [WORD]    an action by name, as in the palette
 *   wait STATE [N]      until the state is reached: data, model, training, paused,
 *                       finding, idle, or epoch N
 *   # …                 nothing, as an empty line
 *
 * Training and finding are reached once something that was begun last has been there,
 * however short it was; and who waits for them, for a pause or an epoch when nothing
 * goes on any more waits no longer.
 *
 * When the script has ended, the person has the keyboard, unless it ended with "do
 * quit".
 */
#ifndef MLT_UI_TUI_SCRIPT_H
#define MLT_UI_TUI_SCRIPT_H

#include "src/base/err.h"
#include "ui/tui/input.h"
#include "ui/tui/world.h"

struct script;

/* A word of the language, for the manual: "press", "KEY ...", what it does. */
struct script_word {
    const char *name, *operands, *help;
};

/* The i-th verb, and the i-th state that can be waited for; NULL after the last. */
const struct script_word *script_verb(unsigned i);
const struct script_word *script_state(unsigned i);

/* Read and check the whole file. ERR_IO, ERR_NOTFOUND; ERR_ARG: FILE:LINE: what is
 * wrong, what was expected. */
ERR_MUST_CHECK enum err_code script_read(struct script **ret, const char *path,
                                         struct err *err);
void script_free(struct script *s);

enum script_what {
    SCRIPT_WAITS,   /* for the world to change */
    SCRIPT_INPUT,   /* `in` */
    SCRIPT_COMMAND, /* `command`, borrowed until the script is freed */
    SCRIPT_ENDED
};

struct script_step {
    enum script_what what;
    struct input in;
    const char *command;
};

/* What comes next in this world. */
struct script_step script_next(struct script *s, const struct world *w);

#endif

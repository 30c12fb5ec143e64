/* manual_screen.c - KEYS and SCRIPTS of mltui(1); see manual_screen.h. */
#include "config.h"

#include "ui/tui/manual_screen.h"

#include "ui/cli/mdoc.h"
#include "ui/tui/action.h"
#include "ui/tui/panel.h"
#include "ui/tui/script.h"

#include <stdbool.h>

static const char keys_head[] =
    ".Sh KEYS\n"
    "On the screen every key stands for an action, which has a name: in parentheses\n"
    "here, for\n"
    ".Ic \\&:\n"
    "and for scripts.\n"
    "Letters are written as they are typed,\n"
    ".Ic T\n"
    "with shift.\n"
    "A key that can do nothing at the moment says why.\n"
    "While a text is edited, as a search or a setting is, keys are its characters,\n"
    ".Ic enter\n"
    "takes it and\n"
    ".Ic esc\n"
    "leaves it as it was.\n";

static const char scripts_head[] =
    ".Sh SCRIPTS\n"
    "The file that\n"
    ".Fl -script\n"
    "names is played as if a person typed it, which is good for demonstrations and\n"
    "tests.\n"
    "A line begins with a verb; an empty line, and one that begins with\n"
    ".Ql # ,\n"
    "is nothing.\n";

static const char scripts_tail[] =
    ".Pp\n"
    "A script does not wait for time, so that it runs on a slow machine as on a fast\n"
    "one.\n"
    "When it has ended the keyboard is the person's, unless\n"
    ".Ql do quit\n"
    "was its last line.\n"
    "It is checked whole before the screen opens.\n"
    ".Pp\n"
    "This trains the sample, opens the card of the best film, keeps the picture and\n"
    "leaves:\n"
    ".Bd -literal -offset indent\n"
    "wait data\n"
    "do start\n"
    "wait idle\n"
    "press 4 enter\n"
    "do save-screen best.txt\n"
    "do quit\n"
    ".Ed\n"
    ".Pp\n"
    "Called\n"
    ".Pa sitting ,\n"
    "it is played by\n"
    ".Ql mltui screen sample --script sitting .\n";

/* ---- keys ---------------------------------------------------------------------------
 */

/* "up , k , wheel-up": mdoc must not take a key for punctuation. */
static void
put_keys(FILE *to, enum action a)
{
    struct input key;
    char name[INPUT_NAME_MAX];

    for (unsigned i = 0; action_key(a, i, &key); i++) {
        fputs(i == 0 ? "Ic \\&" : " , \\&", to);
        mdoc_text(to, input_name(&key, name), true);
    }
    fputs(action_list[a].keys[0] != '\0' ? " " : "", to);
}

/* "; on Movies, Users, Me", of which none shall be a macro. */
static void
put_panels(FILE *to, unsigned where)
{
    bool first = true;

    for (int p = 0; p < PANEL_COUNT; p++) {
        if ((where & 1u << p) == 0)
            continue;
        fprintf(to, "%s\\&%s", first ? "; on " : ", ", panel_list[p]->title);
        first = false;
    }
}

static void
put_action(FILE *to, enum action a)
{
    const struct action_info *i = &action_list[a];

    fputs(".It ", to);
    put_keys(to, a);
    fputs("Pq Cm ", to);
    mdoc_text(to, i->name, true);
    if (i->where != IN_ALL)
        put_panels(to, i->where);
    fputc('\n', to);
    mdoc_sentence(to, i->help);
}

/* The actions that work on every panel, or the others. */
static void
put_actions(FILE *to, const char *title, bool everywhere)
{
    fprintf(to, ".Ss %s\n.Bl -tag -width Ds\n", title);
    for (int a = ACTION_NONE + 1; a < ACTION_COUNT; a++)
        if ((action_list[a].where == IN_ALL) == everywhere)
            put_action(to, (enum action)a);
    fputs(".El\n", to);
}

/* ---- scripts ------------------------------------------------------------------------
 */

static void
put_words(FILE *to, const struct script_word *(*word)(unsigned i))
{
    const struct script_word *w;

    fputs(".Bl -tag -width Ds\n", to);
    for (unsigned i = 0; (w = word(i)) != NULL; i++) {
        fprintf(to, ".It Cm %s", w->name);
        if (w->operands[0] != '\0')
            fprintf(to, " Ar %s", w->operands);
        fputc('\n', to);
        mdoc_sentence(to, w->help);
    }
    fputs(".El\n", to);
}

void
manual_screen(FILE *to)
{
    fputs(keys_head, to);
    put_actions(to, "On every panel", true);
    put_actions(to, "On some panels", false);
    fputs(scripts_head, to);
    put_words(to, script_verb);
    fputs(".Pp\nThe states:\n", to);
    put_words(to, script_state);
    fputs(scripts_tail, to);
}

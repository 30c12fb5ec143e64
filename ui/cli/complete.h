/*
 * complete.h - what a shell may offer for the word that is being typed.
 *
 * The shells' scripts know nothing of mltui: they ask it, so that what is offered is
 * what this very program understands, and the runs and data there are.
 */
#ifndef MLT_UI_CLI_COMPLETE_H
#define MLT_UI_CLI_COMPLETE_H

#include <stdio.h>

/*
 * Print what the last of n words may become, the words after the program's name being
 * given: a candidate a line, after a tab a few words on it where there are any. The
 * lines ":files" and ":folders" stand for the paths that the shell finds. A word of a
 * "=" alone joins what is around it, as bash has it.
 */
void complete_print(FILE *to, char **words, unsigned n);

/* The script that makes a shell ask; NULL-ended pairs by name of the shell. */
struct complete_shell {
    const char *name, *script;
};
extern const struct complete_shell complete_shells[];

#endif

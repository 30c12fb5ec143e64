/*
 * crash.h - the terminal is given back even when the program crashes, or is told to
 * quit (ctrl-\): by the handler of the signal, which then lets it have its way.
 *
 * One terminal, standard input and output; called from the screen's thread, while a
 * signal may come in any.
 */
#ifndef MLT_UI_TUI_CRASH_H
#define MLT_UI_TUI_CRASH_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

#define CRASH_BYTES 512 /* a farewell has at most */

/*
 * From here on, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT and SIGQUIT write the n bytes
 * of `farewell`, set `modes`, and then do what they did before. Both are copied. A
 * signal that was ignored stays ignored. The terminal counts as taken over.
 */
void crash_guard(const char *farewell, size_t n, const struct termios *modes);

/* Is the terminal taken over now? While it is not, there is nothing to give back. */
void crash_hold(bool taken);

/* The signals do what they did before. */
void crash_release(void);

#endif

/*
 * signals.h - SIGINT and SIGTERM as a wish that long work looks at.
 *
 * A signal only sets a flag and writes a byte; a second SIGINT kills at once, a second
 * SIGTERM does nothing more (timeout(1) and batch systems send it to a process and to
 * its group). When the command has returned, the frame raises the signal again, so that
 * the caller sees a death by signal (128 + n in a shell). A signal that was ignored at
 * start (nohup, &) stays ignored. While signals are caught, SIGHUP and SIGPIPE do
 * nothing: a lost terminal or a reader that went away never ends a run.
 */
#ifndef MLT_UI_CLI_SIGNALS_H
#define MLT_UI_CLI_SIGNALS_H

#include "src/base/err.h"

#include <stdatomic.h>
#include <stdbool.h>

/* Begin to catch; once in a process, from the main thread. ERR_IO. */
ERR_MUST_CHECK enum err_code signals_catch(struct err *err);

/* True from the first signal on: to poll in a loop, or to hand to the engine. */
const atomic_bool *signals_stop(void);

/* Readable once a signal has come: for poll() beside other descriptors; -1 before
 * signals_catch. */
int signals_fd(void);

/* The first signal that came, or 0. */
int signals_caught(void);

/* Put back what SIGPIPE and SIGHUP did before; for output after the work. */
void signals_release(void);

/* Die by the signal that was caught; returns only when there was none. */
void signals_reraise(void);

#endif

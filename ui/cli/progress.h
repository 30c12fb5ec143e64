/*
 * progress.h - what a command says on stderr while it works.
 *
 * On a terminal one line is drawn again over itself, at most ten times a second, and
 * wiped before anything else is printed; elsewhere only whole lines are printed.
 * --quiet drops both; warnings stay. One thread at a time.
 */
#ifndef MLT_UI_CLI_PROGRESS_H
#define MLT_UI_CLI_PROGRESS_H

#include "src/base/err.h"
#include "ui/cli/term.h"

#include <stdbool.h>
#include <stdio.h>

struct progress;

/* ERR_NOMEM. `to` is borrowed. */
ERR_MUST_CHECK enum err_code progress_new(struct progress **ret, FILE *to,
                                          const struct term *term, bool quiet,
                                          struct err *err);

/*
 * How far it is: `label` ("epoch 1/2"), the part done from 0 to 1 (NaN: unknown), the
 * seconds left (NaN: unknown) and a short rest ("6.1 M ratings/s", or NULL). Cheap to
 * call often. Draws nothing where stderr is not a terminal.
 */
void progress_show(struct progress *p, const char *label, double part, double eta_s,
                   const char *rest);

/* Would progress_show draw now? To spare the work of making its text. */
bool progress_due(const struct progress *p);

/* A whole line that stays: one an epoch, say. Dropped by --quiet. */
void progress_say(struct progress *p, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* What one would type next: "next: mltui movies latest". Dropped by --quiet. */
void progress_hint(struct progress *p, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* "mltui: warning: …"; --quiet does not drop it. */
void progress_warn(struct progress *p, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Wipe the drawn line. */
void progress_clear(struct progress *p);

/* Clear and free; NULL is fine. */
void progress_free(struct progress *p);

#endif

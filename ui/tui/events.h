/*
 * events.h - signals as events of the app's loop: handlers set a flag and write a byte.
 *
 * SIGHUP is only told: a lost terminal never ends a run. What was ignored at start
 * (nohup) stays ignored.
 */
#ifndef MLT_UI_TUI_EVENTS_H
#define MLT_UI_TUI_EVENTS_H

#include "src/base/err.h"

#include <stdbool.h>

enum event {
    EVENT_RESIZED = 1 << 0,   /* SIGWINCH */
    EVENT_SUSPEND = 1 << 1,   /* SIGTSTP */
    EVENT_RESUMED = 1 << 2,   /* SIGCONT */
    EVENT_INTERRUPT = 1 << 3, /* SIGINT */
    EVENT_TERMINATE = 1 << 4, /* SIGTERM */
    EVENT_HANGUP = 1 << 5     /* SIGHUP */
};

/* Begin to catch, before curses does; from the main thread. ERR_IO. */
ERR_MUST_CHECK enum err_code events_open(struct err *err);

/* What the signals did before. */
void events_close(void);

/* Readable when something has come. */
int events_fd(void);

/* All that came since the last call: a sum of enum event. */
unsigned events_take(void);

/* Stop this process as SIGTSTP would have; returns when it goes on: at once where that
 * signal was ignored at start, or where no shell is there to continue it. */
void events_suspend(void);

#endif

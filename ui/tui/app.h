/*
 * app.h - the full-screen face: the loop that reads keys, listens to the desk and draws
 * the panel that is open.
 */
#ifndef MLT_UI_TUI_APP_H
#define MLT_UI_TUI_APP_H

#include "src/base/err.h"
#include "src/data/dataset.h"
#include "ui/draw/canvas.h"
#include "ui/tui/screen.h"

#include <stdbool.h>

struct app_options {
    const char *open;    /* the data or run to begin with, or NULL: the start screen */
    const char *columns; /* how it is written, or NULL (dataset.h) */
    enum dataset_item item;
    long max_rejects;
    bool train;         /* begin a run as soon as the data are read */
    const char *script; /* keys and commands to be played (script.h), or NULL */
    enum theme theme;
    enum glyphs glyphs;
};

/*
 * Run until the person leaves. The terminal is as it was before on every way out;
 * *ret_signal is the signal to die of, or 0. ERR_UNAVAILABLE when there is no terminal
 * to draw on.
 */
ERR_MUST_CHECK enum err_code app_run(const struct app_options *o, int *ret_signal,
                                     struct err *err);

#endif

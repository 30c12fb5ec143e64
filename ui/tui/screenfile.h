/* screenfile.h - what is on the screen, written into a file. */
#ifndef MLT_UI_TUI_SCREENFILE_H
#define MLT_UI_TUI_SCREENFILE_H

#include "src/base/err.h"
#include "ui/draw/canvas.h"

/* The cells as they are drawn now, whole or not at all: a picture for NAME.svg, else
 * text. ERR_IO, ERR_NOMEM. */
ERR_MUST_CHECK enum err_code screenfile_write(const struct canvas *cv, const char *path,
                                              struct err *err);

#endif

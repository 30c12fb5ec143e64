/* past.h - the curves of earlier runs on the same data, to be drawn below a new one. */
#ifndef MLT_UI_TUI_PAST_H
#define MLT_UI_TUI_PAST_H

#include "src/base/err.h"
#include "ui/tui/naming.h"
#include "ui/tui/world.h"

#include <stddef.h>

#define PAST_MAX 4 /* runs that can be told apart in one chart */

struct run;

struct past {
    struct run *run[PAST_MAX];    /* owned */
    struct curve curve[PAST_MAX]; /* borrows from the runs, and from below */
    char settings[PAST_MAX][NAMING_MAX];
    size_t n;
};

/* Read the newest runs whose data were named `data`, without the one named `but` (NULL:
 * all); runs that cannot be read are passed over. ERR_IO when the runs folder cannot be
 * read, ERR_NOMEM. */
ERR_MUST_CHECK enum err_code past_read(struct past *ret, const char *data,
                                       const char *but, struct err *err);
/* A zeroed struct is fine, and is what is left. */
void past_done(struct past *p);

#endif

/*
 * pathcomplete.h - the rest of a path that is typed, as shells complete it.
 */
#ifndef MLT_UI_TUI_PATHCOMPLETE_H
#define MLT_UI_TUI_PATHCOMPLETE_H

#include "ui/tui/field.h"
#include "ui/tui/panel.h"

#include <stddef.h>

#define PATHCOMPLETE_NAMES 512

struct pathcomplete {
    size_t n; /* names in the path's folder that begin as its last part does */
    char names[PATHCOMPLETE_NAMES]; /* the first of them in byte order, blanks between,
                                       "…" after those that are all there is room for */
};

/*
 * Lengthen `path`, which lies in cap bytes, by what those names have in common; one
 * that is alone and a folder gets its slash. Hidden names count where the last part
 * begins with a dot, names that are not UTF-8 never do. What cannot be read has none.
 */
void pathcomplete(char *path, size_t cap, struct pathcomplete *ret);

/* The same for the path that a field holds from byte `from` on; where several names
 * fit, or none, that is wished to be said. */
void pathcomplete_field(struct field *f, size_t from, struct wish *wish);

#endif

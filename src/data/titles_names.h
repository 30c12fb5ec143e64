/*
 * titles_names.h - the names that a title holds, and what is left of them to compare; a
 * module of titles, which tells what they are. Pure functions. Any thread.
 */
#ifndef MLT_DATA_TITLES_NAMES_H
#define MLT_DATA_TITLES_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#define TITLES_KEY   256 /* bytes of a key, its NUL included; longer names are cut */
#define TITLES_NAMES 12  /* of one title */

/* How a film has a name: the first counts before the others. */
enum name_kind { NAME_WHOLE, NAME_OTHER, NAME_BARE, NAME_BEGIN };

struct title_name {
    const char *s; /* (len) borrowed from the title */
    size_t len;
    enum name_kind kind;
};

/* The names in a title without its year, the whole first; returns how many. */
size_t titles_split(struct title_name name[TITLES_NAMES], const char *title);

/* The key of a name, an article behind a comma moved to its front; its bytes. */
size_t titles_key(const struct title_name *name, char key[TITLES_KEY]);

/* The key of a name without an English article in front; false where it has none. */
bool titles_bare_key(const struct title_name *name, char key[TITLES_KEY]);

#endif

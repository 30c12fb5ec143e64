/* home.h - a home of the test's own, so that the person's runs and ratings are neither
 * read nor written. */
#ifndef MLT_TESTS_TUI_HOME_H
#define MLT_TESTS_TUI_HOME_H

/* Make an empty one, which $XDG_STATE_HOME and $XDG_DATA_HOME then lead to. */
void home_make(void);
void home_remove(void);

/* A path in it, as of scratch_path. */
const char *home_path(const char *name);

#endif

/* own.h - a person's own ratings from a file, or from standard input where it is "-",
 * folded into a run: --ratings FILE. */
#ifndef MLT_UI_CLI_OWN_H
#define MLT_UI_CLI_OWN_H

#include "src/base/err.h"
#include "src/data/ownratings.h"
#include "src/explore/oneuser.h"
#include "ui/cli/command.h"
#include "ui/cli/reading.h"

struct own {
    struct ownratings *ratings; /* owned */
    struct oneuser one;         /* owned: the films of the run that was read */
};

/*
 * Read `path` for the run of r and fold the person in. What was wrong and what was not
 * matched is said on stderr with its line. Errors as ownratings_read; ERR_DATA when
 * nothing was matched.
 */
ERR_MUST_CHECK enum err_code own_open(struct own *ret, const struct cli *cli,
                                      const struct reading *r, const char *path,
                                      struct err *err);
/* Print, instead of anything else, what each line was taken for: a table. Errors as
 * ownratings_read. */
ERR_MUST_CHECK enum err_code own_print_matches(const struct cli *cli,
                                               const struct reading *r,
                                               const char *path, struct err *err);
/* A zeroed struct is fine. */
void own_close(struct own *o);

#endif

/* userpage.h - one user of a run, as `mltui users --user` shows them. */
#ifndef MLT_UI_CLI_USERPAGE_H
#define MLT_UI_CLI_USERPAGE_H

#include "src/base/err.h"
#include "src/explore/users.h"
#include "ui/cli/command.h"
#include "ui/cli/reading.h"

/* The genres that user row `user` likes (USERS_LIKE), the most liked first, into names;
 * both arrays have room for all genres. Returns how many. */
size_t userpage_likes(struct value *names, struct users_liking *likes,
                      const struct reading *r, uint32_t user);

/* Print the card of a user. ERR_NOMEM; ERR_NUMERIC as of directions_init. */
ERR_MUST_CHECK enum err_code userpage_card(struct cli *cli, const struct reading *r,
                                           uint32_t user, struct err *err);

/* Print a user's held-out ratings beside what is predicted. ERR_STATE: the run held
 * nothing out; ERR_NOMEM. */
ERR_MUST_CHECK enum err_code userpage_held_out(struct cli *cli, const struct reading *r,
                                               uint32_t user, struct err *err);

#endif

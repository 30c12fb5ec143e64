/*
 * path.h - names of files: joined, taken apart, looked for. Any thread.
 */
#ifndef MLT_BASE_PATH_H
#define MLT_BASE_PATH_H

#include "src/base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* "folder/name", without a second slash after one; `folder` "" gives the name. Owned.
 */
ERR_MUST_CHECK enum err_code path_join(char **ret, const char *folder, const char *name,
                                       struct err *err);

/* `name` in the folder that holds `path`. Owned. */
ERR_MUST_CHECK enum err_code path_beside(char **ret, const char *path, const char *name,
                                         struct err *err);

/*
 * "base/below", where base is the absolute path in the environment's `variable`, else
 * $HOME/otherwise (XDG Base Directory Specification: a path that is not absolute does
 * not count). Owned. ERR_NOTFOUND when neither is set.
 */
ERR_MUST_CHECK enum err_code path_xdg(char **ret, const char *variable,
                                      const char *otherwise, const char *below,
                                      struct err *err);

/* A path as it was typed: where it is "~" or begins with "~/", $HOME stands for that,
 * as in shells. Gives `path`, or `room` (PATH_MAX bytes); `path` too when HOME is not
 * set or the whole is too long. */
const char *path_typed(const char *path, char *room);

/* What comes after the last slash; the whole where nothing does. Borrowed. */
const char *path_name(const char *path);

/* Bytes of the folder that holds `path`, its slash included; 0 when none is named.
 * Slashes at the end do not count. */
size_t path_folder_len(const char *path);

/* Is there a file or a folder, or does the link lead to one? */
bool path_exists(const char *path);

#endif

/* folder.h - folders that are made together with those above them. */
#ifndef MLT_BASE_FOLDER_H
#define MLT_BASE_FOLDER_H

#include "src/base/err.h"

/* Make the folder `dir` and those above it, so that they last; what is there is fine.
 * ERR_ARG for "", ERR_IO, ERR_NOMEM. */
ERR_MUST_CHECK enum err_code folder_make(const char *dir, struct err *err);

#endif

/* zips.h - small archives in a scratch folder, and loading them, for tests. */
#ifndef MLT_TESTS_DATA_ZIPS_H
#define MLT_TESTS_DATA_ZIPS_H

#include "src/base/err.h"
#include "src/data/dataset.h"
#include "tests/made_zip.h"

#include <stddef.h>

/* Four rows, of which the third is wrong; two films. */
#define ZIPS_RATINGS                    \
    "userId,movieId,rating,timestamp\n" \
    "1,10,4.0,5\n1,11,3.5,6\n2,10,x,7\n2,11,5.0,8\n"
#define ZIPS_MOVIES                                  \
    "movieId,title,genres\n10,Alien (1979),Horror\n" \
    "11,Brazil (1985),Comedy|Drama\n"

/* A member of an array of struct made_member. */
#define ZIPS_MEMBER(path, text)                            \
    {                                                      \
        .name = path, .bytes = text, .n = sizeof(text) - 1 \
    }

/* Of scratch_make and scratch_remove. */
extern char zips_dir[256];

/* A path there, as scratch_path gives it. */
const char *zips_path(const char *name);

/* Load with nothing held out. */
enum err_code zips_load(struct dataset **ret, const char *path, struct err *err);

/* Loading this archive fails with this code and a message that has these words. */
void zips_check_refused(const struct made_member *m, size_t n, enum err_code code,
                        const char *words);

#endif

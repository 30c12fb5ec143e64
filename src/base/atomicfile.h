/*
 * atomicfile.h - a file that is replaced whole or not at all.
 *
 * What is written goes to a file beside the target; commit makes it durable (fsync),
 * puts it in the target's place (rename) and makes that durable too (fsync of the
 * folder). Whoever reads the target, at any moment, finds the old file or the new one.
 * A file is used by one thread at a time.
 */
#ifndef MLT_BASE_ATOMICFILE_H
#define MLT_BASE_ATOMICFILE_H

#include "src/base/err.h"
#include "src/base/sink.h"

#include <stdbool.h>
#include <stddef.h>

struct atomicfile;

/* Begin a new version of `path`. ERR_IO when its folder cannot be written. */
ERR_MUST_CHECK enum err_code atomicfile_open(struct atomicfile **ret, const char *path,
                                             struct err *err);

/* Append n bytes, unbuffered. */
ERR_MUST_CHECK enum err_code atomicfile_write(struct atomicfile *f, const void *p,
                                              size_t n, struct err *err);

/* The same as a sink, which lives as long as the file is open. */
struct sink atomicfile_sink(struct atomicfile *f);

/*
 * Replace the target. On ERR_IO it is the old file, or, when only the fsync of the
 * folder failed, the new one, whole in either case. Close the file afterwards.
 */
ERR_MUST_CHECK enum err_code atomicfile_commit(struct atomicfile *f, struct err *err);

/* Free; what was not committed is removed. NULL is fine. */
void atomicfile_close(struct atomicfile *f);

/* Open, write n bytes, commit, close. */
ERR_MUST_CHECK enum err_code atomicfile_save(const char *path, const void *p, size_t n,
                                             struct err *err);

/* Is `name` (without folder) what this module calls the unfinished version of a file
 * called `of`? A process that was killed can leave one. */
bool atomicfile_is_leftover(const char *name, const char *of);

#endif

/* scratch.h - a folder of a test's own, and small files in it. */
#ifndef MLT_TESTS_SCRATCH_H
#define MLT_TESTS_SCRATCH_H

#include <stdbool.h>
#include <stddef.h>

/* Make an empty folder under $TMPDIR or /tmp; its path goes into `ret`. */
void scratch_make(char ret[256]);

/* The same in memory, where the system has such a place: for a few small files that are
 * synced thousands of times. */
void scratch_make_in_memory(char ret[256]);

/* Remove the folder and all in it. */
void scratch_remove(const char *dir);

/* dir/name, in one of a few static buffers that take turns. */
const char *scratch_path(const char *dir, const char *name);

/* Write the n bytes at p as `path`; a failure ends the test program. */
void scratch_write(const char *path, const void *p, size_t n);

/* The bytes of a file with a NUL after them, to be freed with free(); NULL when it
 * cannot be read. */
char *scratch_read(const char *path, size_t *ret_n);

/* Names in a folder, "." and ".." aside. */
size_t scratch_count(const char *dir);

#endif

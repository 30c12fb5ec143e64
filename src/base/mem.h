/*
 * mem.h - checked, aligned memory.
 *
 * Every allocation of the engine comes from here, so that a test can make the
 * n-th one fail. Sizes are n * size with the product checked. All memory is
 * zeroed and aligned to 64 bytes (a cache line); from 4 MiB on it is mapped on
 * its own and asks for huge pages. All functions may be called from any thread.
 */
#ifndef MLT_BASE_MEM_H
#define MLT_BASE_MEM_H

#include <stddef.h>

/* n zeroed elements of `size` bytes, owned by the caller; NULL when there is no
 * memory or n * size overflows. n = 0 gives a valid pointer. */
void *mem_new(size_t n, size_t size);

/* Resize to n elements, keeping the old content (old address becomes invalid) and
 * zeroing what is new. p may be NULL. NULL on failure, with p left as it was. */
void *mem_resize(void *p, size_t n, size_t size);

/* Copy of a C string, NULL when there is no memory. */
char *mem_strdup(const char *s);

/* Give memory of this module back; NULL is fine. */
void mem_free(void *p);

/* For tests: the n-th allocation from now (1 = the next) fails, and, when
 * `persistent`, every later one too; 0 switches this off. */
void mem_fail_at(unsigned long n, int persistent);

/* Allocations made since the last mem_fail_at. */
unsigned long mem_count(void);

#endif

/*
 * mem.c - checked, aligned memory; see mem.h.
 *
 * A block is preceded by one cache line that holds its size, so that it can be
 * resized and unmapped without the caller's help.
 */
#include "config.h"

#include "src/base/mem.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define LINE      64
#define HUGE_PAGE ((size_t)2 << 20)
#define MAP_FROM  ((size_t)4 << 20)

struct head {
    size_t bytes;  /* the caller's size */
    void *mapping; /* start of the mapping, NULL when it came from malloc */
    size_t mapped; /* length of the mapping */
};

_Static_assert(sizeof(struct head) <= LINE, "the header fits a line");

static atomic_ulong n_allocated;
static atomic_ulong fail_at;
static atomic_int fail_persistent;

void
mem_fail_at(unsigned long n, int persistent)
{
    atomic_store(&fail_persistent, persistent);
    atomic_store(&n_allocated, 0);
    atomic_store(&fail_at, n);
}

unsigned long
mem_count(void)
{
    return atomic_load(&n_allocated);
}

static int
must_fail(void)
{
    unsigned long n = atomic_fetch_add(&n_allocated, 1) + 1;
    unsigned long at = atomic_load(&fail_at);

    return at != 0 && (n == at || (n > at && atomic_load(&fail_persistent)));
}

static struct head *
head_of(void *p)
{
    return (struct head *)((char *)p - LINE);
}

/*
 * Map on 2 MiB bounds: the header's page comes before, the data starts on one. What
 * lies before that page and behind the last huge page is given back: address space may
 * be limited (ulimit -v), and nobody plans for more than the data.
 */
static void *
map_large(size_t bytes)
{
    size_t len = bytes + 2 * HUGE_PAGE, page = (size_t)sysconf(_SC_PAGESIZE);
    char *m, *p, *start, *end;

    m = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (m == MAP_FAILED)
        return NULL;
    p = (char *)(((uintptr_t)m + LINE + HUGE_PAGE - 1) & ~(uintptr_t)(HUGE_PAGE - 1));
    start = p - page;
    end = p + ((bytes + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1));
    if (start > m && munmap(m, (size_t)(start - m)) != 0)
        start = m;
    if (end < m + len && munmap(end, (size_t)(m + len - end)) != 0)
        end = m + len;
    madvise(p, bytes, MADV_HUGEPAGE);
    *head_of(p) = (struct head){ .bytes = bytes,
                                 .mapping = start,
                                 .mapped = (size_t)(end - start) };
    return p;
}

static void *
new_small(size_t bytes)
{
    size_t len = (bytes + 2 * LINE - 1) & ~(size_t)(LINE - 1);
    char *m = aligned_alloc(LINE, len);

    if (m == NULL)
        return NULL;
    memset(m, 0, len);
    *(struct head *)m = (struct head){ .bytes = bytes };
    return m + LINE;
}

void *
mem_new(size_t n, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(n, size, &bytes) || bytes > SIZE_MAX / 2 || must_fail())
        return NULL;
    return bytes >= MAP_FROM ? map_large(bytes) : new_small(bytes);
}

void *
mem_resize(void *p, size_t n, size_t size)
{
    size_t old = p != NULL ? head_of(p)->bytes : 0;
    void *q = mem_new(n, size);

    if (q == NULL || p == NULL)
        return q;
    memcpy(q, p, old < n * size ? old : n * size);
    mem_free(p);
    return q;
}

char *
mem_strdup(const char *s)
{
    size_t n = strlen(s) + 1;
    char *p = mem_new(n, 1);

    return p != NULL ? memcpy(p, s, n) : NULL;
}

void
mem_free(void *p)
{
    if (p == NULL)
        return;
    if (head_of(p)->mapping != NULL)
        munmap(head_of(p)->mapping, head_of(p)->mapped);
    else
        free(head_of(p));
}

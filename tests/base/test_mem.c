/* test_mem.c - checked, aligned memory. */
#include "config.h"

#include "src/base/mem.h"

#include "tests/unit.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static bool
is_zero(const unsigned char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i] != 0)
            return false;
    return true;
}

static void
memory_is_zeroed_and_starts_a_cache_line(void)
{
    static const size_t sizes[] = { 0, 1, 63, 64, 65, 4095, (size_t)4 << 20, 5000001 };

    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
        unsigned char *p = mem_new(sizes[i], 1);

        CU_ASSERT_PTR_NOT_NULL_FATAL(p);
        CU_ASSERT_EQUAL((uintptr_t)p % 64, 0);
        CU_ASSERT_TRUE(is_zero(p, sizes[i]));
        memset(p, 0xff, sizes[i]);
        mem_free(p);
    }
}

static void
a_product_that_overflows_is_refused(void)
{
    CU_ASSERT_PTR_NULL(mem_new(SIZE_MAX / 2, 3));
    CU_ASSERT_PTR_NULL(mem_new(SIZE_MAX, 1));
    CU_ASSERT_PTR_NULL(mem_new((size_t)1 << 62, 2));
}

/* From either kind of block to either kind: small ones and mappings of their own. */
static void
resizing_keeps_the_old_and_zeroes_the_new(void)
{
    static const size_t sizes[] = {
        10, 1000, (size_t)6 << 20, (size_t)9 << 20, 100, 0
    };
    unsigned char *p = NULL;
    size_t before = 0;

    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
        size_t kept = before < sizes[i] ? before : sizes[i];

        p = mem_resize(p, sizes[i], 1);
        CU_ASSERT_PTR_NOT_NULL_FATAL(p);
        for (size_t b = 0; b < kept; b += 97)
            CU_ASSERT_EQUAL_FATAL(p[b], 7);
        CU_ASSERT_TRUE(is_zero(p + kept, sizes[i] - kept));
        memset(p, 7, sizes[i]);
        before = sizes[i];
    }
    mem_free(p);
}

static void
the_nth_allocation_fails_once_or_from_then_on(void)
{
    void *p[5];

    mem_fail_at(2, 0);
    for (int i = 0; i < 3; i++)
        p[i] = mem_new(1, 1);
    CU_ASSERT_EQUAL(mem_count(), 3);
    mem_fail_at(1, 1);
    p[3] = mem_new(1, 1);
    p[4] = mem_resize(p[0], 100, 1);
    mem_fail_at(0, 0);
    CU_ASSERT_PTR_NOT_NULL(p[0]);
    CU_ASSERT_PTR_NULL(p[1]);
    CU_ASSERT_PTR_NOT_NULL(p[2]);
    CU_ASSERT_PTR_NULL(p[3]);
    CU_ASSERT_PTR_NULL(p[4]);
    mem_free(p[0]);
    mem_free(p[2]);
}

CU_TestInfo tests_mem[] = {
    { "memory is zeroed and starts a cache line",
      memory_is_zeroed_and_starts_a_cache_line },
    { "a product that overflows is refused", a_product_that_overflows_is_refused },
    { "resizing keeps the old and zeroes the new",
      resizing_keeps_the_old_and_zeroes_the_new },
    { "the nth allocation fails once, or from then on",
      the_nth_allocation_fails_once_or_from_then_on },
    CU_TEST_INFO_NULL,
};

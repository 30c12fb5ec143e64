/* test_ids.c - tables of ids: numbers in the order of first sight, small, large, text.
 */
#include "config.h"

#include "src/data/ids.h"

#include "src/base/mem.h"
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

static uint32_t
add_num(struct ids *t, int64_t id)
{
    uint32_t at = IDS_NONE;

    CU_ASSERT_EQUAL(ids_add_num(t, id, &at, NULL), ERR_OK);
    return at;
}

static uint32_t
add_text(struct ids *t, const char *id)
{
    uint32_t at = IDS_NONE;

    CU_ASSERT_EQUAL(ids_add_text(t, id, strlen(id), &at, NULL), ERR_OK);
    return at;
}

static void
an_id_is_a_number_only_as_a_file_would_write_it(void)
{
    static const char *const wrong[] = { "",
                                         "-1",
                                         "+1",
                                         " 1",
                                         "1 ",
                                         "00",
                                         "01",
                                         "1.0",
                                         "1e3",
                                         "0x1",
                                         "one",
                                         "1,",
                                         "٣",
                                         "1\n",
                                         "nan",
                                         "9223372036854775808",
                                         "18446744073709551617",
                                         "99999999999999999999" };
    int64_t id = -7;

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        CU_ASSERT_FALSE(ids_parse(wrong[i], strlen(wrong[i]), &id));
    CU_ASSERT_FALSE(ids_parse("1\0002", 3, &id));
    CU_ASSERT_EQUAL(id, -7);
    CU_ASSERT_TRUE(ids_parse("0", 1, &id));
    CU_ASSERT_EQUAL(id, 0);
    CU_ASSERT_TRUE(ids_parse("120", 2, &id));
    CU_ASSERT_EQUAL(id, 12);
    CU_ASSERT_TRUE(ids_parse("9223372036854775807", 19, &id));
    CU_ASSERT_EQUAL(id, INT64_MAX);
}

/* Dense ids, hashed ones and the two sides of the border between them. */
static const int64_t mixed[] = { 7, 1 << 20, 0, (1 << 20) - 1, INT64_MAX, 5, 4097 };

#define N_MIXED (sizeof(mixed) / sizeof(mixed[0]))

static void
numbers_are_given_in_the_order_of_first_sight(void)
{
    struct ids t;

    ids_init(&t, true);
    CU_ASSERT_EQUAL(ids_find_num(&t, 7), IDS_NONE);
    CU_ASSERT_EQUAL(ids_find_num(&t, INT64_MAX), IDS_NONE);
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < N_MIXED; i++)
            CU_ASSERT_EQUAL(add_num(&t, mixed[i]), i);
    CU_ASSERT_EQUAL(t.n, N_MIXED);
    for (size_t i = 0; i < N_MIXED; i++) {
        CU_ASSERT_EQUAL(t.num[i], mixed[i]);
        CU_ASSERT_EQUAL(ids_find_num(&t, mixed[i]), i);
    }
    CU_ASSERT_EQUAL(ids_find(&t, "4097", 4), 6);
    CU_ASSERT_EQUAL(ids_find(&t, "04097", 5), IDS_NONE);
    CU_ASSERT_EQUAL(ids_find_num(&t, 6), IDS_NONE);
    CU_ASSERT_EQUAL(ids_find_num(&t, (1 << 20) + 1), IDS_NONE);
    ids_done(&t);
}

static void
integers_are_sorted_by_value(void)
{
    static const uint32_t want[] = { 2, 5, 0, 6, 3, 1, 4 };
    struct ids t;
    uint32_t *order = NULL;

    ids_init(&t, true);
    for (size_t i = 0; i < N_MIXED; i++)
        add_num(&t, mixed[i]);
    CU_ASSERT_EQUAL_FATAL(ids_sorted(&t, &order, NULL), ERR_OK);
    CU_ASSERT_EQUAL(memcmp(order, want, sizeof(want)), 0);
    mem_free(order);
    ids_done(&t);
}

static void
text_is_sorted_by_its_bytes_and_equal_only_byte_by_byte(void)
{
    static const char *const ids[] = { "b", "a", "A", "é", "10", "9", "a b", "" };
    static const uint32_t want[] = { 7, 4, 5, 2, 1, 6, 0, 3 };
    struct ids t;
    uint32_t *order = NULL;

    ids_init(&t, false);
    CU_ASSERT_EQUAL(ids_find(&t, "a", 1), IDS_NONE);
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 8; i++)
            CU_ASSERT_EQUAL(add_text(&t, ids[i]), i);
    CU_ASSERT_EQUAL(ids_find(&t, "a bc", 3), 6);
    CU_ASSERT_EQUAL(ids_find(&t, "B", 1), IDS_NONE);
    CU_ASSERT_EQUAL_FATAL(ids_sorted(&t, &order, NULL), ERR_OK);
    CU_ASSERT_EQUAL(memcmp(order, want, sizeof(want)), 0);
    mem_free(order);
    ids_done(&t);
}

/* id i of a large table, all different: every third is small. */
static int64_t
large_table_id(int64_t i)
{
    return i % 3 == 0 ? i : i * 1000003 + (1 << 20);
}

static void
a_large_table_finds_all_that_was_added(void)
{
    enum { IDS = 30000 };
    struct ids t, text;
    char s[24];

    ids_init(&t, true);
    ids_init(&text, false);
    for (int64_t i = 0; i < IDS; i++) {
        CU_ASSERT_EQUAL(add_num(&t, large_table_id(i)), i);
        snprintf(s, sizeof(s), "u%lld", (long long)i);
        CU_ASSERT_EQUAL(add_text(&text, s), i);
    }
    for (int64_t i = 0; i < IDS; i++) {
        CU_ASSERT_EQUAL(ids_find_num(&t, large_table_id(i)), i);
        snprintf(s, sizeof(s), "u%lld", (long long)i);
        CU_ASSERT_EQUAL(ids_find(&text, s, strlen(s)), i);
    }
    ids_done(&t);
    ids_done(&text);
}

static void
a_table_takes_over_the_ids_of_another(void)
{
    struct ids a, b;
    uint32_t at;

    ids_init(&a, true);
    ids_init(&b, true);
    add_num(&a, 5);
    add_num(&b, 1 << 24);
    add_num(&b, 5);
    CU_ASSERT_EQUAL(ids_add_from(&a, &b, 0, &at, NULL), ERR_OK);
    CU_ASSERT_EQUAL(at, 1);
    CU_ASSERT_EQUAL(ids_add_from(&a, &b, 1, &at, NULL), ERR_OK);
    CU_ASSERT_EQUAL(at, 0);
    CU_ASSERT_EQUAL(a.num[1], 1 << 24);
    ids_done(&a);
    ids_done(&b);
}

static void
an_id_is_shown_in_display_form(void)
{
    struct ids t;
    char out[16];

    ids_init(&t, true);
    add_num(&t, 42);
    ids_show(&t, 0, out, sizeof(out));
    CU_ASSERT_STRING_EQUAL(out, "42");
    ids_done(&t);
    ids_init(&t, false);
    add_text(&t, "a\033[1m");
    ids_show(&t, 0, out, sizeof(out));
    CU_ASSERT_STRING_EQUAL(out, "a\\x1b[1m");
    ids_done(&t);
}

/* An addition that fails leaves the table as it was, and the next one succeeds. */
static void
every_allocation_may_fail(void)
{
    struct ids t;

    for (unsigned kind = 0; kind < 3; kind++)
        for (unsigned long n = 1;; n++) {
            enum err_code rc;
            uint32_t at = 77;

            ids_init(&t, kind != 2);
            mem_fail_at(n, 0);
            rc = kind == 2 ? ids_add_text(&t, "x", 1, &at, NULL)
                           : ids_add_num(&t, kind == 0 ? 3 : INT64_MAX, &at, NULL);
            mem_fail_at(0, 0);
            CU_ASSERT_EQUAL(t.n, rc == ERR_OK);
            CU_ASSERT_EQUAL(at, rc == ERR_OK ? 0 : 77);
            if (rc != ERR_OK)
                CU_ASSERT_EQUAL(kind == 2 ? add_text(&t, "x") : add_num(&t, 3), 0);
            ids_done(&t);
            if (rc == ERR_OK)
                break;
            CU_ASSERT_EQUAL_FATAL(rc, ERR_NOMEM);
        }
}

CU_TestInfo tests_ids[] = {
    { "an id is a number only as a file would write it",
      an_id_is_a_number_only_as_a_file_would_write_it },
    { "numbers are given in the order of first sight",
      numbers_are_given_in_the_order_of_first_sight },
    { "integers are sorted by value", integers_are_sorted_by_value },
    { "text is sorted by its bytes, and equal only byte by byte",
      text_is_sorted_by_its_bytes_and_equal_only_byte_by_byte },
    { "a large table finds all that was added",
      a_large_table_finds_all_that_was_added },
    { "a table takes over the ids of another", a_table_takes_over_the_ids_of_another },
    { "an id is shown in display form", an_id_is_shown_in_display_form },
    { "every allocation may fail", every_allocation_may_fail },
    CU_TEST_INFO_NULL,
};

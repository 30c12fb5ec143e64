/* test_split.c - the seeded split, and splits that somebody else made. */
#include "config.h"

#include "src/data/split.h"

#include "src/base/mem.h"
#include "src/base/rng.h"
#include "src/data/dataset.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- seeded ---- */

static size_t
count(const uint64_t *bits, size_t n)
{
    size_t found = 0;

    for (size_t i = 0; i < n; i++)
        found += split_bit(bits, i);
    return found;
}

static void
exactly_as_many_as_asked_for_are_held_out(void)
{
    static const size_t sizes[] = { 1, 2, 3, 63, 64, 65, 1000, 70001, 300000 };

    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
        for (unsigned tenths = 0; tenths <= 10; tenths++) {
            size_t n = sizes[i], cut = n * tenths / 10;
            uint64_t *bits = mem_new(split_words(n), sizeof(*bits));

            CU_ASSERT_EQUAL(split_draw(bits, n, cut, 42, NULL, NULL), ERR_OK);
            CU_ASSERT_EQUAL(count(bits, n), cut);
            mem_free(bits);
        }
}

struct key {
    uint32_t key;
    size_t at;
};

static int
by_key(const void *a, const void *b)
{
    const struct key *x = a, *y = b;

    return x->key != y->key ? (x->key > y->key ? 1 : -1)
                            : (x->at > y->at) - (x->at < y->at);
}

/* Against the definition: all keys sorted, the smallest taken. */
static void
the_smallest_keys_are_taken(void)
{
    enum { R = 5000, CUT = 1234 };
    static struct key key[R];
    uint64_t bits[(R + 63) / 64] = { 0 };

    for (size_t i = 0; i < R; i++)
        key[i] = (struct key){ rng_at(7, RNG_SPLIT, i / 4, 0).v[i % 4], i };
    qsort(key, R, sizeof(key[0]), by_key);
    CU_ASSERT_EQUAL(split_draw(bits, R, CUT, 7, NULL, NULL), ERR_OK);
    for (size_t i = 0; i < R; i++)
        CU_ASSERT_EQUAL(split_bit(bits, key[i].at), i < CUT);
}

static void
threads_change_nothing_and_seeds_do(void)
{
    enum { R = 400000, CUT = 40000, WORDS = (R + 63) / 64 };
    uint64_t *one = mem_new(WORDS, 8), *other = mem_new(WORDS, 8);
    size_t both = 0;

    CU_ASSERT_EQUAL(split_draw(one, R, CUT, 1, NULL, NULL), ERR_OK);
    for (unsigned n = 2; n <= 7; n += 5) {
        struct pool *pool = NULL;

        CU_ASSERT_EQUAL_FATAL(pool_new(&pool, n, NULL), ERR_OK);
        CU_ASSERT_EQUAL(split_draw(other, R, CUT, 1, pool, NULL), ERR_OK);
        CU_ASSERT_EQUAL(memcmp(one, other, WORDS * 8), 0);
        pool_free(pool);
    }
    CU_ASSERT_EQUAL(split_draw(other, R, CUT, 2, NULL, NULL), ERR_OK);
    for (size_t i = 0; i < R; i++)
        both += split_bit(one, i) && split_bit(other, i);
    /* A tenth of a tenth, give or take five standard deviations (60). */
    CU_ASSERT_TRUE(both > 4000 - 300 && both < 4000 + 300);
    mem_free(one);
    mem_free(other);
}

static void
an_allocation_that_fails_is_an_error(void)
{
    uint64_t bits[16];

    for (unsigned long n = 1; n <= 2; n++) {
        mem_fail_at(n, 0);
        CU_ASSERT_EQUAL(split_draw(bits, 1000, 100, 1, NULL, NULL), ERR_NOMEM);
        mem_fail_at(0, 0);
    }
}

/* ---- from a file ---- */

/* Five ratings among seven rows; the last is of the same two as the first. */
static const char ratings[] = "userId,movieId,rating\n1,10,3\n1,20,4\n1,x,4\n2,10,5\n"
                              "2,20\n1,30,2\n1,10,1\n";

/* Load these ratings with a split file of this text. */
static enum err_code
load(struct dataset **ret, const char *split, struct err *err)
{
    struct dataset_options opt = dataset_defaults();
    struct dataset_bytes b = { .name = "made",
                               .ratings = ratings,
                               .ratings_len = strlen(ratings) };
    char dir[256];
    enum err_code rc;

    scratch_make(dir);
    scratch_write(scratch_path(dir, "split"), split, strlen(split));
    opt.split_file = scratch_path(dir, "split");
    rc = dataset_load_bytes(ret, &b, &opt, NULL, err);
    scratch_remove(dir);
    return rc;
}

/* The split holds out exactly the ratings for which `want` has a 1: of user 1 films 10,
 * 20, 30, 10, of user 2 film 10. */
static void
check_split(const char *split, const char *want)
{
    struct dataset *d = NULL;
    struct err err = { 0 };
    size_t n = 0;

    CU_ASSERT_EQUAL(load(&d, split, &err), ERR_OK);
    if (d == NULL) {
        printf("\n%s\n", err.msg);
        return;
    }
    for (size_t i = 0; i < 5; i++) {
        CU_ASSERT_EQUAL(ratings_held_out(d->ratings, i), want[i] == '1');
        n += want[i] == '1';
    }
    CU_ASSERT_EQUAL(d->ratings->n_held_out, n);
    dataset_free(d);
}

static void
check_refused(const char *split, const char *message)
{
    struct dataset *d = NULL;
    struct err err = { 0 };

    CU_ASSERT_EQUAL(load(&d, split, &err), ERR_DATA);
    CU_ASSERT_PTR_NULL(d);
    if (strstr(err.msg, message) == NULL) {
        CU_FAIL("another message was expected");
        printf("\n%s\n", err.msg);
    }
}

static void
a_line_for_each_data_row_counts_rejected_ones(void)
{
    check_split("0\n1\n1\n1\n0\n0\n0\n", "01001");
    check_split("1\r\n0\r\n1\r\n0\r\n1\r\n0\r\n1", "10010");
    check_refused("0\n1\n1\n1\n0\n0\n", "6 lines, expected 7");
    check_refused("0\n1\n1\n1\n0\n0\n0\n1\n", "8 lines, expected 7");
    check_refused("", "0 lines, expected 7");
    check_refused("0\n1\n2\n1\n0\n0\n0\n", "split:3:1: expected 0 or 1");
    check_refused("0\n1\n\n1\n0\n0\n0\n", "split:3:1: expected 0 or 1");
}

static void
a_line_for_each_user_and_item_may_come_in_any_order(void)
{
    check_split("user,item,valid\n2,10,1\n1,30,0\n1,20,1\n1,10,0\n1,10,1\n", "01011");
    check_split("valid;item;user\n1;10;1\n0;10;1\n0;20;1\n0;30;1\n0;10;2\n", "10000");
}

/* The ratings of user 1 for films 10, 20 and 30 and of user 2 for film 10, in a file of
 * this name, whose form it tells. */
static void
check_file(const char *name, const char *text, const char *split, const char *want)
{
    struct dataset_options opt = dataset_defaults();
    struct dataset *d = NULL;
    struct err err = { 0 };
    char dir[256];

    scratch_make(dir);
    scratch_write(scratch_path(dir, name), text, strlen(text));
    scratch_write(scratch_path(dir, "split"), split, strlen(split));
    opt.split_file = scratch_path(dir, "split");
    CU_ASSERT_EQUAL(dataset_load(&d, scratch_path(dir, name), &opt, NULL, &err),
                    ERR_OK);
    if (d == NULL)
        printf("\n%s\n", err.msg);
    for (size_t i = 0; d != NULL && i < strlen(want); i++)
        CU_ASSERT_EQUAL(ratings_held_out(d->ratings, i), want[i] == '1');
    dataset_free(d);
    scratch_remove(dir);
}

static void
ratings_and_split_may_have_any_delimiter(void)
{
    static const struct {
        const char *name, *text;
    } files[] = {
        { "ratings.dat", "1::10::3::5\n1::20::4::5\n2::10::5::5\n1::30::2::5\n" },
        { "u.data", "1\t10\t3\t5\n1\t20\t4\t5\n2\t10\t5\t5\n1\t30\t2\t5\n" },
        { "my.csv", "userId;movieId;rating\n1;10;3\n1;20;4\n2;10;5\n1;30;2\n" },
    };
    static const char *const splits[] = {
        "user,item,valid\n2,10,1\n1,30,0\n1,20,1\n1,10,0\n",
        "item\tuser\tvalid\n10\t2\t1\n30\t1\t0\n20\t1\t1\n10\t1\t0\n",
        "user|item|more|valid\n2|10||1\n1|30|x|0\n1|20||1\n1|10||0\n",
        "0\n1\n1\n0\n",
    };

    for (size_t f = 0; f < sizeof(files) / sizeof(files[0]); f++)
        for (size_t s = 0; s < sizeof(splits) / sizeof(splits[0]); s++)
            check_file(files[f].name, files[f].text, splits[s], "0101");
    check_refused(
        "user::item::valid\n1::10::0\n",
        "split:1:1: expected 0 or 1, one for each row of the ratings file, or "
        "a header with user,item,valid");
}

static void
a_split_by_ids_must_fit(void)
{
    check_refused("user,item,valid\n2,10,1\n1,30,0\n1,20,1\n1,10,0\n",
                  "no line (or too few) for user 1 and item 10");
    check_refused("user,item,valid\n2,10,1\n1,30,0\n1,20,1\n1,10,0\n1,10,1\n1,10,1\n",
                  "split: more lines than ratings, 1 too many");
    check_refused("user,item,valid\n2,10,1\n3,30,0\n",
                  "split:3:1: user \"3\", expected a user of the ratings file");
    check_refused("user,item,valid\n2,40,1\n",
                  "split:2:2: item \"40\", expected a film of the ratings file");
    check_refused("user,item,valid\n2,10,yes\n",
                  "split:2:3: valid \"yes\", expected 0 or 1");
    check_refused("user,item,valid\n2,10\n", "split:2:3: 2 fields, expected 3");
}

static void
a_split_that_is_not_there_is_not_found(void)
{
    struct dataset_options opt = dataset_defaults();
    struct dataset_bytes b = { .name = "made",
                               .ratings = ratings,
                               .ratings_len = strlen(ratings) };
    struct dataset *d = NULL;
    struct err err;

    opt.split_file = "no/such/split";
    CU_ASSERT_EQUAL(dataset_load_bytes(&d, &b, &opt, NULL, &err), ERR_NOTFOUND);
    CU_ASSERT_STRING_EQUAL(err.msg, "no/such/split: No such file or directory");
}

CU_TestInfo tests_split[] = {
    { "exactly as many as asked for are held out",
      exactly_as_many_as_asked_for_are_held_out },
    { "the smallest keys are taken", the_smallest_keys_are_taken },
    { "threads change nothing, and seeds do", threads_change_nothing_and_seeds_do },
    { "an allocation that fails is an error", an_allocation_that_fails_is_an_error },
    { "a line for each data row counts rejected ones",
      a_line_for_each_data_row_counts_rejected_ones },
    { "a line for each user and item may come in any order",
      a_line_for_each_user_and_item_may_come_in_any_order },
    { "ratings and split may have any delimiter",
      ratings_and_split_may_have_any_delimiter },
    { "a split by ids must fit", a_split_by_ids_must_fit },
    { "a split that is not there is not found",
      a_split_that_is_not_there_is_not_found },
    CU_TEST_INFO_NULL,
};

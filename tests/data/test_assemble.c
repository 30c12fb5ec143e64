/* test_assemble.c - a data set put together out of blocks: threads, orders, stars. */
#include "config.h"

#include "src/data/assemble.h"

#include "src/base/mem.h"
#include "src/data/dataset.h"
#include "src/data/source.h"
#include "src/data/split.h"
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *
make_rows(size_t n, bool odd, size_t *ret_len)
{
    char *text = malloc(64 + n * 48);
    size_t len = (size_t)sprintf(text, "who,what,stars,when\n");

    for (size_t i = 0; i < n; i++) {
        size_t user = i * 7919 % 503, item = i * 104729 % 1201;

        if (i % 997 == 0)
            len += (size_t)sprintf(text + len, "%zu,%zu,none,5\n", user, item);
        else if (i % 101 == 0)
            len += (size_t)sprintf(text + len, "\"%zu\",\"%zu\",3.5,7\r\n", user, item);
        else if (odd && i > n / 2)
            len += (size_t)sprintf(text + len, "u%zu,\"i\n%zu\",%zu.25,%zu\n", user,
                                   item, i % 300, i);
        else
            len += (size_t)sprintf(text + len, "%zu,%zu,%zu.5,%zu\n", user, item, i % 5,
                                   i);
    }
    *ret_len = len;
    return text;
}

static bool
same_ids(const struct idcol *a, const struct idcol *b)
{
    if (a->n != b->n || a->numeric != b->numeric)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (a->numeric ? a->num[i] != b->num[i]
                       : strcmp(strtab_get(&a->text, i), strtab_get(&b->text, i)) != 0)
            return false;
    return true;
}

static bool
same_ratings(const struct ratings *a, const struct ratings *b)
{
    if (a->n != b->n || a->n_users != b->n_users || a->n_items != b->n_items ||
        a->n_held_out != b->n_held_out || (a->code == NULL) != (b->code == NULL))
        return false;
    if (a->n_values != b->n_values ||
        memcmp(a->value, b->value, a->n_values * sizeof(*a->value)) != 0)
        return false;
    if (memcmp(a->start, b->start, (a->n_users + 2) * sizeof(*a->start)) != 0)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (a->item[i] != b->item[i] || ratings_stars(a, i) != ratings_stars(b, i))
            return false;
    return true;
}

static bool
same_catalogs(const struct catalog *a, const struct catalog *b)
{
    if (!same_ids(&a->user, &b->user) || !same_ids(&a->item_id, &b->item_id) ||
        a->n_items != b->n_items)
        return false;
    for (uint32_t i = 1; i <= a->n_items; i++)
        if (strcmp(strtab_get(&a->title, i), strtab_get(&b->title, i)) != 0 ||
            a->count[i] != b->count[i] || a->mean[i] != b->mean[i])
            return false;
    return true;
}

static bool
same_reports(const struct dataset *a, const struct dataset *b)
{
    if (a->n_lines != b->n_lines || a->n_rejected != b->n_rejected ||
        a->n_outside != b->n_outside || a->n_repeated != b->n_repeated ||
        a->first_time != b->first_time || a->last_time != b->last_time ||
        a->mean != b->mean || a->n_rejects_kept != b->n_rejects_kept ||
        strcmp(a->fingerprint, b->fingerprint) != 0)
        return false;
    for (size_t i = 0; i < a->n_rejects_kept; i++)
        if (a->rejects[i].line != b->rejects[i].line ||
            strcmp(a->rejects[i].reason, b->rejects[i].reason) != 0)
            return false;
    return true;
}

static struct dataset *
load_rows(const char *text, size_t len, struct pool *pool)
{
    struct dataset_options opt = dataset_defaults();
    struct dataset_bytes b = { .name = "made", .ratings = text, .ratings_len = len };
    struct dataset *d = NULL;
    struct err err;

    opt.columns = "user=who,item=what,rating=stars,time=when";
    if (dataset_load_bytes(&d, &b, &opt, pool, &err) != ERR_OK)
        printf("%s ", err.msg);
    CU_ASSERT_PTR_NOT_NULL_FATAL(d);
    return d;
}

static void
check_threads(bool odd)
{
    static const unsigned workers[] = { 2, 3, 7 };
    size_t len;
    char *text = make_rows(60000, odd, &len);
    struct dataset *one = load_rows(text, len, NULL);

    CU_ASSERT_EQUAL(one->n_rejected, 61);
    CU_ASSERT_EQUAL(one->ratings->code == NULL, odd);
    CU_ASSERT_EQUAL(one->catalog->user.numeric, !odd);
    for (size_t i = 0; i < 3; i++) {
        struct pool *pool = NULL;
        struct dataset *d;

        CU_ASSERT_EQUAL_FATAL(pool_new(&pool, workers[i], NULL), ERR_OK);
        d = load_rows(text, len, pool);
        CU_ASSERT_TRUE(same_ratings(one->ratings, d->ratings));
        CU_ASSERT_TRUE(same_catalogs(one->catalog, d->catalog));
        CU_ASSERT_TRUE(same_reports(one, d));
        dataset_free(d);
        pool_free(pool);
    }
    dataset_free(one);
    free(text);
}

static void
the_number_of_threads_changes_nothing(void)
{
    check_threads(false);
    check_threads(true);
}

/* Ratings, counts and means against a count of the rows as they were made. */
static void
rows_in_no_order_come_out_by_user(void)
{
    size_t len, n = 0;
    char *text = make_rows(20000, false, &len);
    struct dataset *d = load_rows(text, len, NULL);
    uint32_t per_user[503] = { 0 };
    double sum = 0;

    for (size_t i = 0; i < 20000; i++)
        if (i % 997 != 0) {
            n++;
            per_user[i * 7919 % 503]++;
            sum += i % 101 == 0 ? 3.5 : (double)(i % 5) + .5;
        }
    CU_ASSERT_EQUAL(d->ratings->n, n);
    CU_ASSERT_EQUAL(d->catalog->n_users, 503);
    CU_ASSERT_DOUBLE_EQUAL(d->mean, sum / (double)n, 1e-12);
    for (uint32_t u = 1; u <= 503; u++)
        CU_ASSERT_EQUAL(d->ratings->start[u + 1] - d->ratings->start[u],
                        per_user[d->catalog->user.num[u]]);
    dataset_free(d);
    free(text);
}

static void
more_than_256_distinct_stars_are_kept_as_they_are(void)
{
    for (unsigned n = 255; n <= 258; n++) {
        char *text = malloc(64 + (size_t)n * 24);
        size_t len = (size_t)sprintf(text, "who,what,stars,when\n");
        struct dataset *d;

        for (unsigned i = 0; i < n; i++)
            len += (size_t)sprintf(text + len, "1,%u,%u.5,1\n", i, i);
        d = load_rows(text, len, NULL);
        CU_ASSERT_EQUAL(d->ratings->code != NULL, n <= RATINGS_MAX_VALUES);
        CU_ASSERT_EQUAL(ratings_stars(d->ratings, 254), 254.5f);
        CU_ASSERT_EQUAL(ratings_stars(d->ratings, n - 1), (float)n - .5f);
        dataset_free(d);
        free(text);
    }
}

/* Of two blocks each has few enough stars for codes, and both have too many. One reader
 * begins again; two, who may have had a block each, find out when all is read. */
static void
blocks_whose_stars_are_too_many_together_keep_them_as_they_are(void)
{
    enum { ROWS = 20000 };
    char *text = malloc(64 + ROWS * 32);
    size_t len = (size_t)sprintf(text, "who,what,stars,when\n");
    static unsigned whole[ROWS]; /* stars, less a half */
    struct pool *pool = NULL;

    for (unsigned i = 0; i < ROWS; i++) {
        whole[i] = i % 200 + (len + 32 < SOURCE_BLOCK ? 0 : 200);
        len += (size_t)sprintf(text + len, "%u,%u,%u.5,1000000\n", 1000 + i / 50,
                               100 + i % 50, whole[i]);
    }
    CU_ASSERT(len > SOURCE_BLOCK && len < 2 * SOURCE_BLOCK);
    CU_ASSERT_EQUAL_FATAL(pool_new(&pool, 2, NULL), ERR_OK);
    for (int round = 0; round < 8; round++) {
        struct dataset *d = load_rows(text, len, round > 0 ? pool : NULL);
        bool same = true;

        CU_ASSERT_PTR_NULL(d->ratings->code);
        for (unsigned i = 0; i < ROWS; i++)
            same &= ratings_stars(d->ratings, i) == (float)whole[i] + .5f;
        CU_ASSERT(same);
        dataset_free(d);
    }
    pool_free(pool);
    free(text);
}

/* A file of several blocks, by user: rating i of the data set is row i of the file. */
static void
what_is_held_out_is_a_matter_of_the_place_in_the_file(void)
{
    enum { ROWS = 40000 };
    char *text = malloc(64 + ROWS * 32);
    size_t len = (size_t)sprintf(text, "who,what,stars,when\n");
    uint64_t bits[ROWS / 64 + 1] = { 0 };
    struct dataset *d;
    bool same = true;

    for (unsigned i = 0; i < ROWS; i++)
        len += (size_t)sprintf(text + len, "%u,%u,3,1000000\n", 1 + i / 50, i % 50);
    CU_ASSERT(len > (size_t)2 << 18);
    d = load_rows(text, len, NULL);
    CU_ASSERT_EQUAL(split_draw(bits, ROWS, ROWS / 10, 42, NULL, NULL), ERR_OK);
    for (size_t i = 0; i < ROWS; i++)
        same &= ratings_held_out(d->ratings, i) == split_bit(bits, i);
    CU_ASSERT(same);
    dataset_free(d);
    free(text);
}

static void
every_allocation_may_fail(void)
{
    static const char ratings[] =
        "userId,movieId,rating\n1,10,3\n\"2\",20,4.5\n1,x,4\n";
    static const char movies[] = "movieId,title,genres\n10,A (1999),Drama|War\n";
    struct dataset_options opt = dataset_defaults();
    struct dataset_bytes b = { .name = "made",
                               .ratings = ratings,
                               .ratings_len = strlen(ratings),
                               .movies = movies,
                               .movies_len = strlen(movies) };

    for (int persistent = 0; persistent < 2; persistent++)
        for (unsigned long n = 1;; n++) {
            struct dataset *d = NULL;
            struct err err = { 0 };
            enum err_code rc;

            mem_fail_at(n, persistent);
            rc = dataset_load_bytes(&d, &b, &opt, NULL, &err);
            mem_fail_at(0, 0);
            CU_ASSERT_EQUAL(d != NULL, rc == ERR_OK);
            dataset_free(d);
            if (rc == ERR_OK)
                break;
            CU_ASSERT_EQUAL_FATAL(rc, ERR_NOMEM);
            CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "out of memory"));
            CU_ASSERT_TRUE_FATAL(n < 1000);
        }
}

static void
a_cancelled_load_ends_with_nothing(void)
{
    size_t len;
    char *text = make_rows(1000, false, &len);
    struct dataset_options opt = dataset_defaults();
    struct dataset_bytes b = { .name = "made", .ratings = text, .ratings_len = len };
    struct dataset *d = NULL;
    struct err err;
    atomic_bool cancel = true;

    opt.columns = "user=who,item=what,rating=stars";
    opt.cancel = &cancel;
    CU_ASSERT_EQUAL(dataset_load_bytes(&d, &b, &opt, NULL, &err), ERR_STATE);
    CU_ASSERT_PTR_NULL(d);
    free(text);
}

CU_TestInfo tests_assemble[] = {
    { "the number of threads changes nothing", the_number_of_threads_changes_nothing },
    { "rows in no order come out by user", rows_in_no_order_come_out_by_user },
    { "more than 256 distinct stars are kept as they are",
      more_than_256_distinct_stars_are_kept_as_they_are },
    { "blocks whose stars are too many together keep them as they are",
      blocks_whose_stars_are_too_many_together_keep_them_as_they_are },
    { "what is held out is a matter of the place in the file",
      what_is_held_out_is_a_matter_of_the_place_in_the_file },
    { "every allocation may fail", every_allocation_may_fail },
    { "a cancelled load ends with nothing", a_cancelled_load_ends_with_nothing },
    CU_TEST_INFO_NULL,
};

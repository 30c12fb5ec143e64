/* test_fingerprint.c - the fingerprint against one computed from its definition. */
#include "config.h"

#include "src/data/fingerprint.h"

#include "src/base/mem.h"
#include "src/base/pool.h"
#include "src/data/dataset.h"
#include "src/data/source.h"
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the definition, by xxHash's streaming functions ---- */

static void
add_file(XXH3_state_t *state, const char *s, size_t len)
{
    uint64_t length = len;
    unsigned char low_first[8];

    for (int i = 0; i < 8; i++, length /= 256)
        low_first[i] = (unsigned char)(length % 256);
    XXH3_128bits_update(state, low_first, 8);
    for (size_t at = 0; at < len; at += SOURCE_BLOCK) {
        XXH128_canonical_t c;
        size_t n = len - at < SOURCE_BLOCK ? len - at : SOURCE_BLOCK;

        XXH128_canonicalFromHash(&c, XXH3_128bits(s + at, n));
        XXH3_128bits_update(state, &c, sizeof(c));
    }
}

static void
define(char ret[33], const char *ratings, size_t n_ratings, const char *movies,
       size_t n_movies)
{
    XXH3_state_t *state = XXH3_createState();
    XXH128_hash_t h;

    XXH3_128bits_reset(state);
    add_file(state, ratings, n_ratings);
    if (movies != NULL)
        add_file(state, movies, n_movies);
    h = XXH3_128bits_digest(state);
    snprintf(ret, 33, "%016llx%016llx", (unsigned long long)h.high64,
             (unsigned long long)h.low64);
    XXH3_freeState(state);
}

/* ---- data sets ---- */

/* A ratings.csv of exactly len bytes, its last row padded by zeros; owned. */
static char *
make_ratings(size_t len)
{
    char *s = malloc(len + 64);
    size_t n = (size_t)sprintf(s, "userId,movieId,rating\n");

    for (unsigned i = 0; n + 40 < len; i++)
        n += (size_t)sprintf(s + n, "%u,%u,3.5\n", i / 50 + 1, i % 50 + 1);
    n += (size_t)sprintf(s + n, "1,99,4.");
    while (n < len)
        s[n++] = '0';
    return s;
}

static void
load(char ret[33], const char *ratings, size_t n_ratings, const char *movies,
     unsigned threads)
{
    struct dataset_options opt = dataset_defaults();
    struct dataset_bytes b = { .name = "made",
                               .ratings = ratings,
                               .ratings_len = n_ratings,
                               .movies = movies,
                               .movies_len = movies != NULL ? strlen(movies) : 0 };
    struct dataset *d = NULL;
    struct pool *pool = NULL;
    struct err err = { 0 };

    CU_ASSERT_EQUAL_FATAL(pool_new(&pool, threads, NULL), ERR_OK);
    if (dataset_load_bytes(&d, &b, &opt, pool, &err) != ERR_OK)
        printf("%s ", err.msg);
    CU_ASSERT_PTR_NOT_NULL_FATAL(d);
    memcpy(ret, d->fingerprint, 33);
    dataset_free(d);
    pool_free(pool);
}

static void
it_is_what_the_definition_gives_whatever_the_blocks_and_threads(void)
{
    static const size_t sizes[] = { 64,
                                    SOURCE_BLOCK - 1,
                                    SOURCE_BLOCK,
                                    SOURCE_BLOCK + 1,
                                    2 * SOURCE_BLOCK,
                                    3 * SOURCE_BLOCK + 12345 };
    static const char movies[] = "movieId,title\n1,A (1999)\n";

    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        char *ratings = make_ratings(sizes[i]);

        for (int with = 0; with < 2; with++) {
            const char *m = with ? movies : NULL;
            char want[33], got[33];

            define(want, ratings, sizes[i], m, strlen(movies));
            for (unsigned threads = 1; threads <= 3; threads++) {
                load(got, ratings, sizes[i], m, threads);
                CU_ASSERT_STRING_EQUAL(got, want);
            }
        }
        free(ratings);
    }
}

/* A byte order mark, rejected rows and the dropped rest of a long line count too. */
static void
bytes_that_no_rating_came_from_count(void)
{
    size_t len = 3 * SOURCE_BLOCK;
    char *s = make_ratings(len), want[33], got[33];

    memmove(s + 3, s, len - 3);
    memcpy(s, "\xef\xbb\xbf", 3);
    memset(s + SOURCE_BLOCK / 2, 'x', SOURCE_BLOCK); /* over the end of a block */
    define(want, s, len, NULL, 0);
    load(got, s, len, NULL, 1);
    CU_ASSERT_STRING_EQUAL(got, want);
    s[SOURCE_BLOCK] = 'y';
    load(got, s, len, NULL, 2);
    CU_ASSERT_STRING_NOT_EQUAL(got, want);
    free(s);
}

static void
nothing_has_a_fingerprint_and_a_struct_can_be_used_again(void)
{
    struct fingerprint f = { 0 };
    char first[33], second[33];

    fingerprint_end(&f, first);
    CU_ASSERT_STRING_EQUAL(first, "99aa06d3014798d86001c324468d497f"); /* of no bytes */
    CU_ASSERT_EQUAL(fingerprint_file(&f, 258, NULL), ERR_OK);
    fingerprint_end(&f, second);
    CU_ASSERT_STRING_NOT_EQUAL(first, second);
    fingerprint_end(&f, second);
    CU_ASSERT_STRING_EQUAL(first, second);
}

static void
an_allocation_that_fails_is_an_error(void)
{
    struct fingerprint f = { 0 };
    char hex[33];

    mem_fail_at(1, 0);
    CU_ASSERT_EQUAL(fingerprint_file(&f, 1, NULL), ERR_NOMEM);
    mem_fail_at(0, 0);
    CU_ASSERT_EQUAL(f.n, 0);
    fingerprint_end(&f, hex);
}

CU_TestInfo tests_fingerprint[] = {
    { "it is what the definition gives, whatever the blocks and threads",
      it_is_what_the_definition_gives_whatever_the_blocks_and_threads },
    { "bytes that no rating came from count", bytes_that_no_rating_came_from_count },
    { "nothing has a fingerprint, and a struct can be used again",
      nothing_has_a_fingerprint_and_a_struct_can_be_used_again },
    { "an allocation that fails is an error", an_allocation_that_fails_is_an_error },
    CU_TEST_INFO_NULL,
};

/* test_order.c - how many bytes a rating takes while an epoch is trained. */
#include "config.h"

#include "src/data/order.h"

#include "tests/unit.h"

/* Ratings of a size, without any content. */
static struct ratings
sized(size_t n, uint32_t n_users, uint32_t n_items, uint8_t *code)
{
    return (struct ratings){
        .n = n, .n_users = n_users, .n_items = n_items, .code = code, .n_values = 10
    };
}

/* 18 bits of user, 16 of film and 4 of stars; chunks take over 6 of the user's. */
static void
movielens_25m_takes_four_bytes_a_rating(void)
{
    uint8_t code;
    struct ratings r = sized(22500086, 162541, 62423, &code);
    struct order o;

    order_init(&o, &r, 4096);
    CU_ASSERT_FALSE(o.wide);
    CU_ASSERT_EQUAL(o.item_bits + o.stars_bits + o.low_bits, 32);
    CU_ASSERT_EQUAL(o.n_chunks, 40);
    CU_ASSERT_TRUE(order_bytes(&o) < (uint64_t)(4.1 * 22500086));
}

/* Every corner of sizes is packed in 64 bits at most, with a chunk for every user. */
static void
any_size_fits_an_entry(void)
{
    static const uint32_t sizes[] = { 1, 2, 255, 70000, 20000000, INT32_MAX };
    static const size_t batch[] = { 1, 64, 4096, 65536 };
    const size_t n = sizeof(sizes) / sizeof(*sizes);
    uint8_t code;

    for (size_t i = 0; i < n * n * 4 * 2; i++) {
        struct ratings r = sized(100000, sizes[i % n], sizes[i / n % n],
                                 i / n / n / 4 != 0 ? &code : NULL);
        struct order o;

        order_init(&o, &r, batch[i / n / n % 4]);
        CU_ASSERT_TRUE(o.item_bits + o.stars_bits + o.low_bits <= (o.wide ? 64u : 32u));
        CU_ASSERT_TRUE(r.n_items <= ((uint64_t)1 << o.item_bits) - 1);
        CU_ASSERT_EQUAL(order_chunk_user(&o, o.n_chunks), r.n_users + 1);
        CU_ASSERT_TRUE(order_chunk_user(&o, o.n_chunks - 1) <= r.n_users);
    }
}

CU_TestInfo tests_order[] = {
    { "MovieLens 25M takes four bytes a rating",
      movielens_25m_takes_four_bytes_a_rating },
    { "any size fits an entry", any_size_fits_an_entry },
    CU_TEST_INFO_NULL,
};

/* test_npz.c - arrays as numpy.lib.format has them; that numpy reads the whole file is
 * shown by tests/cli/python.sh. */
#include "config.h"

#include "src/model/npz.h"

#include "src/base/mem.h"
#include "tests/collected.h"
#include "tests/model/small.h"
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum err_code
write_small(struct collected *c, bool numeric, struct err *err)
{
    const struct sink to = collected_sink(c);
    struct model *m = small_model();
    struct catalog *catalog = small_catalog(numeric);
    enum err_code rc = npz_write(&to, m, catalog, err);

    model_free(m);
    catalog_free(catalog);
    return rc;
}

/* The array called `name`, from its magic on; its header is checked. */
static const char *
array(const struct collected *c, const char *name, const char *header)
{
    const char *at = memmem(c->bytes, c->n, name, strlen(name));

    CU_ASSERT_PTR_NOT_NULL_FATAL(at);
    at += strlen(name);
    CU_ASSERT_EQUAL(memcmp(at, "\x93NUMPY\1\0\x76\0", 10), 0);
    CU_ASSERT_EQUAL(strncmp(at + 10, header, strlen(header)), 0);
    CU_ASSERT_EQUAL(at[127], '\n');
    return at + 128;
}

static void
tables_are_float_matrices_of_the_model(void)
{
    struct collected c = { 0 };
    struct model *m = small_model();
    const char *at;

    CU_ASSERT_EQUAL_FATAL(write_small(&c, true, NULL), ERR_OK);
    at = array(&c, "u_weight.npy",
               "{'descr': '<f4', 'fortran_order': False, 'shape': (4, 5), }  ");
    CU_ASSERT_EQUAL(memcmp(at, m->U, 4 * 5 * sizeof(float)), 0);
    at = array(&c, "i_bias.npy",
               "{'descr': '<f4', 'fortran_order': False, 'shape': (5,), }  ");
    CU_ASSERT_EQUAL(memcmp(at, m->bi, 5 * sizeof(float)), 0);
    model_free(m);
    free(c.bytes);
}

static void
texts_are_utf_32_of_the_longest(void)
{
    /* "Amélie (2001)" has 13 characters */
    static const uint32_t amelie[] = { 'A', 'm', 0xe9, 'l', 'i', 'e', ' ',
                                       '(', '2', '0',  '0', '1', ')' };
    static const uint32_t b[13] = { 'B' };
    struct collected c = { 0 };
    const char *at;

    CU_ASSERT_EQUAL_FATAL(write_small(&c, true, NULL), ERR_OK);
    at = array(&c, "title.npy",
               "{'descr': '<U13', 'fortran_order': False, 'shape': (5,), }  ");
    CU_ASSERT_EQUAL(memcmp(at + 2 * sizeof(amelie), amelie, sizeof(amelie)), 0);
    CU_ASSERT_EQUAL(memcmp(at + 3 * sizeof(b), b, sizeof(b)), 0);
    free(c.bytes);
}

static void
films_have_their_lowest_id_and_their_genres(void)
{
    static const int64_t ids[] = { 0, 4, 1, 2, 3 };
    static const char has[] = { 0, 0, 1, 1, 0, 0, 0, 1, 0, 0 };
    struct collected c = { 0 };
    const char *at;

    CU_ASSERT_EQUAL_FATAL(write_small(&c, true, NULL), ERR_OK);
    at = array(&c, "item_id.npy",
               "{'descr': '<i8', 'fortran_order': False, 'shape': (5,), }  ");
    CU_ASSERT_EQUAL(memcmp(at, ids, sizeof(ids)), 0);
    at = array(&c, "has_genre.npy",
               "{'descr': '|b1', 'fortran_order': False, 'shape': (5, 2), }  ");
    CU_ASSERT_EQUAL(memcmp(at, has, sizeof(has)), 0);
    free(c.bytes);
}

static void
ids_that_are_no_numbers_are_texts(void)
{
    struct collected c = { 0 };

    CU_ASSERT_EQUAL_FATAL(write_small(&c, false, NULL), ERR_OK);
    (void)array(&c, "user_id.npy", "{'descr': '<U4', ");
    (void)array(&c, "item_id.npy", "{'descr': '<U4', ");
    free(c.bytes);
}

static void
the_manual_has_all_arrays(void)
{
    struct collected c = { 0 };
    size_t n = 0;

    CU_ASSERT_EQUAL_FATAL(write_small(&c, true, NULL), ERR_OK);
    for (const char *at = c.bytes;
         (at = memmem(at, (size_t)(c.bytes + c.n - at), "\x93NUMPY", 6)) != NULL; at++)
        n++;
    for (const struct tensor_about *a = npz_arrays; a->name != NULL; a++, n--) {
        char member[32];
        const char *at;

        snprintf(member, sizeof(member), "%s.npy\x93", a->name);
        at = memmem(c.bytes, c.n, member, strlen(member));
        CU_ASSERT_PTR_NOT_NULL(at);
    }
    CU_ASSERT_EQUAL(n, 0);
    free(c.bytes);
}

static void
every_failure_is_reported(void)
{
    struct model *m = small_model();
    struct catalog *catalog = small_catalog(false);
    enum err_code rc = ERR_NOMEM;
    struct err err;

    for (unsigned long n = 1; rc != ERR_OK; n++) {
        struct collected c = { 0 };
        const struct sink to = collected_sink(&c);

        mem_fail_at(n, 0);
        rc = npz_write(&to, m, catalog, &err);
        mem_fail_at(0, 0);
        /* user_id, item_id, title, genre, has_genre */
        CU_ASSERT_EQUAL(rc, n <= 5 ? ERR_NOMEM : ERR_OK);
        free(c.bytes);
    }
    rc = ERR_IO;
    for (unsigned i = 1; rc != ERR_OK; i++) {
        struct collected c = { .fail_at = i };
        const struct sink to = collected_sink(&c);

        rc = npz_write(&to, m, catalog, &err);
        CU_ASSERT(rc == ERR_OK || (rc == ERR_IO && strcmp(err.msg, "full") == 0));
        free(c.bytes);
    }
    model_free(m);
    catalog_free(catalog);
}

CU_TestInfo tests_npz[] = {
    { "tables are float matrices of the model",
      tables_are_float_matrices_of_the_model },
    { "texts are UTF-32 of the longest", texts_are_utf_32_of_the_longest },
    { "films have their lowest id and their genres",
      films_have_their_lowest_id_and_their_genres },
    { "ids that are no numbers are texts", ids_that_are_no_numbers_are_texts },
    { "every failure is reported", every_failure_is_reported },
    { "the manual has all arrays", the_manual_has_all_arrays },
    CU_TEST_INFO_NULL,
};

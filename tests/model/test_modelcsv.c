/* test_modelcsv.c - a row for each user and film, quoted where it must be. */
#include "config.h"

#include "src/model/modelcsv.h"

#include "tests/collected.h"
#include "tests/model/small.h"
#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

/* The small model with one factor that is easy to read, and this title for film 1. */
static void
write_with(struct collected *ret, const char *title, enum modelcsv_texts texts)
{
    const struct sink to = collected_sink(ret);
    struct catalog *c = small_catalog(true);
    struct strtab titles = { 0 };
    struct model *m = NULL;

    CU_ASSERT_EQUAL_FATAL(model_new(&m, SMALL_USERS, SMALL_ITEMS, 1, 0, 5, NULL),
                          ERR_OK);
    m->U[1] = 0.1F;
    m->bu[1] = -2;
    m->I[1] = 1e-7F;
    m->bi[1] = 0.25F;
    for (size_t i = 0; i < c->title.n; i++) {
        const char *s = i == 1 ? title : strtab_get(&c->title, i);

        CU_ASSERT_EQUAL_FATAL(strtab_add(&titles, s, strlen(s), NULL), ERR_OK);
    }
    strtab_done(&c->title);
    c->title = titles;
    CU_ASSERT_EQUAL(modelcsv_write(&to, m, c, texts, NULL), ERR_OK);
    model_free(m);
    catalog_free(c);
}

static void
users_come_first_then_films(void)
{
    struct collected c = { 0 };

    write_with(&c, "Ab", MODELCSV_BYTES);
    CU_ASSERT_STRING_EQUAL(c.bytes, "kind,id,title,bias,f1\n"
                                    "user,10,,-2,0.1\n"
                                    "user,20,,0,0\n"
                                    "user,30,,0,0\n"
                                    "item,4,Ab,0.25,1e-07\n"
                                    "item,1,Am\xc3\xa9lie (2001),0,0\n"
                                    "item,2,B,0,0\n"
                                    "item,3,B,0,0\n");
    free(c.bytes);
}

static void
has_row(const char *title, enum modelcsv_texts texts, const char *row)
{
    struct collected c = { 0 };

    write_with(&c, title, texts);
    CU_ASSERT_PTR_NOT_NULL(strstr(c.bytes, row));
    free(c.bytes);
}

static void
titles_are_quoted_where_they_must_be(void)
{
    has_row("a, b", MODELCSV_BYTES, "item,4,\"a, b\",0.25,1e-07\n");
    has_row("\"a\" b", MODELCSV_BYTES, "item,4,\"\"\"a\"\" b\",0.25,1e-07\n");
    has_row("a\nb", MODELCSV_BYTES, "item,4,\"a\nb\",0.25,1e-07\n");
    has_row("a b", MODELCSV_BYTES, "item,4,a b,0.25,1e-07\n");
}

static void
titles_keep_their_bytes_but_on_a_terminal(void)
{
    has_row("\033[2J\xe2\x80\xae", MODELCSV_BYTES, "item,4,\033[2J\xe2\x80\xae,");
    has_row("\033[2J\xe2\x80\xae", MODELCSV_DISPLAY, "item,4,\\x1b[2J\\u202e,");
    has_row("a\nb", MODELCSV_DISPLAY, "item,4,a\\x0ab,");
}

CU_TestInfo tests_modelcsv[] = {
    { "users come first, then films", users_come_first_then_films },
    { "titles are quoted where they must be", titles_are_quoted_where_they_must_be },
    { "titles keep their bytes but on a terminal",
      titles_keep_their_bytes_but_on_a_terminal },
    CU_TEST_INFO_NULL,
};

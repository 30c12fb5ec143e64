/* test_tags.c - words that people gave films. */
#include "config.h"

#include "src/base/mem.h"
#include "src/data/dataset.h"
#include "src/data/tags.h"

#include "tests/explore/films_made.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

static enum err_code
read_in(struct tags **ret, const char *s, size_t block, enum tags_format format,
        struct err *err)
{
    struct source *src = NULL;
    enum err_code rc;

    CU_ASSERT_EQUAL_FATAL(source_open_bytes(&src, "tags.csv", s, strlen(s), '\0', err),
                          ERR_OK);
    if (block > 0)
        source_set_block(src, block);
    rc = tags_read(ret, src, format, false, err);
    source_close(src);
    return rc;
}

/* All taggings as "id tag;". */
static const char *
shown(const struct tags *t, char out[512])
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < t->n && used < 512; i++)
        used += (size_t)snprintf(out + used, 512 - used, "%d %s;",
                                 (int)t->film.num[t->film_of[i]],
                                 strtab_get(&t->name.text, t->name_of[i]));
    return out;
}

static const char csv[] = "userId,movieId,tag,timestamp\n"
                          "1,7,Funny,5\n"
                          "2,7,  funny ,6\n"
                          "2,9,\"Gr\xc3\x9c\xc3\x9f"
                          "e, \"\"two\"\"\nlines\",7\r\n"
                          "\n"
                          "3,9,\x1b[31mred,8\n";
static const char csv_shown[] = "7 funny;7 funny;9 gr\xc3\xbcsse, \"two\"\nlines;"
                                "9 \x1b[31mred;";

static void
tags_are_the_same_whatever_their_case_and_blanks(void)
{
    struct tags *t = NULL;
    char out[512];

    CU_ASSERT_EQUAL_FATAL(read_in(&t, csv, 0, TAGS_CSV, NULL), ERR_OK);
    CU_ASSERT_STRING_EQUAL(shown(t, out), csv_shown);
    CU_ASSERT_EQUAL(t->name.n, 3);
    CU_ASSERT_EQUAL(t->rejects.n_rows, 4);
    CU_ASSERT_EQUAL(t->rejects.n, 0);
    tags_free(t);
}

static void
they_do_not_depend_on_the_size_of_reads(void)
{
    for (size_t block = strlen("userId,movieId,tag,timestamp\n"); block < sizeof(csv);
         block++) {
        struct tags *t = NULL;
        char out[512];

        CU_ASSERT_EQUAL_FATAL(read_in(&t, csv, block, TAGS_CSV, NULL), ERR_OK);
        CU_ASSERT_STRING_EQUAL(shown(t, out), csv_shown);
        tags_free(t);
    }
}

static void
bad_rows_are_rejected_with_their_places(void)
{
    static const struct {
        const char *row;
        unsigned column;
        const char *reason;
    } bad[] = {
        { "1,,funny,5", 2, "movie id" },
        { "1,-3,funny,5", 2, "whole number" },
        { "1,7,,5", 3, "a word" },
        { "1,7,   ,5", 3, "a word" },
        { "1,7,gr\xfc"
          "n,5",
          3, "UTF-8" },
        { "1,7,funny", 4, "3 fields" },
        { "1,7,\"funny,5", 3, "" },
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct tags *t = NULL;
        char text[200], out[512];

        snprintf(text, sizeof(text), "userId,movieId,tag,timestamp\n1,7,a,5\n%s\n",
                 bad[i].row);
        CU_ASSERT_EQUAL_FATAL(read_in(&t, text, 0, TAGS_CSV, NULL), ERR_OK);
        CU_ASSERT_STRING_EQUAL(shown(t, out), "7 a;");
        CU_ASSERT_EQUAL(t->rejects.n, 1);
        CU_ASSERT_EQUAL_FATAL(t->rejects.n_kept, 1);
        CU_ASSERT_EQUAL(t->rejects.row[0].line, 3);
        CU_ASSERT_EQUAL(t->rejects.row[0].column, bad[i].column);
        CU_ASSERT_PTR_NOT_NULL(strstr(t->rejects.row[0].reason, bad[i].reason));
        tags_free(t);
    }
}

static void
a_sentence_is_no_name_and_no_mistake(void)
{
    struct tags *t = NULL;
    char text[400], out[512];

    snprintf(text, sizeof(text), "movieId;tag\n7;%0*d\n7;%0*d\n", TAGS_MAX_BYTES, 1,
             TAGS_MAX_BYTES + 1, 1);
    CU_ASSERT_EQUAL_FATAL(read_in(&t, text, 0, TAGS_CSV, NULL), ERR_OK);
    CU_ASSERT_EQUAL(t->n, 1);
    CU_ASSERT_EQUAL(strlen(shown(t, out)), TAGS_MAX_BYTES + 3);
    CU_ASSERT_EQUAL(t->rejects.n_rows, 2);
    CU_ASSERT_EQUAL(t->rejects.n, 0);
    tags_free(t);
}

static void
tags_dat_has_fixed_fields_and_may_be_latin_1(void)
{
    struct tags *t = NULL;
    char out[512];

    CU_ASSERT_EQUAL_FATAL(
        read_in(&t, "1::7::Caf\xe9::5\n2::9::a,b::6\n2::9\n", 0, TAGS_DAT, NULL),
        ERR_OK);
    CU_ASSERT_STRING_EQUAL(shown(t, out), "7 caf\xc3\xa9;9 a,b;");
    CU_ASSERT_EQUAL(t->rejects.n, 1);
    tags_free(t);
}

static void
a_file_without_the_columns_says_what_was_expected(void)
{
    struct tags *t = NULL;
    struct err err = { 0 };

    CU_ASSERT_EQUAL(read_in(&t, "movieId,word\n7,a\n", 0, TAGS_CSV, &err), ERR_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "tags.csv:1"));
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "userId,movieId,tag"));
}

/* ---- in a catalog
 * --------------------------------------------------------------------
 */

/* Tags of film `row`, joined by bars. */
static const char *
tags_of(const struct catalog *c, uint32_t row, char out[512])
{
    size_t used = 0;

    out[0] = '\0';
    for (uint32_t k = c->tag_of.start[row]; k < c->tag_of.start[row + 1]; k++)
        used += (size_t)snprintf(out + used, 512 - used, "%s%s", used > 0 ? "|" : "",
                                 strtab_get(&c->tag, c->tag_of.value[k]));
    return out;
}

/* Ten films with the ids 1 … 10: "b" is on all, "a" on 1 … 5, twice on 1, "c" on 1 …
 * 4 and, which does not count, on two films that are not there. */
static struct tags *
made_tags(void)
{
    struct tags *t = NULL;
    char text[2000] = "movieId,tag\n1,A\n40,c\n41,c\n";

    for (int i = 1; i <= 10; i++) {
        size_t used = strlen(text);

        used += (size_t)snprintf(text + used, sizeof(text) - used, "%d,b\n", i);
        if (i <= 5)
            used += (size_t)snprintf(text + used, sizeof(text) - used, "%d,a\n", i);
        if (i <= 4)
            snprintf(text + used, sizeof(text) - used, "%d,c\n", i);
    }
    CU_ASSERT_EQUAL_FATAL(read_in(&t, text, 0, TAGS_CSV, NULL), ERR_OK);
    return t;
}

static struct catalog *
made_catalog(void)
{
    struct film film[10];

    for (int i = 0; i < 10; i++)
        film[i] = (struct film){ "T", i + 1, 0, "", 5, 3, 0 };
    return films_catalog(film, 10, 1);
}

static void
a_catalog_keeps_the_tags_of_five_films_and_more(void)
{
    struct tags *t = made_tags();
    struct catalog *c = made_catalog();
    char out[512];

    CU_ASSERT_EQUAL_FATAL(tags_to_catalog(c, t, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(c->tag.n, 2);
    CU_ASSERT_STRING_EQUAL(strtab_get(&c->tag, 0), "a");
    CU_ASSERT_STRING_EQUAL(tags_of(c, 1, out), "a|b");
    CU_ASSERT_STRING_EQUAL(tags_of(c, 5, out), "a|b");
    CU_ASSERT_STRING_EQUAL(tags_of(c, 6, out), "b");
    CU_ASSERT_STRING_EQUAL(tags_of(c, 0, out), "");
    CU_ASSERT_EQUAL(c->tag_of.start[11], 15);
    tags_free(t);
    catalog_free(c);
}

static void
of_many_tags_those_on_most_films_are_kept(void)
{
    enum { FILMS = 10, NAMES = TAGS_KEPT + 3 };
    static char text[NAMES * FILMS * 16];
    struct catalog *c = made_catalog();
    struct tags *t = NULL;
    size_t used = (size_t)snprintf(text, sizeof(text), "movieId,tag\n");

    /* Tag 0 is on all films, the last ten on six, the others on five. */
    for (int n = 0; n < NAMES; n++)
        for (int i = 1; i <= (n == 0 ? 10 : n >= NAMES - 10 ? 6 : 5); i++)
            used +=
                (size_t)snprintf(text + used, sizeof(text) - used, "%d,t%04d\n", i, n);
    CU_ASSERT_EQUAL_FATAL(read_in(&t, text, 0, TAGS_CSV, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(tags_to_catalog(c, t, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(c->tag.n, TAGS_KEPT);
    /* Of those on five films the last three by name had to go. */
    CU_ASSERT_STRING_EQUAL(strtab_get(&c->tag, TAGS_KEPT - 11), "t0389");
    CU_ASSERT_STRING_EQUAL(strtab_get(&c->tag, TAGS_KEPT - 10), "t0393");
    CU_ASSERT_STRING_EQUAL(strtab_get(&c->tag, TAGS_KEPT - 1), "t0402");
    tags_free(t);
    catalog_free(c);
}

static void
a_folder_with_tags_gives_them_to_its_films(void)
{
    static const char ratings[] = "userId,movieId,rating,timestamp\n1,1,3,1\n1,2,3,1\n"
                                  "1,3,3,1\n1,4,3,1\n1,5,3,1\n";
    static const char tags[] = "userId,movieId,tag,timestamp\n1,1,X,1\n1,2,x,1\n"
                               "1,3,x,1\n1,4,x,1\n1,5,x,1\n1,z,x,1\n";
    struct dataset_options opt = dataset_defaults();
    struct dataset *d = NULL;
    char dir[256];

    scratch_make(dir);
    scratch_write(scratch_path(dir, "ratings.csv"), ratings, strlen(ratings));
    scratch_write(scratch_path(dir, "tags.csv"), tags, strlen(tags));
    CU_ASSERT_EQUAL_FATAL(dataset_load(&d, dir, &opt, NULL, NULL), ERR_OK);
    CU_ASSERT_EQUAL(d->n_tags, 5);
    CU_ASSERT_EQUAL(d->n_lines, 11);
    CU_ASSERT_EQUAL(d->n_rejected, 1);
    CU_ASSERT_EQUAL_FATAL(d->n_rejects_kept, 1);
    CU_ASSERT_STRING_EQUAL(d->rejects[0].file, d->tags_path);
    CU_ASSERT_EQUAL(d->catalog->tag.n, 1);
    CU_ASSERT_EQUAL(d->catalog->tag_of.start[6], 5);
    dataset_free(d);
    scratch_remove(dir);
}

static void
every_failing_allocation_is_reported(void)
{
    enum err_code rc = ERR_NOMEM;
    struct tags *t = NULL;

    for (unsigned long n = 1; rc != ERR_OK && n < 200; n++) {
        struct source *src = NULL;

        CU_ASSERT_EQUAL_FATAL(
            source_open_bytes(&src, "tags.csv", csv, strlen(csv), '\0', NULL), ERR_OK);
        mem_fail_at(n, 0);
        rc = tags_read(&t, src, TAGS_CSV, false, NULL);
        mem_fail_at(0, 0);
        source_close(src);
        CU_ASSERT(rc == ERR_OK || (rc == ERR_NOMEM && t == NULL));
    }
    CU_ASSERT_EQUAL(rc, ERR_OK);
    tags_free(t);
    t = made_tags();
    rc = ERR_NOMEM;
    for (unsigned long n = 1; rc != ERR_OK && n < 200; n++) {
        struct catalog *c = made_catalog();

        mem_fail_at(n, 0);
        rc = tags_to_catalog(c, t, NULL);
        mem_fail_at(0, 0);
        CU_ASSERT(rc == ERR_OK || rc == ERR_NOMEM);
        catalog_free(c);
    }
    CU_ASSERT_EQUAL(rc, ERR_OK);
    tags_free(t);
}

CU_TestInfo tests_tags[] = {
    { "tags are the same whatever their case and blanks",
      tags_are_the_same_whatever_their_case_and_blanks },
    { "they do not depend on the size of reads",
      they_do_not_depend_on_the_size_of_reads },
    { "bad rows are rejected with their places",
      bad_rows_are_rejected_with_their_places },
    { "a sentence is no name and no mistake", a_sentence_is_no_name_and_no_mistake },
    { "tags.dat has fixed fields and may be Latin-1",
      tags_dat_has_fixed_fields_and_may_be_latin_1 },
    { "a file without the columns says what was expected",
      a_file_without_the_columns_says_what_was_expected },
    { "a catalog keeps the tags of five films and more",
      a_catalog_keeps_the_tags_of_five_films_and_more },
    { "of many tags those on most films are kept",
      of_many_tags_those_on_most_films_are_kept },
    { "a folder with tags gives them to its films",
      a_folder_with_tags_gives_them_to_its_films },
    { "every failing allocation is reported", every_failing_allocation_is_reported },
    CU_TEST_INFO_NULL,
};

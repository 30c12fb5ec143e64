/*
 * fuzz_ownratings.c - any bytes are own ratings or an error with a message; what was
 * matched is a film, and its stars are on the scale.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/data/ownratings.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

#define N 4

static struct catalog *c;

static void
must(bool ok)
{
    if (!ok)
        abort();
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const char *const titles[] = { "", "Heat (1995)",
                                          "Seven (a.k.a. Se7en) (1995)",
                                          "Ångström, The: Part 2 (Été, L') (2001)",
                                          "((" };
    static uint32_t start[] = { 0, 0, 1, 2, 3, 4 }, value[] = { 0, 1, 2, 3 };
    static int64_t id[] = { 6, 47, 300, 2001 };
    static int32_t imdb[] = { 113277, 0, 7, 0 };
    static int16_t year[] = { 0, 1995, 1995, 2001, 0 };
    static uint32_t count[] = { 0, 900, 12, 0, 5 };

    (void)argc, (void)argv;
    must(catalog_new(&c, NULL) == ERR_OK);
    c->n_items = N;
    for (int i = 0; i <= N; i++)
        must(strtab_add(&c->title, titles[i], strlen(titles[i]), NULL) == ERR_OK);
    c->item_id = (struct idcol){ .n = N, .numeric = true, .num = id };
    c->id_of = (struct listcol){ .start = start, .value = value };
    c->imdb = imdb;
    c->year = year;
    c->count = count;
    return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    const struct ownratings_scale scale = { 1, 5 };
    struct ownratings *o = NULL;
    struct err err = { 0 };
    size_t matched = 0;

    if (ownratings_read_bytes(&o, "own", (const char *)data, len, c, scale, &err) !=
        ERR_OK) {
        must(o == NULL && err.code == ERR_DATA && err.msg[0] != '\0');
        return 0;
    }
    must(o->n > 0 && o->film.n == o->n);
    for (size_t i = 0; i < o->n; i++) {
        const struct ownrating *own = &o->rating[i];

        must(own->found.row <= N && own->found.n_near <= TITLES_NEAR);
        must(own->stars >= 1 && own->stars <= 5 && own->line > 0);
        matched += own->found.row != 0;
    }
    must(matched == o->n_matched);
    ownratings_free(o);
    return 0;
}

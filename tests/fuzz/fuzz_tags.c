/*
 * fuzz_tags.c - whatever a tags file holds, it is read or refused, and what a catalog
 * keeps of it is what a model file promises.
 *
 * The first byte of the input picks the format; the file follows.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/data/tags.h"
#include "src/model/modelfile_check.h"

#include <stdint.h>
#include <stdlib.h>

#define FILMS 9 /* with the ids 1 … 9 */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static struct catalog *
make_catalog(void)
{
    struct catalog *c = NULL;

    if (catalog_new(&c, NULL) != ERR_OK)
        abort();
    c->n_items = FILMS;
    c->user = (struct idcol){ .n = 1, .numeric = true, .num = mem_new(1, 8) };
    c->item_id =
        (struct idcol){ .n = FILMS, .numeric = true, .num = mem_new(FILMS, 8) };
    c->id_of = (struct listcol){ mem_new(FILMS + 2, 4), mem_new(FILMS, 4) };
    c->genre_of = (struct listcol){ mem_new(FILMS + 2, 4), mem_new(0, 4) };
    c->year = mem_new(FILMS + 1, sizeof(*c->year));
    c->count = mem_new(FILMS + 1, sizeof(*c->count));
    c->mean = mem_new(FILMS + 1, sizeof(*c->mean));
    for (uint32_t i = 0; i <= FILMS; i++) {
        if (strtab_add(&c->title, "t", 1, NULL) != ERR_OK)
            abort();
        c->id_of.start[i + 1] = i;
        if (i > 0) {
            c->item_id.num[i - 1] = i;
            c->id_of.value[i - 1] = i - 1;
        }
    }
    return c;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct catalog *c = NULL;
    struct source *src = NULL;
    struct tags *t = NULL;

    if (len < 1 ||
        source_open_bytes(&src, "tags", data + 1, len - 1, '\0', NULL) != ERR_OK)
        return 0;
    if (tags_read(&t, src, data[0] % 2 ? TAGS_DAT : TAGS_CSV, false, NULL) == ERR_OK) {
        c = make_catalog();
        if (tags_to_catalog(c, t, NULL) != ERR_OK ||
            modelfile_check_catalog(c, "tags", NULL) != ERR_OK)
            abort();
    }
    catalog_free(c);
    tags_free(t);
    source_close(src);
    return 0;
}

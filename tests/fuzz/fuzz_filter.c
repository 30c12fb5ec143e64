/*
 * fuzz_filter.c - any text is a filter or an error with a message, and a filter answers
 * for every film, the same when it is negated twice.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/filter.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

#define N 3

static struct catalog *c;
static struct model *m;

static void
must(bool ok)
{
    if (!ok)
        abort();
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const char *const titles[] = { "", "Alien (1979)", "Ångström",
                                          "Mars: \"2\"" };
    static uint32_t start[] = { 0, 0, 1, 1, 3 }, value[] = { 0, 1, 0 };
    static int16_t year[] = { 0, 1979, 0, 1999 };
    static uint32_t count[] = { 0, 900, 12, 0 };
    static float mean[] = { 0, 4.1f, 3, NAN };

    (void)argc, (void)argv;
    must(catalog_new(&c, NULL) == ERR_OK &&
         model_new(&m, 1, N, 1, 0, 5, NULL) == ERR_OK);
    c->n_items = N;
    for (int i = 0; i <= N; i++)
        must(strtab_add(&c->title, titles[i], strlen(titles[i]), NULL) == ERR_OK);
    must(strtab_add(&c->genre, "Drama", 5, NULL) == ERR_OK &&
         strtab_add(&c->genre, "Sci-Fi", 6, NULL) == ERR_OK);
    c->genre_of = (struct listcol){ .start = start, .value = value };
    c->year = year;
    c->count = count;
    c->mean = mean;
    m->bi[1] = 0.3f;
    m->bi[2] = -0.3f;
    return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    char *text = calloc(len + 6, 1);
    struct filter *f = NULL, *twice = NULL;
    struct err err = { 0 };

    must(text != NULL);
    memcpy(text, data, len);
    if (filter_new(&f, text, c, m, FILTER_WITH_SEEN, &err) != ERR_OK) {
        must(f == NULL && err.code == ERR_ARG && err.msg[0] != '\0');
    } else if (snprintf(text, len + 6, "--(%.*s)", (int)len, (const char *)data) > 0 &&
               filter_new(&twice, text, c, m, FILTER_WITH_SEEN, &err) == ERR_OK) {
        for (uint32_t row = 1; row <= N; row++)
            must(filter_match(f, row, row == 2) == filter_match(twice, row, row == 2));
    }
    filter_free(f);
    filter_free(twice);
    free(text);
    return 0;
}

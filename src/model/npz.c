/* npz.c - a model as numpy arrays; see npz.h. */
#include "config.h"

#include "src/model/npz.h"

#include "src/base/mem.h"
#include "src/base/zip.h"

#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistr.h>

#define HEADER_MAX 128 /* bytes of any header of ours */
#define CHARACTER  4   /* bytes of one in numpy's U */

const struct tensor_about npz_arrays[] = {
    { "u_weight", "float32", "m + 1, k", "factors of users" },
    { "i_weight", "float32", "n + 1, k", "factors of films" },
    { "u_bias", "float32", "m + 1", "biases of users" },
    { "i_bias", "float32", "n + 1", "biases of films" },
    { "y_range", "float32", "2", "bounds lo and hi of predictions" },
    { "user_id", "int64 or str", "m + 1", "ids of users" },
    { "item_id", "int64 or str", "n + 1", "the lowest movieId of each film" },
    { "title", "str", "n + 1", "titles" },
    { "year", "int16", "n + 1", "years; 0: none" },
    { "ratings", "int32", "n + 1", "how many ratings a film has" },
    { "mean", "float32", "n + 1", "their mean; NaN without any" },
    { "genre", "str", "any", "names of genres, where there are any" },
    { "has_genre", "bool", "n + 1, genres", "which film is of which" },
    { NULL, NULL, NULL, NULL },
};

/* An array to be written. */
struct array {
    const char *name; /* of the member, with ".npy" */
    const char *type; /* as numpy writes it, without its byte order: "f4" */
    uint64_t width;   /* bytes of an element */
    uint64_t rows;
    uint64_t columns; /* 0: of one dimension */
    const void *from; /* borrowed */
};

/* The archive being written; after an error the steps do nothing. */
struct writing {
    struct zip zip;
    const struct catalog *c;
    enum err_code rc;
    struct err *err;
};

/* What stands before the elements: magic, version 1.0, length, a Python literal that
 * makes all of it a multiple of 64 bytes. Bytes used. */
static size_t
put_header(char out[HEADER_MAX], const struct array *a)
{
    char shape[48];
    size_t n, whole;

    if (a->columns == 0)
        snprintf(shape, sizeof(shape), "(%" PRIu64 ",)", a->rows);
    else
        snprintf(shape, sizeof(shape), "(%" PRIu64 ", %" PRIu64 ")", a->rows,
                 a->columns);
    n = 10 +
        (size_t)snprintf(out + 10, HEADER_MAX - 10,
                         "{'descr': '%c%s', 'fortran_order': False, 'shape': %s, }",
                         a->width == 1 ? '|' : '<', a->type, shape);
    whole = (n + 1 + 63) / 64 * 64;
    assert(whole <= HEADER_MAX);
    memset(out + n, ' ', whole - n);
    out[whole - 1] = '\n';
    memcpy(out, "\x93NUMPY\1\0", 8);
    out[8] = (char)(whole - 10);
    out[9] = 0;
    return whole;
}

static void
put_array(struct writing *w, const struct array *a)
{
    const size_t bytes =
        (size_t)(a->rows * (a->columns != 0 ? a->columns : 1) * a->width);
    char header[HEADER_MAX];
    size_t n = put_header(header, a);
    uint32_t crc;

    if (w->rc != ERR_OK)
        return;
    crc = zip_crc(zip_crc(0, header, n), a->from, bytes);
    w->rc = zip_begin(&w->zip, a->name, n + bytes, crc, w->err);
    if (w->rc == ERR_OK)
        w->rc = zip_write(&w->zip, header, n, w->err);
    if (w->rc == ERR_OK)
        w->rc = zip_write(&w->zip, a->from, bytes, w->err);
}

/* ---- texts -------------------------------------------------------------------- */

/* Text of row i; into buf where it is made. */
typedef const char *text_fn(const struct catalog *c, uint32_t i, char buf[24]);

static const char *
title_text(const struct catalog *c, uint32_t i, char buf[24])
{
    (void)buf;
    return strtab_get(&c->title, i);
}

static const char *
genre_text(const struct catalog *c, uint32_t i, char buf[24])
{
    (void)buf;
    return strtab_get(&c->genre, i);
}

static const char *
user_text(const struct catalog *c, uint32_t i, char buf[24])
{
    return idcol_text(&c->user, i, buf);
}

static const char *
item_text(const struct catalog *c, uint32_t i, char buf[24])
{
    return i > 0 ? catalog_item_id(c, i, buf) : "";
}

/* Characters of the longest; numpy has no texts of none. */
static size_t
longest_text(const struct catalog *c, uint32_t n, text_fn *text)
{
    size_t most = 1;
    char buf[24];

    for (uint32_t i = 0; i < n; i++) {
        const uint8_t *s = (const uint8_t *)text(c, i, buf);
        size_t len = u8_mbsnlen(s, u8_strlen(s));

        if (len > most)
            most = len;
    }
    return most;
}

static void
put_texts(struct writing *w, const char *name, uint32_t n, text_fn *text)
{
    size_t most = longest_text(w->c, n, text);
    /* One more: u8_next writes a 0 behind the last text. */
    uint32_t *out = mem_new((size_t)n * most + 1, CHARACTER);
    char type[24], buf[24];

    if (out == NULL && w->rc == ERR_OK)
        w->rc = err_nomem(w->err, (unsigned long long)n * most * CHARACTER, name);
    for (uint32_t i = 0; w->rc == ERR_OK && i < n; i++) {
        const uint8_t *s = (const uint8_t *)text(w->c, i, buf);
        uint32_t *at = out + (size_t)i * most;

        while ((s = u8_next(at, s)) != NULL)
            at++;
    }
    snprintf(type, sizeof(type), "U%zu", most);
    put_array(w, &(struct array){ name, type, most * CHARACTER, n, 0, out });
    mem_free(out);
}

/* ---- numbers ------------------------------------------------------------------ */

static void
put_item_ids(struct writing *w)
{
    const struct catalog *c = w->c;
    const uint32_t n = c->n_items + 1;
    int64_t *id;

    if (!c->item_id.numeric) {
        put_texts(w, "item_id.npy", n, item_text);
        return;
    }
    id = mem_new(n, sizeof(*id));
    if (id == NULL && w->rc == ERR_OK)
        w->rc = err_nomem(w->err, n * sizeof(*id), "item_id.npy");
    for (uint32_t i = 1; w->rc == ERR_OK && i < n; i++)
        id[i] = c->item_id.num[c->id_of.value[c->id_of.start[i]]];
    put_array(w, &(struct array){ "item_id.npy", "i8", 8, n, 0, id });
    mem_free(id);
}

static void
put_has_genre(struct writing *w)
{
    const struct listcol *l = &w->c->genre_of;
    const uint32_t n = w->c->n_items + 1;
    const size_t g = w->c->genre.n;
    uint8_t *has = mem_new((size_t)n * g, 1);

    if (has == NULL && w->rc == ERR_OK)
        w->rc = err_nomem(w->err, n * g, "has_genre.npy");
    for (uint32_t i = 0; w->rc == ERR_OK && i < n; i++)
        for (uint32_t j = l->start[i]; j < l->start[i + 1]; j++)
            has[i * g + l->value[j]] = 1;
    put_array(w, &(struct array){ "has_genre.npy", "b1", 1, n, g, has });
    mem_free(has);
}

static void
put_model(struct writing *w, const struct model *m)
{
    const uint64_t m1 = (uint64_t)m->n_users + 1, n1 = (uint64_t)m->n_items + 1;
    const float y_range[2] = { m->y_lo, m->y_hi };

    put_array(w, &(struct array){ "u_weight.npy", "f4", 4, m1, m->k, m->U });
    put_array(w, &(struct array){ "i_weight.npy", "f4", 4, n1, m->k, m->I });
    put_array(w, &(struct array){ "u_bias.npy", "f4", 4, m1, 0, m->bu });
    put_array(w, &(struct array){ "i_bias.npy", "f4", 4, n1, 0, m->bi });
    put_array(w, &(struct array){ "y_range.npy", "f4", 4, 2, 0, y_range });
}

static void
put_catalog(struct writing *w)
{
    const struct catalog *c = w->c;
    const uint32_t m1 = c->n_users + 1, n1 = c->n_items + 1;

    if (c->user.numeric)
        put_array(w, &(struct array){ "user_id.npy", "i8", 8, m1, 0, c->user.num });
    else
        put_texts(w, "user_id.npy", m1, user_text);
    put_item_ids(w);
    put_texts(w, "title.npy", n1, title_text);
    put_array(w, &(struct array){ "year.npy", "i2", 2, n1, 0, c->year });
    put_array(w, &(struct array){ "ratings.npy", "i4", 4, n1, 0, c->count });
    put_array(w, &(struct array){ "mean.npy", "f4", 4, n1, 0, c->mean });
    if (c->genre.n > 0) {
        put_texts(w, "genre.npy", (uint32_t)c->genre.n, genre_text);
        put_has_genre(w);
    }
}

enum err_code
npz_write(const struct sink *to, const struct model *m, const struct catalog *c,
          struct err *err)
{
    struct writing w = { .zip = { .to = to }, .c = c, .rc = ERR_OK, .err = err };

    put_model(&w, m);
    put_catalog(&w);
    return w.rc == ERR_OK ? zip_end(&w.zip, err) : w.rc;
}

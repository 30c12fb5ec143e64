/* modelfile.c - writing a model with its catalog; see modelfile.h. */
#include "config.h"

#include "src/model/modelfile.h"

#include "src/model/modelfile_check.h"
#include "src/model/safetensors.h"

#include <assert.h>

/* The two tensors of texts, and of lists of places in another. */
#define TEXTS(name, n_starts, what)                                     \
    { "mltui." name "_start", "I64", n_starts, what },                  \
    {                                                                   \
        "mltui." name "_bytes", "U8", "any", "the bytes of these texts" \
    }
#define LISTS(name, what, of)                                         \
    { "mltui." name "_start", "I32", "n + 2", "lists of the " what }, \
    {                                                                 \
        "mltui." name, "I32", "any", "places in " of                  \
    }

const struct tensor_about modelfile_tensors[] = {
    { "u_weight.weight", "F32", "m + 1, k", "factors of users" },
    { "i_weight.weight", "F32", "n + 1, k", "factors of films" },
    { "u_bias.weight", "F32", "m + 1, 1", "biases of users" },
    { "i_bias.weight", "F32", "n + 1, 1", "biases of films" },
    { "mltui.y_range", "F32", "2", "bounds lo and hi of predictions" },
    { "mltui.user_id", "I64", "m + 1", "ids of users, rising, where all are numbers" },
    TEXTS("user_id", "m + 2", "else they are texts, in the order of their bytes"),
    { "mltui.item_id", "I64", "any", "every movieId that some film has, rising" },
    TEXTS("item_id", "any", "the same where not all are numbers"),
    LISTS("item_ids", "ids that a film has", "item_id, the lowest of a film first"),
    TEXTS("title", "n + 2", "titles of films, as in the data"),
    { "mltui.year", "I16", "n + 1", "year of the title; 0: none" },
    TEXTS("genre", "any", "names of genres"),
    LISTS("item_genres", "genres that a film has", "genre"),
    TEXTS("tag", "any",
          "words that people gave films, the most used, in the order of their bytes; "
          "with the next three only where there are some"),
    LISTS("item_tags", "tags that a film has", "tag"),
    { "mltui.imdb", "I32", "any",
      "of each id in item_id the number in IMDb's id, 0 where it is not known; there "
      "where links.csv was" },
    { "mltui.count", "I32", "n + 1", "ratings of a film, held-out ones included" },
    { "mltui.mean", "F32", "n + 1", "mean stars over them; NaN without any" },
    { NULL, NULL, NULL, NULL },
};

struct list {
    struct tensor t[SAFETENSORS_MAX_TENSORS];
    size_t n;
};

static void
add(struct list *l, const char *name, enum tensor_dtype dtype, const void *from,
    uint64_t n)
{
    assert(l->n < SAFETENSORS_MAX_TENSORS);
    l->t[l->n++] = (struct tensor){
        .name = name, .dtype = dtype, .n_dims = 1, .dim = { n }, .from = from
    };
}

static void
add_matrix(struct list *l, const char *name, const float *from, uint64_t rows,
           uint64_t columns)
{
    add(l, name, TENSOR_F32, from, rows);
    l->t[l->n - 1].dim[1] = columns;
    l->t[l->n - 1].n_dims = 2;
}

static void
add_texts(struct list *l, const char *start_name, const char *bytes_name,
          const struct strtab *t)
{
    static const uint64_t none = 0;
    const uint64_t *start = t->start != NULL ? t->start : &none;

    add(l, start_name, TENSOR_I64, start, t->n + 1);
    add(l, bytes_name, TENSOR_U8, t->bytes, start[t->n]);
}

static void
add_lists(struct list *l, const char *start_name, const char *name,
          const struct listcol *c, uint64_t rows)
{
    add(l, start_name, TENSOR_I32, c->start, rows + 1);
    add(l, name, TENSOR_I32, c->value, c->start[rows]);
}

static void
add_model(struct list *l, const struct model *m, const float y_range[2])
{
    uint64_t m1 = (uint64_t)m->n_users + 1, n1 = (uint64_t)m->n_items + 1;

    add_matrix(l, "u_weight.weight", m->U, m1, m->k);
    add_matrix(l, "i_weight.weight", m->I, n1, m->k);
    add_matrix(l, "u_bias.weight", m->bu, m1, 1);
    add_matrix(l, "i_bias.weight", m->bi, n1, 1);
    add(l, "mltui.y_range", TENSOR_F32, y_range, 2);
}

static void
add_catalog(struct list *l, const struct catalog *c)
{
    uint64_t n1 = (uint64_t)c->n_items + 1;

    if (c->user.numeric)
        add(l, "mltui.user_id", TENSOR_I64, c->user.num, c->user.n);
    else
        add_texts(l, "mltui.user_id_start", "mltui.user_id_bytes", &c->user.text);
    if (c->item_id.numeric)
        add(l, "mltui.item_id", TENSOR_I64, c->item_id.num, c->item_id.n);
    else
        add_texts(l, "mltui.item_id_start", "mltui.item_id_bytes", &c->item_id.text);
    add_lists(l, "mltui.item_ids_start", "mltui.item_ids", &c->id_of, n1);
    add_texts(l, "mltui.title_start", "mltui.title_bytes", &c->title);
    add(l, "mltui.year", TENSOR_I16, c->year, n1);
    add_texts(l, "mltui.genre_start", "mltui.genre_bytes", &c->genre);
    add_lists(l, "mltui.item_genres_start", "mltui.item_genres", &c->genre_of, n1);
    if (c->tag.n > 0) {
        add_texts(l, "mltui.tag_start", "mltui.tag_bytes", &c->tag);
        add_lists(l, "mltui.item_tags_start", "mltui.item_tags", &c->tag_of, n1);
    }
    if (c->imdb != NULL)
        add(l, "mltui.imdb", TENSOR_I32, c->imdb, c->item_id.n);
    add(l, "mltui.count", TENSOR_I32, c->count, n1);
    add(l, "mltui.mean", TENSOR_F32, c->mean, n1);
}

static enum err_code
list_all(struct list *l, const char *name, const struct model *m,
         const struct catalog *c, const float y_range[2], struct err *err)
{
    enum err_code rc;

    assert(m->n_users == c->n_users && m->n_items == c->n_items);
    rc = modelfile_check_weights(m, name, err);
    if (rc == ERR_OK)
        rc = modelfile_check_catalog(c, name, err);
    if (rc != ERR_OK)
        return rc;
    add_model(l, m, y_range);
    add_catalog(l, c);
    return ERR_OK;
}

static const struct tensor_meta meta[] = { { "format", "pt" },
                                           { SAFETENSORS_OURS, SAFETENSORS_VERSION } };

#define N_META (sizeof(meta) / sizeof(*meta))

enum err_code
modelfile_write(const struct sink *to, const char *name, const struct model *m,
                const struct catalog *c, struct err *err)
{
    const float y_range[2] = { m->y_lo, m->y_hi };
    struct list l = { .n = 0 };
    enum err_code rc = list_all(&l, name, m, c, y_range, err);

    return rc == ERR_OK ? safetensors_write(to, l.t, l.n, meta, N_META, err) : rc;
}

enum err_code
modelfile_save(const char *path, const struct model *m, const struct catalog *c,
               struct err *err)
{
    const float y_range[2] = { m->y_lo, m->y_hi };
    struct list l = { .n = 0 };
    enum err_code rc = list_all(&l, path, m, c, y_range, err);

    return rc == ERR_OK ? safetensors_save(path, l.t, l.n, meta, N_META, err) : rc;
}

uint64_t
modelfile_bytes(const struct catalog *c, unsigned k)
{
    const struct model sizes = { .n_users = c->n_users, .n_items = c->n_items, .k = k };
    struct list l = { .n = 0 };

    add_model(&l, &sizes, NULL);
    add_catalog(&l, c);
    return safetensors_bytes(l.t, l.n);
}

/* modelcsv.c - a model as one CSV table; see modelcsv.h. */
#include "config.h"

#include "src/model/modelcsv.h"

#include "src/base/shortest.h"
#include "src/base/text.h"

#include <string.h>

#define SHOWN_MAX 4096 /* bytes of a text on a terminal */

static void
put_text(struct sinktext *t, const char *s, enum modelcsv_texts texts)
{
    char shown[SHOWN_MAX];

    if (texts == MODELCSV_DISPLAY) {
        (void)text_display(s, shown, sizeof(shown));
        s = shown;
    }
    if (s[strcspn(s, ",\"\r\n")] == '\0') {
        sinktext_put(t, s);
        return;
    }
    sinktext_put(t, "\"");
    for (const char *quote; (quote = strchr(s, '"')) != NULL; s = quote + 1) {
        sinktext_bytes(t, s, (size_t)(quote - s));
        sinktext_put(t, "\"\"");
    }
    sinktext_put(t, s);
    sinktext_put(t, "\"");
}

static void
put_float(struct sinktext *t, float v)
{
    char digits[SHORTEST_MAX];

    shortest_f32(digits, v);
    sinktext_put(t, ",");
    sinktext_put(t, digits);
}

static void
put_weights(struct sinktext *t, float bias, const float *factor, unsigned k)
{
    put_float(t, bias);
    for (unsigned f = 0; f < k; f++)
        put_float(t, factor[f]);
    sinktext_put(t, "\n");
}

static void
put_header(struct sinktext *t, unsigned k)
{
    sinktext_put(t, "kind,id,title,bias");
    for (unsigned f = 1; f <= k; f++)
        sinktext_printf(t, ",f%u", f);
    sinktext_put(t, "\n");
}

enum err_code
modelcsv_write(const struct sink *to, const struct model *m, const struct catalog *c,
               enum modelcsv_texts texts, struct err *err)
{
    struct sinktext t = { .to = to };
    char id[24];

    put_header(&t, m->k);
    for (uint32_t u = 1; u <= m->n_users && t.err.code == ERR_OK; u++) {
        sinktext_put(&t, "user,");
        put_text(&t, idcol_text(&c->user, u, id), texts);
        sinktext_put(&t, ",");
        put_weights(&t, m->bu[u], m->U + (size_t)u * m->k, m->k);
    }
    for (uint32_t i = 1; i <= m->n_items && t.err.code == ERR_OK; i++) {
        sinktext_put(&t, "item,");
        put_text(&t, catalog_item_id(c, i, id), texts);
        sinktext_put(&t, ",");
        put_text(&t, strtab_get(&c->title, i), texts);
        put_weights(&t, m->bi[i], m->I + (size_t)i * m->k, m->k);
    }
    return sinktext_end(&t, err);
}

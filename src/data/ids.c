/* ids.c - ids of a column, numbered; see ids.h. */
#include "config.h"

#include "src/data/ids.h"

#include "src/base/mem.h"
#include "src/base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

/* Ids below this may have a place in the dense array: 4 MiB at most. */
#define DIRECT_MAX ((int64_t)1 << 20)

void
ids_done(struct ids *t)
{
    mem_free(t->num);
    strtab_done(&t->text);
    mem_free(t->direct);
    mem_free(t->slot);
    *t = (struct ids){ 0 };
}

static uint64_t
hash_num(int64_t id)
{
    return XXH3_64bits(&id, sizeof(id));
}

static uint64_t
hash_at(const struct ids *t, size_t i)
{
    return t->numeric ? hash_num(t->num[i])
                      : XXH3_64bits(strtab_get(&t->text, i), strtab_len(&t->text, i));
}

static enum err_code
grow_slots(struct ids *t, struct err *err)
{
    size_t n = t->n_slots > 0 ? 2 * t->n_slots : 1024;
    uint32_t *slot;

    if (2 * (t->n_hashed + 1) <= t->n_slots)
        return ERR_OK;
    slot = mem_new(n, sizeof(*slot));
    if (slot == NULL)
        return err_nomem(err, n * sizeof(*slot), "a table of ids");
    for (size_t i = 0; i < t->n_slots; i++)
        if (t->slot[i] != 0) {
            size_t at = hash_at(t, t->slot[i] - 1) & (n - 1);

            while (slot[at] != 0)
                at = (at + 1) & (n - 1);
            slot[at] = t->slot[i];
        }
    mem_free(t->slot);
    t->slot = slot;
    t->n_slots = n;
    return ERR_OK;
}

static enum err_code
grow_direct(struct ids *t, int64_t id, struct err *err)
{
    size_t n = t->n_direct > 0 ? t->n_direct : 4096;
    uint32_t *direct;

    while ((int64_t)n <= id)
        n *= 2;
    if (n == t->n_direct)
        return ERR_OK;
    direct = mem_resize(t->direct, n, sizeof(*direct));
    if (direct == NULL)
        return err_nomem(err, n * sizeof(*direct), "a table of ids");
    t->direct = direct;
    t->n_direct = n;
    return ERR_OK;
}

static enum err_code
check_room(const struct ids *t, struct err *err)
{
    if (t->n >= IDS_NONE - 1)
        return err_set(err, ERR_UNAVAILABLE, "more than %u distinct ids in one column",
                       IDS_NONE - 1);
    return ERR_OK;
}

static enum err_code
append_num(struct ids *t, int64_t id, struct err *err)
{
    if (t->n == t->cap) {
        size_t cap = 2 * t->cap + 1024;
        int64_t *num = mem_resize(t->num, cap, sizeof(*num));

        if (num == NULL)
            return err_nomem(err, cap * sizeof(*num), "a table of ids");
        t->num = num;
        t->cap = cap;
    }
    t->num[t->n++] = id;
    return ERR_OK;
}

/* The place of a number in the table: a slot that is 0 when the number is new. */
static enum err_code
place_num(struct ids *t, int64_t id, uint32_t **ret, struct err *err)
{
    bool dense = id < DIRECT_MAX;
    enum err_code rc = dense ? grow_direct(t, id, err) : grow_slots(t, err);
    size_t at;

    if (rc != ERR_OK)
        return rc;
    if (dense) {
        *ret = &t->direct[id];
        return ERR_OK;
    }
    at = hash_num(id) & (t->n_slots - 1);
    while (t->slot[at] != 0 && t->num[t->slot[at] - 1] != id)
        at = (at + 1) & (t->n_slots - 1);
    *ret = &t->slot[at];
    return ERR_OK;
}

enum err_code
ids_add_num(struct ids *t, int64_t id, uint32_t *ret, struct err *err)
{
    uint32_t *place;
    enum err_code rc = place_num(t, id, &place, err);

    if (rc == ERR_OK && *place == 0) {
        rc = check_room(t, err);
        if (rc == ERR_OK)
            rc = append_num(t, id, err);
        if (rc == ERR_OK) {
            *place = (uint32_t)t->n;
            t->n_hashed += id >= DIRECT_MAX;
        }
    }
    if (rc == ERR_OK)
        *ret = *place - 1;
    return rc;
}

void
ids_show(const struct ids *t, size_t i, char *out, size_t cap)
{
    if (t->numeric)
        snprintf(out, cap, "%" PRId64, t->num[i]);
    else
        text_display(strtab_get(&t->text, i), out, cap);
}

/* Slot of a text: one that is 0 when it is new. n_slots > 0. */
static size_t
slot_of_text(const struct ids *t, const char *s, size_t len)
{
    size_t at = XXH3_64bits(s, len) & (t->n_slots - 1);

    for (; t->slot[at] != 0; at = (at + 1) & (t->n_slots - 1)) {
        size_t i = t->slot[at] - 1;

        if (strtab_len(&t->text, i) == len &&
            memcmp(strtab_get(&t->text, i), s, len) == 0)
            break;
    }
    return at;
}

enum err_code
ids_add_text(struct ids *t, const char *s, size_t len, uint32_t *ret, struct err *err)
{
    enum err_code rc = grow_slots(t, err);
    size_t at;

    if (rc != ERR_OK)
        return rc;
    at = slot_of_text(t, s, len);
    if (t->slot[at] == 0) {
        rc = check_room(t, err);
        if (rc == ERR_OK)
            rc = strtab_add(&t->text, s, len, err);
        if (rc != ERR_OK)
            return rc;
        t->slot[at] = (uint32_t)++t->n;
        t->n_hashed++;
    }
    *ret = t->slot[at] - 1;
    return ERR_OK;
}

enum err_code
ids_add_from(struct ids *t, const struct ids *from, size_t i, uint32_t *ret,
             struct err *err)
{
    if (t->numeric)
        return ids_add_num(t, from->num[i], ret, err);
    return ids_add_text(t, strtab_get(&from->text, i), strtab_len(&from->text, i), ret,
                        err);
}

uint32_t
ids_find_num(const struct ids *t, int64_t id)
{
    size_t at;

    if (id < DIRECT_MAX)
        return (size_t)id < t->n_direct ? t->direct[id] - 1 : IDS_NONE;
    if (t->n_slots == 0)
        return IDS_NONE;
    at = hash_num(id) & (t->n_slots - 1);
    while (t->slot[at] != 0 && t->num[t->slot[at] - 1] != id)
        at = (at + 1) & (t->n_slots - 1);
    return t->slot[at] - 1; /* 0 becomes IDS_NONE */
}

uint32_t
ids_find(const struct ids *t, const char *s, size_t len)
{
    int64_t id;

    if (t->numeric)
        return ids_parse(s, len, &id) ? ids_find_num(t, id) : IDS_NONE;
    return t->n_slots > 0 ? t->slot[slot_of_text(t, s, len)] - 1 : IDS_NONE;
}

static int
by_num(const void *a, const void *b, void *arg)
{
    const int64_t *num = arg;
    int64_t x = num[*(const uint32_t *)a], y = num[*(const uint32_t *)b];

    return (x > y) - (x < y);
}

static int
by_text(const void *a, const void *b, void *arg)
{
    const struct strtab *text = arg;

    return strcmp(strtab_get(text, *(const uint32_t *)a),
                  strtab_get(text, *(const uint32_t *)b));
}

enum err_code
ids_sorted(const struct ids *t, uint32_t **ret, struct err *err)
{
    uint32_t *order = mem_new(t->n, sizeof(*order));
    size_t n = 0;

    if (order == NULL)
        return err_nomem(err, t->n * sizeof(*order), "an order of ids");
    /* The dense array has its ids in order already; what is hashed is larger. */
    for (size_t id = 0; id < t->n_direct; id++)
        if (t->direct[id] != 0)
            order[n++] = t->direct[id] - 1;
    if (n < t->n) {
        size_t n_dense = n;

        for (size_t i = 0; i < t->n_slots; i++)
            if (t->slot[i] != 0)
                order[n++] = t->slot[i] - 1;
        qsort_r(order + n_dense, n - n_dense, sizeof(*order),
                t->numeric ? by_num : by_text,
                t->numeric ? (void *)t->num : (void *)&t->text);
    }
    *ret = order;
    return ERR_OK;
}

bool
ids_parse(const char *s, size_t len, int64_t *ret)
{
    uint64_t v = 0;

    if (len == 0 || len > 19 || (s[0] == '0' && len > 1))
        return false;
    for (size_t i = 0; i < len; i++) {
        unsigned digit = (unsigned char)s[i] - '0';

        if (digit > 9)
            return false;
        v = 10 * v + digit; /* 19 digits fit 64 bits */
    }
    if (v > INT64_MAX)
        return false;
    *ret = (int64_t)v;
    return true;
}

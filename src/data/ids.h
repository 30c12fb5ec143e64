/*
 * ids.h - ids of a column numbered in the order in which they were first seen.
 *
 * A reader thread has a table of its own a column; the tables are merged when all is
 * read. Small integers are found through a dense array, others and text by hash. No
 * locking: a table belongs to one thread.
 */
#ifndef MLT_DATA_IDS_H
#define MLT_DATA_IDS_H

#include "src/base/err.h"
#include "src/base/strtab.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ids {
    bool numeric;
    size_t n;
    int64_t *num;       /* (cap) when numeric; else NULL */
    size_t cap;         /* room in num */
    struct strtab text; /* n strings when not numeric */
    uint32_t *direct;   /* (n_direct) number of the id, plus one; 0: not seen */
    size_t n_direct;
    uint32_t *slot; /* (n_slots, a power of two) number plus one, by hash */
    size_t n_slots;
    size_t n_hashed; /* slots in use */
};

/* An empty table; a zeroed one is an empty table of text. */
static inline void
ids_init(struct ids *t, bool numeric)
{
    *t = (struct ids){ .numeric = numeric };
}

void ids_done(struct ids *t);

/* Number of a non-negative id of a numeric table, which is added when it is new.
 * ERR_NOMEM; ERR_UNAVAILABLE: 2^32 - 2 ids are the most there can be. */
ERR_MUST_CHECK enum err_code ids_add_num(struct ids *t, int64_t id, uint32_t *ret,
                                         struct err *err);

/* The same for len bytes without NUL. */
ERR_MUST_CHECK enum err_code ids_add_text(struct ids *t, const char *s, size_t len,
                                          uint32_t *ret, struct err *err);

/* Number of id i of `from`, which has the same kind, in t, where it is added. */
ERR_MUST_CHECK enum err_code ids_add_from(struct ids *t, const struct ids *from,
                                          size_t i, uint32_t *ret, struct err *err);

/* Id i in display form into out (cap bytes). */
void ids_show(const struct ids *t, size_t i, char *out, size_t cap);

#define IDS_NONE UINT32_MAX

/* Number of an id written as len bytes, or IDS_NONE when it is not in the table. */
uint32_t ids_find(const struct ids *t, const char *s, size_t len);

/* The same for a non-negative id of a numeric table. */
uint32_t ids_find_num(const struct ids *t, int64_t id);

/* Numbers of all n ids, rising by value (text: in byte order). Owned by the caller. */
ERR_MUST_CHECK enum err_code ids_sorted(const struct ids *t, uint32_t **ret,
                                        struct err *err);

/*
 * The len bytes as an integer id: 0 … 2^63 - 1 in decimal, without sign, blank or zero
 * in front, so that two ids are equal as numbers only where they are equal as text.
 */
bool ids_parse(const char *s, size_t len, int64_t *ret);

#endif

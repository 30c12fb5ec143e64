/*
 * split_file.c - a split that somebody else made; see split.h.
 *
 * A split by ids may have as many lines as there are ratings. It is read twice: once to
 * count the lines of each user, once to put them in place; then each user's lines are
 * sorted by film, so that a rating finds its own among a few hundred.
 */
#include "config.h"

#include "src/data/split.h"

#include "src/base/mem.h"
#include "src/data/csvread.h"
#include "src/data/layout.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What a line by ids says of one rating. `order` is the line's place among all, below
 * bits for the state. */
struct mark {
    uint32_t item;
    uint32_t order;
};

#define MARK_VALID ((uint32_t)1 << 31)
#define MARK_TAKEN ((uint32_t)1 << 30)
#define MARK_ORDER (MARK_TAKEN - 1)

struct split_file {
    struct source *src; /* owned */
    struct block block;
    struct header header; /* of a split by ids */
    bool by_row;
    const struct ids *user, *item; /* borrowed */
    uint64_t *start;               /* (users + 2) owned: user u's marks */
    struct mark *mark;             /* owned */
    uint64_t n_left;
};

static const struct header_names names = { .name = { "user", "item", "valid" },
                                           .must = { true, true, true } };

void
split_file_close(struct split_file *sf)
{
    if (sf == NULL)
        return;
    source_close(sf->src);
    block_done(&sf->block);
    mem_free(sf->start);
    mem_free(sf->mark);
    mem_free(sf);
}

/* Read the first record; a header with the three names makes it a split by ids. */
static enum err_code
find_form(struct split_file *sf, struct err *err)
{
    const struct block *b = &sf->block;
    enum err_code rc = source_next(sf->src, &sf->block, err);

    sf->by_row = true;
    if (rc == ERR_OK && b->len > 0) {
        rc = header_find(&sf->header, &names, b->text, b->len, err);
        sf->by_row = sf->header.missing != NULL;
    }
    source_rewind(sf->src);
    if (rc == ERR_OK && !sf->by_row)
        source_set_quotes(sf->src, dialect_quote_delim(&sf->header.dialect));
    return rc;
}

enum err_code
split_file_open(struct split_file **ret, const char *path, struct err *err)
{
    struct split_file *sf = mem_new(1, sizeof(*sf));
    enum err_code rc;

    if (sf == NULL)
        return err_nomem(err, sizeof(*sf), "a split file");
    rc = source_open(&sf->src, path, '\0', err);
    if (rc == ERR_OK)
        rc = block_init(&sf->block, err);
    if (rc == ERR_OK)
        rc = find_form(sf, err);
    if (rc != ERR_OK) {
        split_file_close(sf);
        return rc;
    }
    *ret = sf;
    return ERR_OK;
}

bool
split_file_by_row(const struct split_file *sf)
{
    return sf->by_row;
}

/* ---- by row ---- */

/* The lines of a block, each a 0 or a 1, from row *row on. */
static enum err_code
take_rows(const struct split_file *sf, uint64_t *bits, uint64_t n_rows, uint64_t *row,
          struct err *err)
{
    const char *s = sf->block.text, *end = s + sf->block.len;

    while (s < end) {
        const char *nl = memchr(s, '\n', (size_t)(end - s));
        size_t len = (size_t)(nl - s) - (nl > s && nl[-1] == '\r');

        if (len != 1 || (*s != '0' && *s != '1'))
            return err_set(err, ERR_DATA,
                           "%s:%" PRIu64 ":1: expected 0 or 1, one for each row of the "
                           "ratings file, or a header with user,item,valid",
                           source_name(sf->src), *row + 1);
        if (*row < n_rows && *s == '1')
            bits[*row / 64] |= (uint64_t)1 << *row % 64;
        (*row)++;
        s = nl + 1;
    }
    return ERR_OK;
}

enum err_code
split_file_rows(struct split_file *sf, uint64_t n_rows, uint64_t **ret, struct err *err)
{
    uint64_t *bits = mem_new(split_words((size_t)n_rows), sizeof(*bits));
    uint64_t row = 0;
    enum err_code rc = ERR_OK;

    if (bits == NULL)
        return err_nomem(err, n_rows / 8, "a split");
    do {
        rc = source_next(sf->src, &sf->block, err);
        if (rc == ERR_OK)
            rc = take_rows(sf, bits, n_rows, &row, err);
    } while (rc == ERR_OK && sf->block.n_bytes > 0);
    if (rc == ERR_OK && row != n_rows)
        rc = err_set(err, ERR_DATA,
                     "%s: %" PRIu64 " lines, expected %" PRIu64
                     ", one for each data row of the ratings file",
                     source_name(sf->src), row, n_rows);
    if (rc != ERR_OK) {
        mem_free(bits);
        return rc;
    }
    *ret = bits;
    return ERR_OK;
}

/* ---- by ids ---- */

/* What is done with each line. */
typedef void line_fn(struct split_file *sf, uint32_t user, uint32_t item, bool valid);

static enum err_code
take_line(struct split_file *sf, const struct csv_field *f, size_t n, line_fn *fn,
          struct csv_fault *fault)
{
    const int *at = sf->header.at;
    const struct csv_field *user = &f[at[0]], *item = &f[at[1]], *valid = &f[at[2]];
    uint32_t u, i;

    if (n != sf->header.n_fields)
        return csv_fault_count(fault, n, sf->header.n_fields);
    u = ids_find(sf->user, user->s, user->len);
    i = ids_find(sf->item, item->s, item->len);
    if (u == IDS_NONE)
        return csv_fault_set(fault, (unsigned)at[0] + 1, "user", user,
                             "a user of the ratings file");
    if (i == IDS_NONE)
        return csv_fault_set(fault, (unsigned)at[1] + 1, "item", item,
                             "a film of the ratings file");
    if (strcmp(valid->s, "0") != 0 && strcmp(valid->s, "1") != 0)
        return csv_fault_set(fault, (unsigned)at[2] + 1, "valid", valid, "0 or 1");
    fn(sf, u, i, valid->s[0] == '1');
    return ERR_OK;
}

static enum err_code
take_block(struct split_file *sf, struct csvread *csv, uint64_t *line, line_fn *fn,
           struct err *err)
{
    char delim = dialect_quote_delim(&sf->header.dialect);
    const char *s = sf->block.text, *end = s + sf->block.len;
    enum err_code rc = ERR_OK;

    while (rc == ERR_OK && s < end) {
        size_t len = source_record_end(s, (size_t)(end - s), delim, true), n = 0;
        const struct csv_field *f;
        struct csv_fault fault;

        if (*line > 1)
            rc = csvread_record(csv, s, len, &f, &n, &fault, err);
        if (rc == ERR_OK && n > 0)
            rc = take_line(sf, f, n, fn, &fault);
        if (rc == ERR_DATA)
            return err_set(err, ERR_DATA, "%s:%" PRIu64 ":%u: %s", source_name(sf->src),
                           *line, fault.column, fault.reason);
        for (size_t i = 0; i < len; i++)
            *line += s[i] == '\n';
        s += len;
    }
    return rc;
}

static enum err_code
each_line(struct split_file *sf, line_fn *fn, struct err *err)
{
    struct csvread *csv = NULL;
    uint64_t line = 1;
    enum err_code rc = csvread_new(&csv, &sf->header.dialect, err);

    source_rewind(sf->src);
    do {
        if (rc == ERR_OK)
            rc = source_next(sf->src, &sf->block, err);
        if (rc == ERR_OK)
            rc = take_block(sf, csv, &line, fn, err);
    } while (rc == ERR_OK && sf->block.n_bytes > 0);
    csvread_free(csv);
    return rc;
}

/* First reading: start[u + 2] counts the lines of user u. */
static void
count_line(struct split_file *sf, uint32_t user, uint32_t item, bool valid)
{
    (void)item;
    (void)valid;
    sf->start[user + 2]++;
    sf->n_left++;
}

/* Second reading: start[u + 1] is where the next line of user u goes. */
static void
place_line(struct split_file *sf, uint32_t user, uint32_t item, bool valid)
{
    uint64_t at = sf->start[user + 1]++;

    if (at < sf->n_left) /* else the file has grown: see check_places */
        sf->mark[at] = (struct mark){ .item = item,
                                      .order = ((uint32_t)at & MARK_ORDER) |
                                               (valid ? MARK_VALID : 0) };
}

static int
by_item(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;
    uint32_t p = x->order & MARK_ORDER, q = y->order & MARK_ORDER;

    if (x->item != y->item)
        return x->item < y->item ? -1 : 1;
    return (p > q) - (p < q);
}

/* Did both readings find the same lines? */
static enum err_code
check_places(const struct split_file *sf, size_t n_users, struct err *err)
{
    bool same = sf->start[n_users] == sf->n_left;

    for (size_t u = 0; u < n_users; u++)
        same &= sf->start[u] <= sf->start[u + 1];
    return same ? ERR_OK
                : err_set(err, ERR_IO, "%s: it changed while it was read",
                          source_name(sf->src));
}

enum err_code
split_file_ids(struct split_file *sf, const struct ids *user, const struct ids *item,
               struct err *err)
{
    enum err_code rc;

    sf->user = user;
    sf->item = item;
    sf->start = mem_new(user->n + 2, sizeof(*sf->start));
    if (sf->start == NULL)
        return err_nomem(err, user->n * sizeof(*sf->start), "a split");
    rc = each_line(sf, count_line, err);
    if (rc != ERR_OK)
        return rc;
    for (size_t u = 0; u < user->n; u++)
        sf->start[u + 2] += sf->start[u + 1];
    sf->mark = mem_new((size_t)sf->n_left, sizeof(*sf->mark));
    if (sf->mark == NULL)
        return err_nomem(err, sf->n_left * sizeof(*sf->mark), "a split");
    rc = each_line(sf, place_line, err);
    if (rc == ERR_OK)
        rc = check_places(sf, user->n, err);
    for (size_t u = 0; rc == ERR_OK && u < user->n; u++)
        qsort(sf->mark + sf->start[u], (size_t)(sf->start[u + 1] - sf->start[u]),
              sizeof(*sf->mark), by_item);
    return rc;
}

int
split_file_take(struct split_file *sf, uint32_t user, uint32_t item)
{
    uint64_t lo = sf->start[user], hi = sf->start[user + 1], end = hi;

    while (lo < hi) {
        uint64_t mid = lo + (hi - lo) / 2;

        if (sf->mark[mid].item < item)
            lo = mid + 1;
        else
            hi = mid;
    }
    while (lo < end && sf->mark[lo].item == item && (sf->mark[lo].order & MARK_TAKEN))
        lo++;
    if (lo == end || sf->mark[lo].item != item)
        return -1;
    sf->mark[lo].order |= MARK_TAKEN;
    sf->n_left--;
    return (sf->mark[lo].order & MARK_VALID) != 0;
}

uint64_t
split_file_left(const struct split_file *sf)
{
    return sf->n_left;
}

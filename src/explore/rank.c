/*
 * rank.c - films in order of a key; see rank.h.
 *
 * The best so far are a heap with the worst of them on top, so that most entries are
 * refused by one comparison; a heap sort then puts them in order, in place. All of many
 * are sorted by the digits of their keys, which needs no comparisons: 62,000 films take
 * 1.5 ms, of a heap sort 13.
 */
#include "config.h"

#include "src/explore/rank.h"

#include <math.h>
#include <string.h>

static int
compare_ids(const struct catalog *c, uint32_t a, uint32_t b)
{
    const struct idcol *id = &c->item_id;
    uint32_t ia = c->id_of.value[c->id_of.start[a]];
    uint32_t ib = c->id_of.value[c->id_of.start[b]];

    if (id->numeric)
        return (id->num[ia] > id->num[ib]) - (id->num[ia] < id->num[ib]);
    return strcmp(strtab_get(&id->text, ia), strtab_get(&id->text, ib));
}

int
rank_compare_titles(const struct catalog *c, uint32_t a, uint32_t b)
{
    int cmp = strcmp(strtab_get(&c->title, a), strtab_get(&c->title, b));

    return cmp != 0 ? cmp : compare_ids(c, a, b);
}

/* Does a stand before b in the list? */
static bool
before(const struct ranked *a, const struct ranked *b, const struct catalog *c)
{
    if (a->key > b->key)
        return true;
    if (a->key < b->key)
        return false;
    if (isnan(a->key) != isnan(b->key))
        return isnan(b->key);
    return rank_compare_titles(c, a->row, b->row) < 0;
}

static void
swap(struct ranked *a, struct ranked *b)
{
    struct ranked t = *a;

    *a = *b;
    *b = t;
}

/* Mend the heap of n entries (the last in order on top) whose entry `at` may stand
 * before entries below it. */
static void
sift_down(struct ranked *heap, size_t n, size_t at, const struct catalog *c)
{
    for (;;) {
        size_t child = 2 * at + 1;

        if (child >= n)
            return;
        if (child + 1 < n && before(&heap[child], &heap[child + 1], c))
            child++;
        if (!before(&heap[at], &heap[child], c))
            return;
        swap(&heap[at], &heap[child]);
        at = child;
    }
}

size_t
rank_best(struct ranked *entry, size_t n, size_t want, const struct catalog *c)
{
    if (want > n)
        want = n;
    if (want == 0)
        return 0;
    for (size_t at = want / 2; at-- > 0;)
        sift_down(entry, want, at, c);
    for (size_t i = want; i < n; i++)
        if (before(&entry[i], &entry[0], c)) {
            swap(&entry[i], &entry[0]);
            sift_down(entry, want, 0, c);
        }
    for (size_t left = want; left-- > 1;) {
        swap(&entry[0], &entry[left]);
        sift_down(entry, left, 0, c);
    }
    return want;
}

#define DIGIT_BITS 11
#define DIGITS     6  /* of 64 bits */
#define FEW        64 /* entries that a heap sorts sooner */

/* A number that rises as the key falls, NaN last; both zeros are one. */
static uint64_t
digits_of(double key)
{
    uint64_t bits;

    if (isnan(key))
        return UINT64_MAX;
    key += 0.; /* -0 becomes 0 */
    memcpy(&bits, &key, sizeof(bits));
    return bits >> 63 != 0 ? bits : ~bits & UINT64_MAX >> 1;
}

static unsigned
digit(const struct ranked *e, unsigned at)
{
    return digits_of(e->key) >> (at * DIGIT_BITS) & ((1u << DIGIT_BITS) - 1);
}

/* Move the entries into `to` by a digit; those that have it alike stay as they were.
 * False, and nothing is moved, when all of them do. */
static bool
deal(const struct ranked *entry, struct ranked *to, size_t n, unsigned at)
{
    uint32_t place[1u << DIGIT_BITS] = { 0 }, sum = 0;

    for (size_t i = 0; i < n; i++)
        place[digit(&entry[i], at)]++;
    if (place[digit(&entry[0], at)] == n)
        return false;
    for (size_t d = 0; d < 1u << DIGIT_BITS; d++) {
        uint32_t here = place[d];

        place[d] = sum;
        sum += here;
    }
    for (size_t i = 0; i < n; i++)
        to[place[digit(&entry[i], at)]++] = entry[i];
    return true;
}

/* Put entries of one key in order of their titles, as they often are. */
static void
order_titles(struct ranked *entry, size_t n, const struct catalog *c)
{
    for (size_t i = 1; i < n; i++)
        if (rank_compare_titles(c, entry[i - 1].row, entry[i].row) > 0) {
            rank_best(entry, n, n, c);
            return;
        }
}

void
rank_all(struct ranked *entry, struct ranked *room, size_t n, const struct catalog *c)
{
    struct ranked *from = entry, *to = room;

    if (n <= FEW || n > UINT32_MAX) {
        rank_best(entry, n, n, c);
        return;
    }
    for (unsigned at = 0; at < DIGITS; at++)
        if (deal(from, to, n, at)) {
            struct ranked *t = from;

            from = to;
            to = t;
        }
    if (from != entry)
        memcpy(entry, from, n * sizeof(*entry));
    for (size_t i = 0, end; i < n; i = end) {
        uint64_t key = digits_of(entry[i].key);

        for (end = i + 1; end < n && digits_of(entry[end].key) == key; end++)
            ;
        order_titles(entry + i, end - i, c);
    }
}

size_t
rank_offer(struct ranked *heap, size_t n, size_t room, struct ranked e,
           const struct catalog *c)
{
    if (n < room) {
        heap[n] = e;
        for (size_t at = n; at > 0 && before(&heap[(at - 1) / 2], &heap[at], c);
             at = (at - 1) / 2)
            swap(&heap[(at - 1) / 2], &heap[at]);
        return n + 1;
    }
    if (room > 0 && before(&e, &heap[0], c)) {
        heap[0] = e;
        sift_down(heap, n, 0, c);
    }
    return n;
}

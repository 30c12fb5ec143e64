/* synth_read.c - reads a synthetic world's files back; see synth_read.h. */
#include "config.h"

#include "tests/data/synth_read.h"

#include "src/base/mem.h"
#include "src/base/pool.h"
#include "tests/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct synth_world *
synth_read_world(uint32_t users, uint32_t items, uint64_t ratings, uint64_t seed)
{
    struct synth_options so = { users, items, ratings, seed };
    struct synth_world *w = NULL;

    CU_ASSERT_EQUAL_FATAL(synth_world_new(&w, &so, NULL), ERR_OK);
    return w;
}

struct room {
    char *bytes;
    size_t cap;
};

static enum err_code
put(void *arg, uint64_t offset, const char *bytes, size_t n, struct err *err)
{
    struct room *room = arg;

    if (offset + n > room->cap)
        return err_set(err, ERR_IO, "beyond the bound");
    memcpy(room->bytes + offset, bytes, n);
    return ERR_OK;
}

char *
synth_read_bytes(const struct synth_world *w, const struct synth_file *file,
                 unsigned workers, size_t *ret_n)
{
    struct room room = { .cap = synth_file_bound(file, w) };
    struct pool *pool = NULL;
    uint64_t n = 0;

    room.bytes = mem_new(room.cap + 1, 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(room.bytes);
    CU_ASSERT_EQUAL_FATAL(pool_new(&pool, workers, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(synth_file_render(file, w, pool, NULL, put, &room, &n, NULL),
                          ERR_OK);
    pool_free(pool);
    CU_ASSERT_EQUAL(strlen(room.bytes), n);
    *ret_n = n;
    return room.bytes;
}

static uint32_t
find_film(const struct synth_world *w, unsigned long id)
{
    uint32_t lo = 0, hi = w->opt.n_items - 1;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;

        if (w->film[mid].id < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    CU_ASSERT_EQUAL(w->film[lo].id, id);
    return lo;
}

static const char *
after(const char *at, char c)
{
    CU_ASSERT_EQUAL_FATAL(*at, c);
    return at + 1;
}

struct synth_row *
synth_read_ratings(const struct synth_world *w, unsigned workers)
{
    struct synth_row *rows = mem_new(w->opt.n_ratings, sizeof(*rows));
    size_t n;
    char *bytes = synth_read_bytes(w, &synth_ratings_file, workers, &n), *end;
    const char *at = strchr(bytes, '\n') + 1;

    CU_ASSERT_PTR_NOT_NULL_FATAL(rows);
    CU_ASSERT_EQUAL(strncmp(bytes, "userId,movieId,rating,timestamp\n", 32), 0);
    for (size_t k = 0; k < w->opt.n_ratings; k++) {
        rows[k].user = (uint32_t)strtoul(at, &end, 10);
        rows[k].item = find_film(w, strtoul(after(end, ','), &end, 10));
        at = after(end, ',');
        rows[k].stars = strtof(at, &end);
        CU_ASSERT_EQUAL(end - at, 3);
        rows[k].time = (uint32_t)strtoul(after(end, ','), &end, 10);
        at = after(end, '\n');
    }
    CU_ASSERT_EQUAL((size_t)(at - bytes), n);
    mem_free(bytes);
    return rows;
}

double *
synth_read_table(const struct synth_world *w, const struct synth_file *file,
                 size_t n_rows, size_t n_columns)
{
    double *table = mem_new(n_rows * n_columns, sizeof(*table));
    size_t n;
    char *bytes = synth_read_bytes(w, file, 2, &n), *at = strchr(bytes, '\n') + 1;

    CU_ASSERT_PTR_NOT_NULL_FATAL(table);
    for (size_t k = 0; k < n_rows * n_columns; k++) {
        table[k] = strtod(at, &at);
        at = (char *)after(at, (k + 1) % n_columns == 0 ? '\n' : ',');
    }
    CU_ASSERT_EQUAL(*at, '\0');
    mem_free(bytes);
    return table;
}

double
synth_read_correlation(const double *x, const double *y, size_t n)
{
    double mx = 0, my = 0, xx = 0, yy = 0, xy = 0;

    for (size_t k = 0; k < n; k++) {
        mx += x[k] / (double)n;
        my += y[k] / (double)n;
    }
    for (size_t k = 0; k < n; k++) {
        xx += (x[k] - mx) * (x[k] - mx);
        yy += (y[k] - my) * (y[k] - my);
        xy += (x[k] - mx) * (y[k] - my);
    }
    return xy / sqrt(xx * yy);
}

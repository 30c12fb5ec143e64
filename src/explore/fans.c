/* fans.c - who likes a film; see fans.h. */
#include "config.h"

#include "src/explore/fans.h"

#include "src/base/mem.h"
#include "src/explore/blas.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK    1024  /* users at a time */
#define ROUNDING 1e-12 /* part of the squares: a millionth of the likings */

/* What is added up over the users: of the film, then of each genre. */
struct sums {
    double x, xx, xy; /* Σ v, Σ v², Σ v·(the film's v) */
};

struct asking {
    const struct model *m;
    const struct catalog *c;
    const struct centre *about;
    uint32_t film;
    size_t n;          /* rows of what: the film, then the genres there are */
    uint32_t *genre;   /* (n) owned: of each row; [0] is not used */
    float *what;       /* (genres + 1, k) owned: i', then each g' */
    float *liking;     /* (BLOCK, n) owned */
    struct sums *sums; /* (n) owned */
};

static void
add_film(float *sum, const struct asking *a, uint32_t film)
{
    const float *row = a->m->I + (size_t)film * a->m->k;

    for (unsigned f = 0; f < a->m->k; f++)
        sum[f] += (float)((double)row[f] - a->about->film[f]);
}

/* Rows of `what`: their lengths play no part in a correlation, so sums will do. */
static void
fill_rows(struct asking *a)
{
    add_film(a->what, a, a->film);
    a->n = 1;
    for (uint32_t g = 0; g < a->c->genre.n; g++) {
        float *row = a->what + a->n * a->m->k;
        const char *name = strtab_get(&a->c->genre, g);
        unsigned n_films = 0;

        if (*name == '(' || *name == '\0') /* "(no genres listed)" is none */
            continue;
        memset(row, 0, a->m->k * sizeof(*row));
        for (size_t i = 0; i < a->about->n; i++)
            if (a->about->row[i] != a->film &&
                listcol_has(&a->c->genre_of, a->about->row[i], g)) {
                add_film(row, a, a->about->row[i]);
                n_films++;
            }
        if (n_films >= FANS_MIN_FILMS)
            a->genre[a->n++] = g;
    }
}

static void
ask_users(struct asking *a)
{
    for (uint32_t u = 1; u <= a->m->n_users; u += BLOCK) {
        const size_t left = (size_t)a->m->n_users - u + 1,
                     n = left < BLOCK ? left : BLOCK;

        memset(a->liking, 0, n * a->n * sizeof(*a->liking));
        blas_matrix_matrix(n, a->n, a->m->k, a->m->U + (size_t)u * a->m->k, a->what,
                           a->liking);
        for (size_t i = 0; i < n; i++)
            for (size_t g = 0; g < a->n; g++) {
                const double v = (double)a->liking[i * a->n + g];

                a->sums[g].x += v;
                a->sums[g].xx += v * v;
                a->sums[g].xy += v * (double)a->liking[i * a->n];
            }
    }
}

/* n times the variance; 0 where it is no more than the rounding of likings, which are
 * sums in single precision. */
static double
spread(const struct sums *s, double n)
{
    const double spread = s->xx - s->x * s->x / n;

    return spread > ROUNDING * s->xx ? spread : 0;
}

/* Pearson's, between the film and row g; not finite where nobody differs. */
static double
correlation(const struct asking *a, size_t g)
{
    const struct sums *f = &a->sums[0], *s = &a->sums[g];
    const double n = a->m->n_users;
    const double cov = s->xy - s->x * f->x / n;

    return cov / sqrt(spread(s, n) * spread(f, n));
}

/* qsort: the highest first, equals by name. */
static int
compare(const void *a, const void *b)
{
    const struct fans *x = a, *y = b;

    if (x->correlation != y->correlation)
        return x->correlation > y->correlation ? -1 : 1;
    return x->genre < y->genre ? -1 : x->genre > y->genre;
}

enum err_code
fans_find(struct fans *ret, size_t *ret_n, const struct model *m,
          const struct catalog *c, const struct centre *about, uint32_t film,
          struct err *err)
{
    const size_t most = c->genre.n + 1;
    struct asking a = { .m = m, .c = c, .about = about, .film = film };
    enum err_code rc = ERR_OK;
    size_t n = 0;

    a.genre = mem_new(most, sizeof(*a.genre));
    a.what = mem_new(most * m->k, sizeof(*a.what));
    a.liking = mem_new(BLOCK * most, sizeof(*a.liking));
    a.sums = mem_new(most, sizeof(*a.sums));
    if (a.genre == NULL || a.what == NULL || a.liking == NULL || a.sums == NULL) {
        rc = err_nomem(err, BLOCK * most * sizeof(*a.liking), "who likes a film");
        goto out;
    }
    rc = blas_prepare(1, err);
    if (rc != ERR_OK)
        goto out;
    fill_rows(&a);
    ask_users(&a);
    for (size_t g = 1; g < a.n; g++) {
        const double r = correlation(&a, g);

        if (isfinite(r))
            ret[n++] = (struct fans){ a.genre[g], r };
    }
    qsort(ret, n, sizeof(*ret), compare);
    *ret_n = n;
out:
    mem_free(a.genre);
    mem_free(a.what);
    mem_free(a.liking);
    mem_free(a.sums);
    return rc;
}

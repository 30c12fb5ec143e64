/* me_rows.c - one's own ratings: the films to rate, and what to see next. */
#include "config.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "ui/tui/me_panel.h"
#include "ui/tui/telling.h"

#include <math.h>

void
me_begin(struct me *m, const struct shown *s)
{
    if (m->films == s->films)
        return;
    m->films = s->films;
    m->matched = false;
    m->search = m->import = (struct field){ .open = false };
    m->request = (struct request){ .filter.wrong.code = ERR_OK };
    m->list = (struct list){ .n = 0 };
    m->asked = 0; /* it was a row of another catalog */
    m->n = 0;
}

/* Match the ratings with the films of other data. Without a home to keep them in they
 * last as long as the sitting. */
static enum err_code
take_films(struct me *m, const struct shown *s, struct err *err)
{
    enum err_code rc = mine_match(&m->mine, s->catalog, err);

    if (rc != ERR_OK && rc != ERR_NOTFOUND)
        return rc;
    m->scale = ownratings_scale_of(s->ratings);
    m->matched = true;
    return ERR_OK;
}

enum err_code
me_take_model(struct me *m, const struct shown *s, struct err *err)
{
    struct foldin_prior prior;
    enum err_code rc = ERR_OK;

    if (!m->matched)
        rc = take_films(m, s, err);
    if (rc == ERR_OK)
        rc = foldin_prior_init(&prior, s->model, s->ratings, err);
    if (rc != ERR_OK)
        return rc;
    foldin_prior_done(&m->prior);
    m->prior = prior;
    return telling_films(m->telling, &m->n_telling, s, err);
}

/* ---- the films to rate ---------------------------------------------------------- */

static void
add_left(struct me *m, uint32_t film)
{
    for (size_t i = 0; i < m->list.n; i++)
        if (m->left[i] == film)
            return;
    m->left[m->list.n++] = film;
}

static void
add_found(struct me *m, const struct catalog *c)
{
    for (uint32_t row = 1; row <= c->n_items && m->list.n < ME_FOUND; row++)
        if (c->count[row] > 0 &&
            text_contains(strtab_get(&c->title, row), m->search.text))
            m->left[m->list.n++] = row;
}

static void
add_known(struct me *m)
{
    if (m->asked != 0)
        add_left(m, m->asked);
    for (size_t i = m->mine.n; i-- > 0 && m->list.n < ME_FOUND;)
        if (m->mine.rating[i].row != 0)
            add_left(m, m->mine.rating[i].row);
    for (size_t i = 0; i < m->n_telling; i++)
        add_left(m, m->telling[i]);
}

uint32_t
me_film(const struct me *m)
{
    return m->list.n > 0 ? m->left[m->list.cursor] : 0;
}

void
me_find_left(struct me *m, const struct shown *s)
{
    uint32_t under = me_film(m);
    size_t at = 0;

    m->list.n = 0;
    if (m->search.text[0] != '\0')
        add_found(m, s->catalog);
    else
        add_known(m);
    while (at < m->list.n && m->left[at] != under)
        at++;
    list_go(&m->list, at < m->list.n ? at : 0);
}

/* ---- what to see next ----------------------------------------------------------- */

/* Stars within the scale of these data: ratings may have been given on another one. */
static float
in_scale(const struct me *m, float stars)
{
    return fminf(fmaxf(stars, (float)m->scale.lo), (float)m->scale.hi);
}

static enum err_code
fold_in(struct me *m, const struct shown *s, struct err *err)
{
    struct foldin_rating *rating = mem_new(m->mine.n + 1, sizeof(*rating));
    struct oneuser one = { 0 };
    size_t n = 0;
    enum err_code rc;

    if (rating == NULL)
        return err_nomem(err, m->mine.n * sizeof(*rating), "your ratings");
    for (size_t i = 0; i < m->mine.n; i++) {
        const struct mine_rating *r = &m->mine.rating[i];

        if (r->row != 0)
            rating[n++] = (struct foldin_rating){ r->row, in_scale(m, r->stars) };
    }
    rc = oneuser_init(&one, s->model, s->catalog, &m->prior, rating, n, err);
    mem_free(rating);
    if (rc != ERR_OK)
        return rc;
    oneuser_done(&m->one);
    m->one = one;
    return ERR_OK;
}

/* The films that were recommended before, without those that were rated since: that
 * they are gone does not make others rise. */
static size_t
list_before(const struct me *m, uint32_t old[ME_WANTED])
{
    size_t n = 0;

    for (size_t i = 0; i < m->n; i++)
        if (isnan(mine_stars(&m->mine, m->right[i])))
            old[n++] = m->right[i];
    return n;
}

/* How far a film has come up to place i of the list since it was old[n_old]. */
static int
rose_to(size_t i, uint32_t film, const uint32_t *old, size_t n_old)
{
    for (size_t k = 0; k < n_old; k++)
        if (old[k] == film)
            return (int)k - (int)i;
    return n_old > 0 ? ME_WANTED : 0; /* new */
}

static enum err_code
take_list(void *arg, uint32_t user, const struct recommendation *list, size_t n,
          struct err *err)
{
    struct me *m = arg;
    uint32_t old[ME_WANTED];
    size_t n_old = m->anew ? 0 : list_before(m, old);

    (void)user;
    (void)err;
    m->n = n;
    for (size_t i = 0; i < n; i++) {
        m->right[i] = list[i].row;
        m->predicted[i] = list[i].rating;
        m->rose[i] = rose_to(i, list[i].row, old, n_old);
    }
    return ERR_OK;
}

enum err_code
me_find_right(struct me *m, const struct shown *s, struct err *err)
{
    struct recommender *r = NULL;
    enum err_code rc = fold_in(m, s, err);

    m->request.query.limit = ME_WANTED;
    if (rc == ERR_OK)
        rc = recommender_new(&r, &m->one.model, &m->one.catalog, m->one.ratings, err);
    if (rc == ERR_OK)
        rc = request_find(&m->request, r, s->catalog, s->model, ONEUSER_ROW, take_list,
                          m, err);
    recommender_free(r);
    return rc;
}

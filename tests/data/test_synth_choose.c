/* test_synth_choose.c - what invented users rate, and when: by taste and by popularity,
 * after a film came out, on a first visit and later ones. */
#include "config.h"

#include "src/data/synth_choose.h"

#include "src/base/mem.h"
#include "tests/data/synth_read.h"
#include "tests/unit.h"

#include <math.h>
#include <string.h>

#define HALVES_FROM 1045526400 /* 18 February 2003 */
#define LAST_TIME   1574327703 /* 21 November 2019 */

/* A world with its ratings. */
struct made {
    struct synth_world *w;
    struct synth_row *rows;
    size_t n;
};

static struct made
make(uint32_t users, uint32_t items, uint64_t ratings)
{
    struct made m = { .w = synth_read_world(users, items, ratings, 42), .n = ratings };

    m.rows = synth_read_ratings(m.w, 1);
    return m;
}

static void
unmake(struct made *m)
{
    mem_free(m->rows);
    synth_world_free(m->w);
}

/* Sums over the films with a weight that one user took, and over those he left. */
struct sides {
    double taste[2], popularity[2];
    size_t n[2];
};

static void
add_user(struct sides *s, const struct made *m, uint32_t u)
{
    const struct synth_world *w = m->w;
    unsigned char *took = mem_new(w->opt.n_items, 1);
    struct synth_user who;

    CU_ASSERT_PTR_NOT_NULL_FATAL(took);
    synth_world_user(w, u, &who);
    for (uint64_t k = w->start[u]; k < w->start[u + 1]; k++)
        took[m->rows[k].item] = 1;
    for (uint32_t i = 0; i < w->opt.n_items; i++) {
        const struct synth_film *f = &w->film[i];

        if (f->weight <= 0)
            continue;
        s->taste[took[i]] += (double)synth_taste(&who, f);
        s->popularity[took[i]] += log((double)f->weight);
        s->n[took[i]]++;
    }
    mem_free(took);
}

/* How much more users like the films they took than those they left, in stars, and by
 * what factor those are more popular. */
static void
compare_sides(const struct made *m, double *ret_taste, double *ret_popularity)
{
    struct sides s = { .n = { 0 } };

    for (uint32_t u = 0; u < m->w->opt.n_users; u++)
        add_user(&s, m, u);
    *ret_taste = s.taste[1] / (double)s.n[1] - s.taste[0] / (double)s.n[0];
    *ret_popularity =
        exp(s.popularity[1] / (double)s.n[1] - s.popularity[0] / (double)s.n[0]);
}

/* Few ratings a user: all are drawn, none is raced for. */
static void
users_draw_what_is_popular_and_what_they_like(void)
{
    struct made m = make(2000, 2000, 20000);
    double taste, popularity;

    compare_sides(&m, &taste, &popularity);
    CU_ASSERT(taste > .08 && taste < .16);
    CU_ASSERT(popularity > 50);
    unmake(&m);
}

/* Six films of ten: most are left to the race. */
static void
those_who_rate_most_films_leave_the_unpopular_and_the_disliked(void)
{
    struct made m = make(200, 400, 48000);
    double taste, popularity;

    compare_sides(&m, &taste, &popularity);
    CU_ASSERT(taste > .06 && taste < .14);
    CU_ASSERT(popularity > 5);
    unmake(&m);
}

static void
no_film_is_rated_before_it_came_out(void)
{
    struct made m = make(1000, 1000, 100000);
    size_t n_waited = 0;

    for (size_t k = 0; k < m.n; k++) {
        const struct synth_film *f = &m.w->film[m.rows[k].item];
        struct synth_user who;

        CU_ASSERT(m.rows[k].time >= f->release || m.rows[k].time == LAST_TIME);
        synth_world_user(m.w, m.rows[k].user - 1, &who);
        CU_ASSERT(m.rows[k].time >= who.joined);
        n_waited += f->release > who.joined;
    }
    CU_ASSERT(n_waited > 5000);
    unmake(&m);
}

static void
half_stars_come_on_a_day_and_stay_the_rarer(void)
{
    struct made m = make(1000, 1000, 100000);
    size_t n_before = 0, n_after = 0, n_halves = 0;

    for (size_t k = 0; k < m.n; k++) {
        const float stars = m.rows[k].stars;
        const bool half = stars != rintf(stars);

        if (m.rows[k].time < HALVES_FROM) {
            n_before++;
            CU_ASSERT(!half && stars >= 1);
        } else {
            n_after++;
            n_halves += half;
        }
    }
    CU_ASSERT(n_before > 10000 && n_after > 10000);
    /* What lies within .31 of a whole number becomes it: 62 %, but for the ends. */
    CU_ASSERT_DOUBLE_EQUAL((double)n_halves / (double)n_after, .38, .03);
    unmake(&m);
}

static void
most_ratings_are_of_the_first_visit(void)
{
    struct made m = make(1000, 1000, 100000);
    size_t n_first = 0, n = 0;

    for (size_t k = 0; k < m.n; k++) {
        const uint32_t u = m.rows[k].user - 1;
        const uint64_t of_user = m.w->start[u + 1] - m.w->start[u];
        struct synth_user who;

        synth_world_user(m.w, u, &who);
        if (m.w->film[m.rows[k].item].release > who.joined)
            continue;
        n++;
        n_first += m.rows[k].time <= who.joined + 25 * of_user;
    }
    CU_ASSERT_DOUBLE_EQUAL((double)n_first / (double)n, .7, .02);
    unmake(&m);
}

static void
activity_has_nothing_to_do_with_the_number_of_the_user(void)
{
    enum { USERS = 5000 };
    struct synth_world *w = synth_read_world(USERS, 1000, 200000, 42);
    static double number[USERS], size[USERS];

    for (uint32_t u = 0; u < USERS; u++) {
        number[u] = u;
        size[u] = log((double)(w->start[u + 1] - w->start[u]));
    }
    /* Five standard deviations. */
    CU_ASSERT(fabs(synth_read_correlation(number, size, USERS)) < 5 / sqrt(USERS));
    synth_world_free(w);
}

CU_TestInfo tests_synth_choose[] = {
    { "users draw what is popular and what they like",
      users_draw_what_is_popular_and_what_they_like },
    { "those who rate most films leave the unpopular and the disliked",
      those_who_rate_most_films_leave_the_unpopular_and_the_disliked },
    { "no film is rated before it came out", no_film_is_rated_before_it_came_out },
    { "half stars come on a day, and stay the rarer",
      half_stars_come_on_a_day_and_stay_the_rarer },
    { "most ratings are of the first visit", most_ratings_are_of_the_first_visit },
    { "activity has nothing to do with the number of the user",
      activity_has_nothing_to_do_with_the_number_of_the_user },
    CU_TEST_INFO_NULL,
};

/* test_evaluate.c - errors, baselines and ranking, worked by hand. */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/evaluate.h"

#include "tests/explore/films_made.h"
#include "tests/made.h"
#include "tests/unit.h"

#include <math.h>
#include <string.h>

/*
 * Twelve films whose biases fall, so that everybody's list is 1, 2, 3, … less what he
 * trained on; film 12 has no rating. All factors are 0.
 *
 * User 1 trained on film 1 (5 stars) and is asked for 2 (4 stars), 3 (2), 4 (5) and
 * 11 (4.5). His list is 2 … 11: hits at places 1, 3 and 10 of 3 relevant.
 * User 2 trained on 2 (3 stars), asked for 3 (1 star): nothing relevant, left out.
 * User 3 trained on 2 … 4, asked for 1 (4): his list is 1, 5 … 11, hit at 1 of 1.
 */
static const struct film made[12] = {
    { "A", 1, 0, "", 2, 4, .6f },   { "B", 2, 0, "", 2, 4, .5f },
    { "C", 3, 0, "", 2, 4, .4f },   { "D", 4, 0, "", 2, 4, .3f },
    { "E", 5, 0, "", 1, 4, .2f },   { "F", 6, 0, "", 1, 4, .1f },
    { "G", 7, 0, "", 1, 4, 0 },     { "H", 8, 0, "", 1, 4, -.1f },
    { "I", 9, 0, "", 1, 4, -.2f },  { "J", 10, 0, "", 1, 4, -.3f },
    { "K", 11, 0, "", 1, 4, -.4f }, { "L", 12, 0, "", 0, NAN, 9 },
};

static const struct seen pairs[] = {
    { 1, 1 }, { 1, 2 }, { 1, 3 }, { 1, 4 }, { 1, 11 }, { 2, 2 },
    { 2, 3 }, { 3, 1 }, { 3, 2 }, { 3, 3 }, { 3, 4 },
};
static const float stars[] = { 5, 4, 2, 5, 4.5f, 3, 1, 4, 3, 2, 1 };
static const bool held[] = { 0, 1, 1, 1, 1, 0, 1, 1, 0, 0, 0 };

#define N_PAIRS (sizeof(stars) / sizeof(stars[0]))

struct world {
    struct catalog *c;
    struct model *m;
    struct ratings *r;
};

static void
world_make(struct world *w)
{
    static const float values[] = { 1, 2, 3, 4, 4.5f, 5 };

    w->c = films_catalog(made, 12, 3);
    w->m = films_model(made, 12, 3, 2);
    w->r = films_ratings(pairs, N_PAIRS, 3, 12);
    memcpy(w->r->value, values, sizeof(values));
    w->r->n_values = 6;
    for (size_t i = 0; i < N_PAIRS; i++) {
        for (unsigned v = 0; v < 6; v++)
            if (values[v] == stars[i])
                w->r->code[i] = (uint8_t)v;
        if (held[i]) {
            w->r->item[i] |= RATINGS_HELD_OUT;
            w->r->n_held_out++;
        }
    }
}

static void
world_unmake(struct world *w)
{
    catalog_free(w->c);
    model_free(w->m);
    ratings_free(w->r);
}

static struct evaluation
evaluate(const struct world *w, const struct evaluate_query *q, struct pool *pool)
{
    struct evaluation ev = { 0 };

    CU_ASSERT_EQUAL_FATAL(evaluate_model(&ev, w->m, w->c, w->r, w->r, q, pool, NULL),
                          ERR_OK);
    return ev;
}

static void
ranking_is_what_the_hand_works_out(void)
{
    const struct evaluate_query q = { .relevant = 4 };
    const double ideal3 = 1 + 1 / log2(3) + .5;
    const double ndcg1 = (1 + .5 + 1 / log2(11)) / ideal3;
    struct evaluation ev;
    struct world w;

    world_make(&w);
    ev = evaluate(&w, &q, NULL);
    CU_ASSERT_EQUAL(ev.n_relevant_users, 2);
    CU_ASSERT_EQUAL(ev.n_ranked_users, 2);
    CU_ASSERT_DOUBLE_EQUAL(ev.ranked.precision.value, (.3 + .1) / 2, 1e-15);
    CU_ASSERT_DOUBLE_EQUAL(ev.ranked.recall.value, 1, 1e-15);
    CU_ASSERT_DOUBLE_EQUAL(ev.ranked.ndcg.value, (ndcg1 + 1) / 2, 1e-15);
    CU_ASSERT_DOUBLE_EQUAL(ev.ranked.coverage, 1, 1e-15);
    CU_ASSERT_EQUAL(ev.ranked.precision.error, 0);
    world_unmake(&w);
}

/* Trained on: film 2 twice, 1, 3 and 4 once, the others never; so it is 2, 1, 3, 4, 5,
 * … for everybody, less what is known of him: the places of hits are those above. The
 * model is turned round: 11, 10, …, hits at 1 of 11, at 8 of 4, at 10 of 2. */
static void
the_most_rated_are_judged_beside_the_model(void)
{
    const struct evaluate_query q = { .relevant = 4 };
    const double ideal3 = 1 + 1 / log2(3) + .5;
    const double most_rated = (1 + .5 + 1 / log2(11)) / ideal3;
    const double model1 = (1 + 1 / log2(9) + 1 / log2(11)) / ideal3;
    struct evaluation ev;
    struct world w;

    world_make(&w);
    for (uint32_t i = 1; i <= 11; i++)
        w.m->bi[i] = (float)i;
    ev = evaluate(&w, &q, NULL);
    CU_ASSERT_DOUBLE_EQUAL(ev.popular.precision.value, (.3 + .1) / 2, 1e-15);
    CU_ASSERT_DOUBLE_EQUAL(ev.popular.recall.value, 1, 1e-15);
    CU_ASSERT_DOUBLE_EQUAL(ev.popular.ndcg.value, (most_rated + 1) / 2, 1e-15);
    CU_ASSERT_DOUBLE_EQUAL(ev.popular.coverage, 1, 1e-15);
    /* User 3 is listed 11 … 5 and 1: his hit is at 8. */
    CU_ASSERT_DOUBLE_EQUAL(ev.ranked.ndcg.value, (model1 + 1 / log2(9)) / 2, 1e-15);
    world_unmake(&w);
}

static void
what_is_relevant_is_asked_by_stars(void)
{
    const struct evaluate_query q = { .relevant = 4.5 };
    struct evaluation ev;
    struct world w;

    world_make(&w);
    ev = evaluate(&w, &q, NULL); /* user 1 alone: film 4 at 3, film 11 at 10 */
    CU_ASSERT_EQUAL(ev.n_relevant_users, 1);
    CU_ASSERT_DOUBLE_EQUAL(ev.ranked.precision.value, .2, 1e-15);
    CU_ASSERT_DOUBLE_EQUAL(ev.ranked.ndcg.value,
                           (.5 + 1 / log2(11)) / (1 + 1 / log2(3)), 1e-15);
    CU_ASSERT_DOUBLE_EQUAL(ev.ranked.coverage, 10. / 11, 1e-15);
    world_unmake(&w);
}

static void
errors_and_baselines_are_what_the_hand_works_out(void)
{
    /* Trained: 5, 3, 3, 2, 1, mean 2.8. Asked: 4, 2, 5, 4.5, 1, 4. */
    static const double given[] = { 4, 2, 5, 4.5, 1, 4 };
    /* Film means in train: 1 5, 2 3, 3 2, 4 1, the others 2.8. */
    static const double item[] = { 3, 2, 1, 2.8, 2, 5 };
    static const double bias[] = { .5, .4, .3, -.4, .4, .6 };
    double global_sum = 0, item_sum = 0, model_sum = 0, model_abs = 0;
    struct evaluation ev;
    struct world w;

    world_make(&w);
    ev = evaluate(&w, &(struct evaluate_query){ .relevant = 4 }, NULL);
    for (unsigned i = 0; i < 6; i++) {
        const double y = .5 + 5 / (1 + exp(-bias[i]));

        global_sum += (given[i] - 2.8) * (given[i] - 2.8);
        item_sum += (given[i] - item[i]) * (given[i] - item[i]);
        model_sum += (given[i] - y) * (given[i] - y);
        model_abs += fabs(given[i] - y);
    }
    CU_ASSERT_EQUAL(ev.n, 6);
    CU_ASSERT_DOUBLE_EQUAL(ev.global_mean.rmse, sqrt(global_sum / 6), 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(ev.item_mean.rmse, sqrt(item_sum / 6), 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(ev.model.rmse, sqrt(model_sum / 6), 1e-7);
    CU_ASSERT_DOUBLE_EQUAL(ev.model.mae, model_abs / 6, 1e-7);
    /* ŷ of -.4 is 2.507, of .3 and .4 3.37 and 3.49, of .5 and .6 3.61 and 3.73. */
    CU_ASSERT_EQUAL(ev.bin[4].count, 1);
    CU_ASSERT_DOUBLE_EQUAL(ev.bin[4].given, 4.5, 1e-12);
    CU_ASSERT_EQUAL(ev.bin[5].count, 3);
    CU_ASSERT_DOUBLE_EQUAL(ev.bin[5].given, 8. / 3, 1e-12);
    CU_ASSERT_EQUAL(ev.bin[6].count, 2);
    CU_ASSERT_DOUBLE_EQUAL(ev.bin[6].given, 4, 1e-12);
    CU_ASSERT_TRUE(isnan(ev.bin[0].given));
    world_unmake(&w);
}

static void
a_draw_of_users_states_its_error(void)
{
    struct evaluate_query q = { .relevant = 4, .n_users = 1 };
    struct evaluation ev;
    unsigned first = 0;
    struct world w;

    world_make(&w);
    for (q.seed = 0; q.seed < 64; q.seed++) {
        ev = evaluate(&w, &q, NULL);
        CU_ASSERT_EQUAL(ev.n_ranked_users, 1);
        CU_ASSERT_EQUAL(ev.n_relevant_users, 2);
        first += fabs(ev.ranked.precision.value - .3) < 1e-12;
    }
    CU_ASSERT(first > 16 && first < 48);
    CU_ASSERT_TRUE(isnan(ev.ranked.precision.error)); /* one user has no spread */
    world_unmake(&w);
}

static void
other_data_are_matched_by_id_and_the_rest_counted(void)
{
    static const struct film other_film[] = { { "K", 11, 0, "", 1, 4, 0 },
                                              { "new", 99, 0, "", 1, 4, 0 },
                                              { "A", 1, 0, "", 1, 4, 0 } };
    static const struct seen other_pairs[] = { { 1, 1 }, { 1, 2 }, { 3, 3 }, { 4, 1 } };
    struct catalog *c = films_catalog(other_film, 3, 4); /* users 10, 20, 30, 40 */
    struct ratings *r = films_ratings(other_pairs, 4, 4, 3), *test = NULL;
    struct evaluate_skipped skipped = { 0 };
    struct world w;

    world_make(&w);
    CU_ASSERT_EQUAL_FATAL(evaluate_other(&test, &skipped, w.c, c, r, NULL), ERR_OK);
    CU_ASSERT_EQUAL(skipped.ratings, 2);
    CU_ASSERT_EQUAL(skipped.users, 1);
    CU_ASSERT_EQUAL(skipped.films, 1);
    CU_ASSERT_EQUAL(test->n, 2);
    CU_ASSERT_EQUAL(test->n_held_out, 2);
    CU_ASSERT_EQUAL(test->start[1], 0);
    CU_ASSERT_EQUAL(test->start[2], 1);
    CU_ASSERT_EQUAL(test->start[3], 1);
    CU_ASSERT_EQUAL(test->start[4], 2);
    CU_ASSERT_EQUAL(ratings_item(test, 0), 11);
    CU_ASSERT_EQUAL(ratings_item(test, 1), 1);
    CU_ASSERT_EQUAL(ratings_stars(test, 0), 4);
    ratings_free(test);
    ratings_free(r);
    catalog_free(c);
    world_unmake(&w);
}

/* Heard by evaluate: counts what it is told, and wishes the end at one of them. */
struct listener {
    unsigned n[3];
    unsigned end_at;
    atomic_bool cancel;
};

static void
hear(void *arg, enum evaluate_stage stage, double part)
{
    struct listener *l = arg;

    CU_ASSERT(stage == EVALUATE_BASELINES ? isnan(part) : part >= 0 && part <= 1);
    l->n[stage]++;
    if (l->n[0] + l->n[1] + l->n[2] == l->end_at)
        atomic_store(&l->cancel, true);
}

static void
it_says_how_far_it_is_and_stops_when_told(void)
{
    struct listener l = { .end_at = 0 };
    struct evaluate_query q = {
        .relevant = 4, .cancel = &l.cancel, .progress = hear, .progress_arg = &l
    };
    struct evaluation ev = { .n = 77 };
    struct world w;
    unsigned n_said;

    world_make(&w);
    evaluate(&w, &q, NULL);
    CU_ASSERT(l.n[0] == 1 && l.n[1] >= 1 && l.n[2] == 2);
    n_said = l.n[0] + l.n[1] + l.n[2];
    for (unsigned end = 1; end <= n_said; end++) {
        memset(&l, 0, sizeof(l));
        l.end_at = end;
        CU_ASSERT_EQUAL(evaluate_model(&ev, w.m, w.c, w.r, w.r, &q, NULL, NULL),
                        ERR_STATE);
        CU_ASSERT_EQUAL(l.n[0] + l.n[1] + l.n[2], end);
        CU_ASSERT_EQUAL(ev.n, 77);
    }
    world_unmake(&w);
}

/* The same bits with one thread and with three, drawn users included. */
static void
the_result_does_not_depend_on_the_number_of_threads(void)
{
    const struct made want = { .n = 6000,
                               .n_users = 300,
                               .n_items = 90,
                               .coded = true,
                               .held_out = 20,
                               .seed = 8 };
    struct film film[90];
    struct evaluate_query q = { .relevant = 4, .n_users = 100 };
    struct pool *pool = NULL;
    struct evaluation one, three;
    struct world w;

    for (unsigned i = 0; i < 90; i++)
        film[i] = (struct film){ "Same Title", 1 + i, 0, "", 5, 3, 0 };
    w.c = films_catalog(film, 90, 300);
    w.m = films_model(film, 90, 300, 4);
    model_init(w.m, 3, NULL);
    w.r = made_ratings(&want);
    CU_ASSERT_EQUAL_FATAL(pool_new(&pool, 3, NULL), ERR_OK);
    one = evaluate(&w, &q, NULL);
    three = evaluate(&w, &q, pool);
    three.rank_s = one.rank_s;
    CU_ASSERT_EQUAL(memcmp(&one, &three, sizeof(one)), 0);
    CU_ASSERT_EQUAL(one.n_ranked_users, 100);
    pool_free(pool);
    world_unmake(&w);
}

static void
nothing_to_ask_is_refused(void)
{
    const struct evaluate_query q = { .relevant = 4 };
    struct evaluation ev;
    struct err err;
    struct world w;

    world_make(&w);
    for (size_t i = 0; i < N_PAIRS; i++)
        w.r->item[i] &= ~RATINGS_HELD_OUT;
    w.r->n_held_out = 0;
    CU_ASSERT_EQUAL(evaluate_model(&ev, w.m, w.c, w.r, w.r, &q, NULL, &err), ERR_ARG);
    world_unmake(&w);
}

/* Whichever of the three has other rows. */
static void
parts_that_do_not_belong_together_are_refused(void)
{
    const struct evaluate_query q = { .relevant = 4 };
    struct ratings *fewer = films_ratings(pairs, 5, 1, 12);
    struct evaluation ev;
    struct err err;
    struct world w;

    world_make(&w);
    fewer->item[1] |= RATINGS_HELD_OUT;
    fewer->n_held_out = 1;
    CU_ASSERT_EQUAL(evaluate_model(&ev, w.m, w.c, w.r, fewer, &q, NULL, &err), ERR_ARG);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "the ratings 1 and 12"));
    CU_ASSERT_EQUAL(evaluate_model(&ev, w.m, w.c, fewer, w.r, &q, NULL, &err), ERR_ARG);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "the ratings 1 and 12"));
    ratings_free(fewer);
    world_unmake(&w);
}

static void
without_memory_it_says_so(void)
{
    const struct evaluate_query q = { .relevant = 4 };
    enum err_code rc = ERR_NOMEM;
    struct evaluation ev;
    struct world w;

    world_make(&w);
    for (unsigned long at = 1; at < 60 && rc != ERR_OK; at++) {
        mem_fail_at(at, 0);
        rc = evaluate_model(&ev, w.m, w.c, w.r, w.r, &q, NULL, NULL);
        CU_ASSERT(rc == ERR_OK || rc == ERR_NOMEM);
    }
    mem_fail_at(0, 0);
    CU_ASSERT_EQUAL(rc, ERR_OK);
    world_unmake(&w);
}

CU_TestInfo tests_evaluate[] = {
    { "ranking is what the hand works out", ranking_is_what_the_hand_works_out },
    { "the most rated films are judged beside the model",
      the_most_rated_are_judged_beside_the_model },
    { "what is relevant is asked by stars", what_is_relevant_is_asked_by_stars },
    { "errors and baselines are what the hand works out",
      errors_and_baselines_are_what_the_hand_works_out },
    { "a draw of users states its error", a_draw_of_users_states_its_error },
    { "other data are matched by id and the rest counted",
      other_data_are_matched_by_id_and_the_rest_counted },
    { "it says how far it is and stops when told",
      it_says_how_far_it_is_and_stops_when_told },
    { "the result does not depend on the number of threads",
      the_result_does_not_depend_on_the_number_of_threads },
    { "nothing to ask is refused", nothing_to_ask_is_refused },
    { "parts that do not belong together are refused",
      parts_that_do_not_belong_together_are_refused },
    { "without memory it says so", without_memory_it_says_so },
    CU_TEST_INFO_NULL,
};

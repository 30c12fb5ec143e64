/*
 * bench_reading.c - how long questions to a trained run take; see bench_reading.h.
 *
 * A question is a row of a table: what it needs is prepared once, then it is asked on
 * one thread, as a person asks it, for films and users evenly spread over the run.
 */
#include "config.h"

#include "ui/cli/bench_reading.h"

#include "src/base/clock.h"
#include "src/base/mem.h"
#include "src/base/rng.h"
#include "src/explore/directions.h"
#include "src/explore/explain.h"
#include "src/explore/fans.h"
#include "src/explore/foldin.h"
#include "src/explore/recommend.h"
#include "src/explore/similar.h"
#include "ui/cli/bench_multiply.h"
#include "ui/cli/reading.h"
#include "ui/cli/signals.h"

#include <math.h>
#include <stdlib.h>

#define LISTED     10
#define REPEATS    200 /* of a question at most */
#define LEAST      5   /* at least */
#define LONGEST_S  1.0 /* then it is enough */
#define NEIGHBOURS 5

/* What the questions share. */
struct asked {
    struct reading r;
    struct pool *pool;
    struct similar_index *index;
    struct recommender *recommender;
    struct centre about;
    struct directions d;
    struct foldin_prior prior;
    struct fans *fans;             /* (genres) */
    double *taste;                 /* (k) */
    double *z;                     /* (k + 1) */
    struct foldin_rating *ratings; /* (films) of a new user */
    size_t n_ratings;              /* of theirs */
};

/* ---- the questions --------------------------------------------------------------- */

/* Film and user of the i-th time. */
static uint32_t
film_at(const struct asked *a, unsigned i)
{
    return 1 + (uint32_t)((uint64_t)i * 2654435761U % a->r.model->n_items);
}

static uint32_t
user_at(const struct asked *a, unsigned i)
{
    return 1 + (uint32_t)((uint64_t)i * 2654435761U % a->r.model->n_users);
}

static enum err_code
ask_similar(struct asked *a, unsigned i, struct err *err)
{
    const struct similar_query q = { .limit = LISTED };
    struct similar *list = NULL;
    size_t n = 0;
    enum err_code rc =
        similar_films(&list, &n, a->index, a->r.catalog, film_at(a, i), &q, err);

    mem_free(list);
    return rc;
}

static enum err_code
hear_nothing(void *arg, uint32_t user, const struct recommendation *list, size_t n,
             struct err *err)
{
    (void)arg;
    (void)user;
    (void)list;
    (void)n;
    (void)err;
    return ERR_OK;
}

static enum err_code
ask_recommend(struct asked *a, unsigned i, struct err *err)
{
    const struct recommend_query q = { .limit = LISTED };
    const uint32_t user = user_at(a, i);

    return recommend_users(a->recommender, &user, 1, &q, NULL, hear_nothing, NULL, err);
}

static enum err_code
ask_explain(struct asked *a, unsigned i, struct err *err)
{
    struct neighbour near[NEIGHBOURS];
    struct explanation e;
    size_t n = 0;

    explain_logit(&e, a->taste, a->r.model, &a->d, user_at(a, i), film_at(a, i));
    return explain_neighbours(near, NEIGHBOURS, &n, a->r.model, a->r.catalog,
                              a->r.ratings, user_at(a, i), film_at(a, i), err);
}

/* A new user likes what an old one is predicted to like, as nearly as ratings tell, and
 * rates films in no order. */
static void
make_new_user(struct asked *a, unsigned i)
{
    const struct model *m = a->r.model;

    for (size_t j = 0; j < a->n_ratings; j++) {
        const uint32_t film = film_at(a, (unsigned)j);
        double z[2];

        rng_normal2(rng_at(0, RNG_EVALUATE, j, i), z);
        a->ratings[j] = (struct foldin_rating){
            film, (float)(model_rating(m, model_logit(m, user_at(a, i), film)) +
                          sqrt(a->prior.noise) * z[0])
        };
    }
}

static enum err_code
ask_foldin(struct asked *a, unsigned i, struct err *err)
{
    (void)i;
    return foldin_fit(a->z, NULL, a->r.model, &a->prior, a->ratings, a->n_ratings, NULL,
                      err);
}

static enum err_code
ask_principal(struct asked *a, unsigned i, struct err *err)
{
    struct directions d = { 0 };
    enum err_code rc =
        directions_init(&d, a->r.model, a->r.catalog, &a->about, DIRECTIONS_PCA, err);

    (void)i;
    directions_done(&d);
    return rc;
}

static enum err_code
ask_fans(struct asked *a, unsigned i, struct err *err)
{
    size_t n = 0;

    return fans_find(a->fans, &n, a->r.model, a->r.catalog, &a->about, film_at(a, i),
                     err);
}

static const struct question {
    const char *name; /* in JSON and CSV, as it is typed */
    const char *what; /* in text */
    enum err_code (*ask)(struct asked *a, unsigned i, struct err *err);
    size_t n_ratings; /* of a new user, who is made before each time; 0: of nobody */
} questions[] = {
    { "similar", "the ten films most like one", ask_similar, 0 },
    { "recommend", "the best ten for a user", ask_recommend, 0 },
    { "explain", "why a film is predicted so for a user", ask_explain, 0 },
    { "fold-in", "a new user with so many ratings", ask_foldin, 100 },
    { "fold-in", "a new user with so many ratings", ask_foldin, 1000 },
    { "fold-in", "a new user with so many ratings", ask_foldin, 30000 },
    { "factors", "principal directions, with names", ask_principal, 0 },
    { "movie", "who likes a film, over all users", ask_fans, 0 },
};

#define N_QUESTIONS (sizeof(questions) / sizeof(questions[0]))

/* ---- measuring ------------------------------------------------------------------- */

static void
asked_done(struct asked *a)
{
    mem_free(a->fans);
    mem_free(a->taste);
    mem_free(a->z);
    mem_free(a->ratings);
    foldin_prior_done(&a->prior);
    directions_done(&a->d);
    centre_done(&a->about);
    recommender_free(a->recommender);
    similar_index_free(a->index);
    pool_free(a->pool);
    reading_close(&a->r);
}

static enum err_code
make_room(struct asked *a, struct err *err)
{
    const uint32_t most = a->r.model->n_items;

    a->fans = mem_new(a->r.catalog->genre.n, sizeof(*a->fans));
    a->taste = mem_new(a->r.model->k, sizeof(*a->taste));
    a->z = mem_new(a->r.model->k + 1, sizeof(*a->z));
    a->ratings = mem_new(most, sizeof(*a->ratings));
    if (a->fans == NULL || a->taste == NULL || a->z == NULL || a->ratings == NULL)
        return err_nomem(err, most * sizeof(*a->ratings), "questions");
    return ERR_OK;
}

static enum err_code
prepare(struct asked *a, struct cli *cli, const char *word, struct err *err)
{
    char *operand = mem_strdup(word);
    struct cli as_operand = *cli;
    enum err_code rc;

    if (operand == NULL)
        return err_nomem(err, 1, word);
    as_operand.operands = &operand;
    as_operand.n_operands = 1;
    rc = reading_open(&a->r, &as_operand, NULL, READING_WITH_RATINGS, err);
    mem_free(operand);
    if (rc == ERR_OK)
        rc = pool_new(&a->pool, cli->threads, err);
    if (rc == ERR_OK)
        rc = similar_index_new(&a->index, a->r.model, err);
    if (rc == ERR_OK)
        rc = recommender_new(&a->recommender, a->r.model, a->r.catalog, a->r.ratings,
                             err);
    if (rc == ERR_OK)
        rc = centre_init(&a->about, a->r.model, a->r.catalog, CENTRE_FILMS, err);
    if (rc == ERR_OK)
        rc = directions_init(&a->d, a->r.model, a->r.catalog, &a->about, DIRECTIONS_PCA,
                             err);
    if (rc == ERR_OK)
        rc = foldin_prior_init(&a->prior, a->r.model, a->r.ratings, err);
    return rc == ERR_OK ? make_room(a, err) : rc;
}

static int
compare_seconds(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* How many ratings the question's new user has: no more than there are films. */
static size_t
n_ratings_of(const struct asked *a, const struct question *q)
{
    return q->n_ratings < a->r.model->n_items ? q->n_ratings : a->r.model->n_items;
}

/* The i-th time; *ret_s is what it took. */
static enum err_code
time_once(struct asked *a, const struct question *q, unsigned i, double *ret_s,
          struct err *err)
{
    enum err_code rc;
    double t;

    a->n_ratings = n_ratings_of(a, q);
    make_new_user(a, i);
    t = clock_now_s();
    rc = q->ask(a, i, err);
    *ret_s = clock_now_s() - t;
    return rc;
}

/* Ask it again and again; *ret_n times, their seconds rising in s (REPEATS). The first,
 * which finds nothing in the caches, is not counted. */
static enum err_code
time_question(struct asked *a, const struct question *q, double *s, unsigned *ret_n,
              struct err *err)
{
    const double begin = clock_now_s();
    unsigned n = 0;
    enum err_code rc = time_once(a, q, 0, &s[0], err);

    while (rc == ERR_OK && n < REPEATS &&
           (n < LEAST || clock_now_s() - begin < LONGEST_S)) {
        rc = time_once(a, q, n + 1, &s[n], err);
        n++;
        if (rc == ERR_OK && atomic_load(signals_stop()))
            rc = err_set(err, ERR_STATE, "measuring was stopped");
    }
    qsort(s, n, sizeof(*s), compare_seconds);
    *ret_n = n;
    return rc;
}

/* ---- what is printed ------------------------------------------------------------- */

static const struct column fields[] = {
    { .key = "run", .head = "run", .form = FORM_TEXT },
    { .key = "users", .head = "users", .form = FORM_COUNT },
    { .key = "items", .head = "films", .form = FORM_COUNT },
    { .key = "factors", .head = "factors", .form = FORM_INT },
    { .key = "multiply_gflops",
      .head = "GFLOP/s of a square matrix product",
      .form = FORM_REAL,
      .digits = 1 },
    { .key = "threads", .head = "with threads", .form = FORM_INT },
};
static const struct column columns[] = {
    { .key = "question" },
    { .head = "question", .form = FORM_TEXT, .flex = 1 },
    { .key = "ratings", .head = "ratings", .form = FORM_COUNT },
    { .key = "repeats", .head = "times", .form = FORM_INT },
    { .key = "median_ms", .head = "median ms", .form = FORM_REAL, .digits = 2 },
    { .key = "least_ms", .head = "least ms", .form = FORM_REAL, .digits = 2 },
};

#define N_FIELDS  (sizeof(fields) / sizeof(fields[0]))
#define N_COLUMNS (sizeof(columns) / sizeof(columns[0]))

/* Is it the question before, for want of films? */
static bool
is_same(const struct asked *a, size_t i)
{
    return i > 0 && questions[i].n_ratings > 0 &&
           n_ratings_of(a, &questions[i]) == n_ratings_of(a, &questions[i - 1]);
}

static void
print_question(struct cli *cli, const struct asked *a, const struct question *q,
               const double *s, unsigned n)
{
    output_row(cli->out, (const struct value[N_COLUMNS]){
                             value_text(q->name), value_text(q->what),
                             q->n_ratings > 0 ? value_int((int64_t)n_ratings_of(a, q))
                                              : value_null(),
                             value_int(n), value_f32((float)(1e3 * s[n / 2])),
                             value_f32((float)(1e3 * s[0])) });
}

static enum err_code
print_questions(struct cli *cli, struct asked *a, struct err *err)
{
    double s[REPEATS];
    enum err_code rc = ERR_OK;

    output_table_begin(cli->out, "questions", columns, N_COLUMNS);
    for (size_t i = 0; rc == ERR_OK && i < N_QUESTIONS; i++) {
        unsigned n = 0;

        if (is_same(a, i))
            continue;
        progress_say(cli->progress, "%s", questions[i].what);
        rc = time_question(a, &questions[i], s, &n, err);
        if (rc == ERR_OK)
            print_question(cli, a, &questions[i], s, n);
    }
    output_table_end(cli->out);
    return rc;
}

enum err_code
bench_reading(struct cli *cli, const char *word, struct err *err)
{
    struct asked a = { 0 };
    double gflops = 0;
    enum err_code rc = prepare(&a, cli, word, err);

    if (rc == ERR_OK)
        rc = bench_multiply(&gflops, a.pool, err);
    if (rc == ERR_OK) {
        output_object_begin(cli->out, NULL);
        output_fields(cli->out, fields, N_FIELDS,
                      (const struct value[N_FIELDS]){
                          value_text(a.r.name), value_int(a.r.model->n_users),
                          value_int(a.r.model->n_items), value_int(a.r.model->k),
                          value_f32((float)gflops), value_int(pool_size(a.pool)) });
        output_gap(cli->out);
        rc = print_questions(cli, &a, err);
        output_object_end(cli->out);
    }
    if (rc == ERR_OK) {
        output_gap(cli->out);
        output_say(cli->out, "%s",
                   "Each question on one thread, with the model in memory and what is "
                   "made once a model made. 'mltui evaluate' ranks with all threads; "
                   "its GFLOP/s are to be held against the square product's.");
    }
    asked_done(&a);
    return rc;
}

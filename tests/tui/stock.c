/*
 * stock.c - see stock.h. Any failure ends the test.
 *
 * Letters: u, i rows of users and films, k factors. Film i lies in the genres that it
 * is listed with, user u likes two of them, and a hash of the place moves every weight
 * a little, so that no two numbers are alike enough to change places by rounding.
 */
#include "config.h"

#include "tests/tui/stock.h"

#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <math.h>
#include <string.h>

#define N_USERS   40
#define N_FACTORS 6

static const struct film films[] = {
    { "Toy Story (1995)", 1, 1995, "Animation|Children|Comedy", 0, 0, .31f },
    { "Heat (1995)", 2, 1995, "Action|Crime", 0, 0, .2f },
    { "Am\u00e9lie (Fabuleux destin d'Am\u00e9lie Poulain, Le) (2001)", 3, 2001,
      "Comedy|Romance", 0, 0, .44f },
    { "\u5343\u3068\u5343\u5c0b\u306e\u795e\u96a0\u3057 (2001)", 4, 2001,
      "Animation|Fantasy", 0, 0, .52f },
    { "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb, a "
      "title that no column is wide enough for (1964)",
      5, 1964, "Comedy|War", 0, 0, .41f },
    { "\x1b[31mRed\x1b[0m \u202esdrawkcab\u202c \a(1994)", 6, 1994, "Drama", 0, 0,
      .12f },
    { "Godfather, The (1972)", 7, 1972, "Crime|Drama", 0, 0, .6f },
    { "Seven Samurai (Shichinin no samurai) (1954)", 8, 1954, "Action|Drama", 0, 0,
      .57f },
    { "e\u0301\u0302\u0303\u0304te\u0301 (1999)", 9, 1999, "Drama|Romance", 0, 0,
      -.05f },
    { "Battlefield Earth (2000)", 10, 2000, "Action|Sci-Fi", 0, 0, -.71f },
    { "No year, no genre", 11, 0, "", 0, 0, -.2f },
    { "Alien (1979)", 12, 1979, "Horror|Sci-Fi", 0, 0, .48f },
    { "Blade Runner (1982)", 13, 1982, "Sci-Fi", 0, 0, .45f },
    { "Ice Age (2002)", 14, 2002, "Animation|Children|Comedy", 0, 0, .02f },
    { "Shining, The (1980)", 15, 1980, "Horror", 0, 0, .33f },
    { "Casablanca (1942)", 16, 1942, "Drama|Romance|War", 0, 0, .5f },
    { "Scary Movie (2000)", 17, 2000, "Comedy|Horror", 0, 0, -.4f },
    { "Star Wars (1977)", 18, 1977, "Action|Sci-Fi", 0, 0, .47f },
    { "Titanic (1997)", 19, 1997, "Drama|Romance", 0, 0, -.1f },
    { "Babe (1995)", 20, 1995, "Children|Drama", 0, 0, .09f },
    { "Fargo (1996)", 21, 1996, "Comedy|Crime", 0, 0, .43f },
    { "Fantasia (1940)", 22, 1940, "Animation|Children", 0, 0, .17f },
    { "Pulp Fiction (1994)", 23, 1994, "Comedy|Crime|Drama", 0, 0, .49f },
    { "Saw (2004)", 24, 2004, "Horror", 0, 0, -.25f },
    { "Emma (1996)", 25, 1996, "Comedy|Romance", 0, 0, .11f },
    { "Never seen by anybody (1991)", 26, 1991, "War", 0, 0, 0 },
};

#define N_FILMS ((uint32_t)(sizeof(films) / sizeof(films[0])))

static const struct device_ops made_device = { .name = "cpu" };

/* A number of [0, 1) that depends on the two in no way one sees. */
static double
mix(uint32_t a, uint32_t b)
{
    uint32_t h = (a * 2654435761u) ^ (b * 2246822519u + 374761393u);

    h = (h ^ (h >> 15)) * 2654435769u;
    return (double)((h ^ (h >> 13)) & 0xffffff) / (double)0x1000000;
}

/* ---- ratings and model ------------------------------------------------------------
 */

static bool
is_rated(uint32_t u, uint32_t i)
{
    return i < N_FILMS && mix(u, i) < 1.2 / (1 + .12 * i) * (u % 7 == 0 ? 1 : .6);
}

static size_t
count_ratings(void)
{
    size_t n = 0;

    for (uint32_t u = 1; u <= N_USERS; u++)
        for (uint32_t i = 1; i <= N_FILMS; i++)
            n += is_rated(u, i);
    return n;
}

static void
make_ratings(struct stock *s)
{
    struct catalog *c = s->data.catalog;
    size_t at = 0, n = count_ratings();
    struct ratings *r;

    CU_ASSERT_EQUAL_FATAL(ratings_new(&r, n, N_USERS, N_FILMS, true, NULL), ERR_OK);
    r->n_values = 10;
    for (unsigned v = 0; v < 10; v++)
        r->value[v] = (float)(v + 1) / 2;
    for (uint32_t u = 1; u <= N_USERS; u++) {
        r->start[u] = at;
        for (uint32_t i = 1; i <= N_FILMS; i++) {
            bool held_out = mix(u + 100, i) < .2;

            if (!is_rated(u, i))
                continue;
            r->code[at] =
                (uint8_t)(3 + 6 * mix(u + 200, i) + (films[i - 1].bias > .3f ? 1 : 0));
            r->code[at] = r->code[at] > 9 ? 9 : r->code[at];
            r->item[at] = i | (held_out ? RATINGS_HELD_OUT : 0);
            r->n_held_out += held_out;
            c->count[i]++;
            c->mean[i] += r->value[r->code[at++]];
        }
    }
    r->start[N_USERS + 1] = at;
    for (uint32_t i = 1; i <= N_FILMS; i++)
        c->mean[i] = c->count[i] > 0 ? c->mean[i] / (float)c->count[i] : NAN;
    s->data.ratings = r;
}

static bool
has_genre(uint32_t i, const char *genre)
{
    return strstr(films[i - 1].genres, genre) != NULL;
}

static void
make_models(struct stock *s)
{
    static const char *const genre[N_FACTORS] = { "Comedy", "Drama",  "Horror",
                                                  "Sci-Fi", "Action", "Children" };
    struct model *m = films_model(films, N_FILMS, N_USERS, N_FACTORS);

    for (uint32_t i = 1; i <= N_FILMS; i++)
        for (unsigned k = 0; k < N_FACTORS; k++)
            m->I[i * N_FACTORS + k] =
                (float)(has_genre(i, genre[k]) ? .5 - .05 * k : -.1) +
                (float)(mix(i + 300, k) - .5) * .2f;
    for (uint32_t u = 1; u <= N_USERS; u++) {
        m->bu[u] = (float)(mix(u, 400) - .5);
        for (unsigned k = 0; k < N_FACTORS; k++)
            m->U[u * N_FACTORS + k] = (float)(mix(u + 500, k) - .5) * 2;
    }
    s->model = m;
    s->alike = films_model(films, N_FILMS, N_USERS, N_FACTORS);
}

static struct shown *
show(const struct stock *s, const struct model *m)
{
    struct shown *shown;

    CU_ASSERT_EQUAL_FATAL(
        shown_new(&shown, m, s->data.catalog, s->data.ratings, s->audience, NULL, NULL),
        ERR_OK);
    return shown;
}

static void
make_data(struct stock *s)
{
    static char path[] = "made";

    s->data.catalog = films_catalog(films, N_FILMS, N_USERS);
    make_ratings(s);
    s->reject[0] = (struct reject){ "ratings.csv", 17, 3, "expected a number" };
    s->reject[1] =
        (struct reject){ "ratings.csv", 170, 2, "film '\x1b]0;owned\a' is no number" };
    s->data.path = path;
    s->data.n_lines = s->data.ratings->n + 2;
    s->data.n_rejected = 2;
    s->data.rejects = s->reject;
    s->data.n_rejects_kept = 2;
    s->data.first_time = 946684800; /* 2000-01-01 and ten years more */
    s->data.last_time = 1262304000 + 43200;
    s->data.n_titles = N_FILMS + 4;
    s->data.mean = 3.4567;
    s->data.load_s = .25;
}

static void
make_shown(struct stock *s)
{
    CU_ASSERT_EQUAL_FATAL(audience_new(&s->audience, s->data.ratings, NULL), ERR_OK);
    make_models(s);
    s->shown = show(s, s->model);
    s->shown_alike = show(s, s->alike);
    s->plan = (struct plan){ .ops = &made_device,
                             .threads = 2,
                             .batch = 64,
                             .n_batches = 1234,
                             .n_steps = 3702,
                             .n_train = 78976,
                             .n_valid = 8775,
                             .need_bytes = 12345678 };
}

/* ---- curves ------------------------------------------------------------------------
 */

/* A loss that falls from 2.5 towards `floor`, in STOCK_POINTS points of 64 batches. */
static void
make_steps(struct step_record step[STOCK_POINTS], uint32_t seed, double floor)
{
    for (uint32_t i = 0; i < STOCK_POINTS; i++) {
        double part = (double)i / STOCK_POINTS;
        double loss = floor + (2.5 - floor) / (1 + 14 * part);

        step[i] = (struct step_record){
            .step = 64 * (i + 1),
            .min = loss - .1 - .2 * mix(seed, i),
            .max = loss + .1 + .3 * mix(seed + 1, i),
            .mean = loss,
            .last = loss,
            .smooth = loss,
            .lr = 4 * part * (1 - part) * 5e-3 + 1e-4,
            .mom = .95 - .4 * part * (1 - part),
        };
    }
}

static struct epoch_record
make_epoch(unsigned epoch, double loss)
{
    return (struct epoch_record){
        .epoch = epoch,
        .train_loss = loss - .02,
        .valid_loss = loss,
        .rmse = .8765 - .01 * epoch,
        .mae = .6789 - .01 * epoch,
        .seconds = 1.25,
        .best = true,
    };
}

static void
make_curves(struct stock *s)
{
    make_steps(s->step, 1, .6);
    make_steps(s->nan_step, 1, .6);
    for (int i = STOCK_POINTS / 2; i < STOCK_POINTS; i++)
        s->nan_step[i].min = s->nan_step[i].max = s->nan_step[i].mean =
            s->nan_step[i].last = s->nan_step[i].smooth = NAN;
    for (unsigned e = 0; e < STOCK_EPOCHS; e++) {
        s->epoch[e] = make_epoch(e + 1, .9 - .1 * e);
        s->nan_epoch[e] = make_epoch(e + 1, e == 0 ? .9 : NAN);
    }
    s->epoch[2].valid_loss = .72; /* the second one was the best */
    s->epoch[1].valid_loss = .71;
    for (uint32_t p = 0; p < STOCK_PAST; p++) {
        make_steps(s->past_step[p], 10 + p, .7 + .1 * p);
        s->past_epoch[p] = make_epoch(1, .85 + .1 * p);
        s->past[p] =
            (struct curve){ .at = s->past_step[p],
                            .n = STOCK_POINTS,
                            .n_steps = 64 * STOCK_POINTS,
                            .epochs = &s->past_epoch[p],
                            .n_epochs = 1,
                            .name = p == 0 ? "2026-01-02-1200-made"
                                           : "2026-01-01-1200-made",
                            .settings = p == 0 ? "rate 0.003, 1 epoch, 100 factors"
                                               : "rate 0.01, 1 epoch, 50 factors" };
    }
}

/* A curve of the range test: flat, a long fall, an explosion. */
static void
make_findings(struct stock *s)
{
    for (size_t i = 0; i < LRFIND_STEPS; i++) {
        double part = (double)i / (LRFIND_STEPS - 1);
        double fall = 1 / (1 + exp(-12 * (part - .55)));

        s->whole.lr[i] = 1e-7 * pow(1e8, part);
        s->whole.smooth[i] =
            2.5 - 1.5 * fall + (part > .8 ? 40 * (part - .8) * (part - .8) : 0);
        s->whole.loss[i] = s->whole.smooth[i] + .2 * (mix(7, (uint32_t)i) - .5);
    }
    s->whole.n = LRFIND_STEPS;
    s->half = s->whole;
    s->half.n = 40;
    s->whole.found = (struct suggestions){
        .valley = 3.1e-3, .slide = 2.2e-2, .minimum = 2.5e-2, .steep = 1.4e-3
    };
    s->flat.n = 12;
    for (size_t i = 0; i < s->flat.n; i++) {
        s->flat.lr[i] = s->whole.lr[i];
        s->flat.smooth[i] = s->flat.loss[i] = 2.5;
    }
    s->flat.loss[11] = s->flat.smooth[11] = NAN;
    s->flat.found = (struct suggestions){
        .valley = NAN,
        .slide = NAN,
        .minimum = NAN,
        .steep = NAN,
        .why_valley = "the loss does not fall",
        .why_slide = "the loss does not fall",
        .why_minimum = "the loss does not fall",
        .why_steep = "the loss does not fall",
    };
}

void
stock_init(struct stock *s)
{
    memset(s, 0, sizeof(*s));
    make_data(s);
    make_shown(s);
    make_curves(s);
    make_findings(s);
}

void
stock_done(struct stock *s)
{
    shown_free(s->shown);
    shown_free(s->shown_alike);
    audience_free(s->audience);
    model_free(s->model);
    model_free(s->alike);
    catalog_free(s->data.catalog);
    ratings_free(s->data.ratings);
}

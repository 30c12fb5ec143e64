/*
 * worlds.c - see worlds.h. Any failure ends the test.
 *
 * Letters: u, i rows of users and films, k factors. Film i lies in the genres that it
 * is listed with, user u likes two of them, and a hash of the place moves every weight
 * a little, so that no two numbers are alike enough to change places by rounding.
 */
#include "config.h"

#include "tests/tui/worlds.h"

#include "src/base/mem.h"

#include "tests/explore/films_made.h"
#include "tests/unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define N_USERS   40
#define N_FACTORS 6
#define N_POINTS  60
#define N_EPOCHS  3
#define N_PAST    2

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

const char *const worlds_what[WORLDS_COUNT] = {
#define X(name, what) [WORLD_##name] = what,
    WORLDS_LIST(X)
#undef X
};

/* What all worlds borrow. */
static struct {
    bool made;
    struct dataset data;
    struct model *model, *alike;
    struct audience *audience;
    struct shown *shown, *shown_alike;
    struct plan plan;
    struct step_record step[N_POINTS], nan_step[N_POINTS], past_step[N_PAST][N_POINTS];
    struct epoch_record epoch[N_EPOCHS], nan_epoch[N_EPOCHS], past_epoch[N_PAST];
    struct curve past[N_PAST];
    struct finding none, half, whole, flat;
    struct reject reject[2];
    struct world world[WORLDS_COUNT];
} all;

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
make_ratings(struct catalog *c)
{
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
    all.data.ratings = r;
}

static bool
has_genre(uint32_t i, const char *genre)
{
    return strstr(films[i - 1].genres, genre) != NULL;
}

static void
make_model(void)
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
    all.model = m;
    all.alike = films_model(films, N_FILMS, N_USERS, N_FACTORS);
}

static struct shown *
show(const struct model *m)
{
    struct shown *s;

    CU_ASSERT_EQUAL_FATAL(
        shown_new(&s, m, all.data.catalog, all.data.ratings, all.audience, NULL, NULL),
        ERR_OK);
    return s;
}

static void
make_data(void)
{
    static char path[] = "made";

    all.data.catalog = films_catalog(films, N_FILMS, N_USERS);
    make_ratings(all.data.catalog);
    make_model();
    all.data.path = path;
    all.data.n_lines = all.data.ratings->n + 2;
    all.data.n_rejected = 2;
    all.data.rejects = all.reject;
    all.data.n_rejects_kept = 2;
    all.reject[0] = (struct reject){ "ratings.csv", 17, 3, "expected a number" };
    all.reject[1] =
        (struct reject){ "ratings.csv", 170, 2, "film '\x1b]0;owned\a' is no number" };
    all.data.first_time = 946684800; /* 2000-01-01 and ten years more */
    all.data.last_time = 1262304000 + 43200;
    all.data.n_titles = N_FILMS + 4;
    all.data.mean = 3.4567;
    all.data.load_s = .25;
    CU_ASSERT_EQUAL_FATAL(audience_new(&all.audience, all.data.ratings, NULL), ERR_OK);
    all.shown = show(all.model);
    all.shown_alike = show(all.alike);
    all.plan = (struct plan){ .ops = &made_device,
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

/* A loss that falls from 2.5 towards `floor`, in N_POINTS points of 64 batches. */
static void
make_steps(struct step_record step[N_POINTS], uint32_t seed, double floor)
{
    for (uint32_t i = 0; i < N_POINTS; i++) {
        double part = (double)i / N_POINTS;
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
make_curves(void)
{
    make_steps(all.step, 1, .6);
    make_steps(all.nan_step, 1, .6);
    for (int i = N_POINTS / 2; i < N_POINTS; i++)
        all.nan_step[i].min = all.nan_step[i].max = all.nan_step[i].mean =
            all.nan_step[i].last = all.nan_step[i].smooth = NAN;
    for (unsigned e = 0; e < N_EPOCHS; e++) {
        all.epoch[e] = make_epoch(e + 1, .9 - .1 * e);
        all.nan_epoch[e] = make_epoch(e + 1, e == 0 ? .9 : NAN);
    }
    all.epoch[2].valid_loss = .72; /* the second one was the best */
    all.epoch[1].valid_loss = .71;
    for (uint32_t p = 0; p < N_PAST; p++) {
        make_steps(all.past_step[p], 10 + p, .7 + .1 * p);
        all.past_epoch[p] = make_epoch(1, .85 + .1 * p);
        all.past[p] = (struct curve){ .at = all.past_step[p],
                                      .n = N_POINTS,
                                      .n_steps = 64 * N_POINTS,
                                      .epochs = &all.past_epoch[p],
                                      .n_epochs = 1,
                                      .name = p == 0 ? "2026-01-02-1200-made"
                                                     : "2026-01-01-1200-made" };
    }
}

/* A curve of the range test: flat, a long fall, an explosion. */
static void
make_findings(void)
{
    for (size_t i = 0; i < LRFIND_STEPS; i++) {
        double part = (double)i / (LRFIND_STEPS - 1);
        double fall = 1 / (1 + exp(-12 * (part - .55)));

        all.whole.lr[i] = 1e-7 * pow(1e8, part);
        all.whole.smooth[i] =
            2.5 - 1.5 * fall + (part > .8 ? 40 * (part - .8) * (part - .8) : 0);
        all.whole.loss[i] = all.whole.smooth[i] + .2 * (mix(7, (uint32_t)i) - .5);
    }
    all.whole.n = LRFIND_STEPS;
    all.half = all.whole;
    all.half.n = 40;
    all.whole.found = (struct suggestions){
        .valley = 3.1e-3, .slide = 2.2e-2, .minimum = 2.5e-2, .steep = 1.4e-3
    };
    all.flat.n = 12;
    for (size_t i = 0; i < all.flat.n; i++) {
        all.flat.lr[i] = all.whole.lr[i];
        all.flat.smooth[i] = all.flat.loss[i] = 2.5;
    }
    all.flat.loss[11] = all.flat.smooth[11] = NAN;
    all.flat.found = (struct suggestions){
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

/* ---- worlds ------------------------------------------------------------------------
 */

static void
with_data(struct world *w)
{
    w->name = "made";
    w->data = &all.data;
    w->audience = all.audience;
    w->plan = &all.plan;
}

static void
with_curve(struct world *w, const struct step_record *step, size_t n,
           const struct epoch_record *epoch, size_t n_epochs)
{
    w->curve = (struct curve){ .at = step,
                               .n = n,
                               .n_steps = 64 * N_POINTS,
                               .epochs = epoch,
                               .n_epochs = n_epochs,
                               .name = "made" };
    w->now = (struct snapshot){ .state = SESSION_DONE,
                                .step = 64 * n,
                                .n_steps = 64 * N_POINTS,
                                .epoch = (unsigned)n_epochs,
                                .n_epochs = N_EPOCHS,
                                .n_epochs_done = (unsigned)n_epochs,
                                .best_epoch = n_epochs > 1 ? 2 : 1,
                                .eta_s = NAN };
}

static void
with_trained(struct world *w)
{
    with_data(w);
    with_curve(w, all.step, N_POINTS, all.epoch, N_EPOCHS);
    w->shown = all.shown;
}

static void
with_busy(struct world *w, enum session_state state, size_t n, size_t n_epochs)
{
    with_data(w);
    with_curve(w, all.step, n, all.epoch, n_epochs);
    w->busy = true;
    w->now.state = state;
    w->now.epoch = (unsigned)n_epochs + 1;
    w->now.best_epoch = n_epochs > 0 ? 1 : 0;
    w->now.ratings_per_second = 6.1e6;
    w->now.eta_s = 83.4;
    w->shown = n_epochs > 0 ? all.shown : NULL;
}

static void
with_finding(struct world *w, const struct finding *f, bool busy)
{
    with_data(w);
    w->finding = f;
    w->busy = busy;
    w->now = (struct snapshot){ .state = busy ? SESSION_FINDING : SESSION_DONE,
                                .step = f->n,
                                .n_steps = LRFIND_STEPS,
                                .eta_s = NAN };
}

static void
make_world(struct world *w, enum worlds which)
{
    static const char wrong[] =
        "lowest 5 is not below highest 1: predictions lie between them";

    *w = (struct world){ .version = 1,
                         .config = train_config_defaults(),
                         .finding = &all.none };
    switch (which) {
    case WORLD_nothing:
    case WORLDS_COUNT:
        break;
    case WORLD_loading:
        w->loading = (struct loading){ .active = true, .what = "made", .part = .42 };
        break;
    case WORLD_data:
        with_data(w);
        break;
    case WORLD_wrong:
        with_data(w);
        w->plan = NULL;
        w->wrong = wrong;
        break;
    case WORLD_first_epoch:
        with_busy(w, SESSION_TRAINING, 12, 0);
        break;
    case WORLD_training:
        with_busy(w, SESSION_TRAINING, 30, 1);
        break;
    case WORLD_paused:
        with_busy(w, SESSION_PAUSED, 30, 1);
        break;
    case WORLD_trained:
        with_trained(w);
        break;
    case WORLD_one_epoch:
        with_trained(w);
        with_curve(w, all.step, 1, all.epoch, 1);
        break;
    case WORLD_nan:
        with_trained(w);
        with_curve(w, all.nan_step, N_POINTS, all.nan_epoch, N_EPOCHS);
        w->now.best_epoch = 1;
        break;
    case WORLD_past:
        with_trained(w);
        w->past = all.past;
        w->n_past = N_PAST;
        break;
    case WORLD_opened:
        with_trained(w);
        w->data = NULL;
        w->plan = NULL;
        w->name = "2026-01-02-1200-made";
        break;
    case WORLD_curves_only:
        with_trained(w);
        w->data = NULL;
        w->audience = NULL;
        w->plan = NULL;
        w->shown = NULL;
        w->name = "2026-01-02-1200-made";
        break;
    case WORLD_alike:
        with_trained(w);
        w->shown = all.shown_alike;
        break;
    case WORLD_finding:
        with_finding(w, &all.half, true);
        break;
    case WORLD_found:
        with_finding(w, &all.whole, false);
        break;
    case WORLD_found_nothing:
        with_finding(w, &all.flat, false);
        break;
    }
}

const struct world *
worlds_get(enum worlds which)
{
    if (!all.made) {
        make_data();
        make_curves();
        make_findings();
        for (int i = 0; i < WORLDS_COUNT; i++)
            make_world(&all.world[i], (enum worlds)i);
        all.made = true;
    }
    return &all.world[which];
}

void
worlds_free(void)
{
    shown_free(all.shown);
    shown_free(all.shown_alike);
    audience_free(all.audience);
    model_free(all.model);
    model_free(all.alike);
    catalog_free(all.data.catalog);
    ratings_free(all.data.ratings);
    memset(&all, 0, sizeof(all));
}

/*
 * synth_world.h - the planted truth behind synth: films, users, and who rates how much.
 *
 * Letters: m users, n films, R ratings; users and films count from 0 here. Films are
 * held in memory; users are made when asked for, from the seed and their number, so
 * that a world of any size takes 64 bytes a film and 8 a user.
 */
#ifndef MLT_DATA_SYNTH_WORLD_H
#define MLT_DATA_SYNTH_WORLD_H

#include "src/base/err.h"
#include "src/base/rng.h"
#include "src/data/synth.h"

#include <stdint.h>

/* MovieLens's genres, in its order: X(identifier, name). */
#define SYNTH_GENRES(X)           \
    X(ACTION, "Action")           \
    X(ADVENTURE, "Adventure")     \
    X(ANIMATION, "Animation")     \
    X(CHILDREN, "Children")       \
    X(COMEDY, "Comedy")           \
    X(CRIME, "Crime")             \
    X(DOCUMENTARY, "Documentary") \
    X(DRAMA, "Drama")             \
    X(FANTASY, "Fantasy")         \
    X(FILM_NOIR, "Film-Noir")     \
    X(HORROR, "Horror")           \
    X(MUSICAL, "Musical")         \
    X(MYSTERY, "Mystery")         \
    X(ROMANCE, "Romance")         \
    X(SCI_FI, "Sci-Fi")           \
    X(THRILLER, "Thriller")       \
    X(WAR, "War")                 \
    X(WESTERN, "Western")

#define X(id, name) SYNTH_##id,
enum synth_genre { SYNTH_GENRES(X) SYNTH_N_GENRES };
#undef X

extern const char *const synth_genre_name[SYNTH_N_GENRES];

#define SYNTH_FILM_GENRES 5     /* most that one film lists */
#define SYNTH_MU          3.46f /* stars; selection by taste adds the rest to 3.53 */
#define SYNTH_SD_TASTE    0.40f /* of a user's taste for a genre, stars */
#define SYNTH_SD_ERA      0.20f
#define SYNTH_SD_USER     0.42f /* of a user's mean */
#define SYNTH_SD_QUALITY  0.56f
#define SYNTH_SD_NOISE    0.78f

/* What each random number is for. */
enum synth_stream {
    SYNTH_RNG_ORDER = RNG_SYNTH, /* a = film: id gap, crowd */
    SYNTH_RNG_FILM,              /* a = film, b = draw: year, genres, quality */
    SYNTH_RNG_TITLE,             /* a = film, b = draw */
    SYNTH_RNG_LINK,              /* a = film */
    SYNTH_RNG_ACTIVITY,          /* a = rank */
    SYNTH_RNG_USER,              /* a = user, b = draw: mean, tastes, dates */
    SYNTH_RNG_CHOICE,            /* a = user, b = attempt */
    SYNTH_RNG_RACE,              /* a = user, b = film */
    SYNTH_RNG_RATING             /* a = user, b = film: noise, time */
};

/* One cache line, read for every attempt to choose the film. */
struct synth_film {
    uint32_t id;      /* movieId: rising, with gaps */
    uint32_t twin;    /* film whose title this one has: itself, or an earlier one */
    uint32_t release; /* Unix seconds, 0 before 1970 */
    int16_t year;
    uint8_t n_genres;                 /* 0: none listed */
    uint8_t genre[SYNTH_FILM_GENRES]; /* rising */
    float part[SYNTH_FILM_GENRES];    /* share of each; squares add up to 1 */
    float era;                        /* about -2 (the twenties) … 1 (today) */
    float quality;                    /* stars; mean 0 over the ratings */
    float weight;                     /* popularity; 0 where nobody rates it */
    uint8_t id_len;                   /* of the id as text, with the comma */
    uint8_t title_try; /* which of the titles it could have; see synth_titles_settle */
    char id_text[10];  /* with the comma after it, and a NUL */
};

struct synth_user {
    float mean;                  /* stars */
    float era;                   /* stars per unit of a film's era */
    float taste[SYNTH_N_GENRES]; /* stars per unit of a film's part */
    uint32_t joined;             /* Unix seconds */
    uint32_t stayed;             /* seconds to the last visit */
};

/* A bin of the table that draws films by weight in one step (Vose 1991,
 * doi:10.1109/32.92917): film i itself with probability keep / 2^32, else `other`. */
struct synth_bin {
    uint32_t keep;
    uint32_t other;
};

struct synth_world {
    struct synth_options opt;
    uint32_t n_rated;        /* films with a weight */
    struct synth_film *film; /* (n) owned, by rising id */
    struct synth_bin *bin;   /* (n) owned */
    uint64_t *start;         /* (m + 1) owned: user u's are [start[u], start[u + 1]) */
};

/* Fill in what films are: ids, years, genres, quality. Returns by `ret_crowd` (n) how
 * many people each draws, as a normal score. For synth_world_new. */
void synth_films_invent(struct synth_world *w, float *ret_crowd);

/* Plan a world; the options pass synth_check. ERR_ARG, ERR_NOMEM. */
ERR_MUST_CHECK enum err_code synth_world_new(struct synth_world **ret,
                                             const struct synth_options *so,
                                             struct err *err);
void synth_world_free(struct synth_world *w);

/* User u < m. Any thread. */
void synth_world_user(const struct synth_world *w, uint32_t u, struct synth_user *ret);

/* A film drawn by weight with two random words. Any thread. */
static inline uint32_t
synth_world_draw(const struct synth_world *w, uint32_t r0, uint32_t r1)
{
    uint32_t i = (uint32_t)((uint64_t)r0 * w->opt.n_items >> 32);

    return r1 < w->bin[i].keep ? i : w->bin[i].other;
}

/* What taste and era add to the stars. */
static inline float
synth_taste(const struct synth_user *u, const struct synth_film *f)
{
    float sum = u->era * f->era;

    for (unsigned g = 0; g < f->n_genres; g++)
        sum += u->taste[f->genre[g]] * f->part[g];
    return sum;
}

/* Stars before noise and rounding. */
static inline float
synth_expected(const struct synth_user *u, const struct synth_film *f)
{
    return SYNTH_MU + u->mean + f->quality + synth_taste(u, f);
}

#endif

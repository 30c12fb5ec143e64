/*
 * synth_tables.c - movies.csv, links.csv and the truth files of a synthetic data set;
 * see synth.h for their columns and synth_file.h for how they are rendered.
 */
#include "config.h"

#include "src/data/synth_dice.h"
#include "src/data/synth_file.h"
#include "src/data/synth_title.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_ROWS     2048
#define NUMBER_MAX     16 /* bytes of a number with its comma and a NUL */
#define MOVIE_LINE_MAX (2 * SYNTH_TITLE_MAX + 128)
#define LINK_LINE_MAX  (3 * NUMBER_MAX)
#define TRUTH_LINE_MAX ((SYNTH_N_GENRES + 4) * NUMBER_MAX)
#define NO_TMDB_PART   0.002 /* of the films have no tmdbId, as in MovieLens */

/* Far above the numbers in use, so that no link leads to a film that exists. */
#define IMDB_FROM 90000000u
#define TMDB_FROM 9000000u

static struct synth_cut
movies_cut(const struct synth_world *w)
{
    return (struct synth_cut){ w->opt.n_items, BLOCK_ROWS,
                               BLOCK_ROWS * MOVIE_LINE_MAX };
}

static struct synth_cut
links_cut(const struct synth_world *w)
{
    return (struct synth_cut){ w->opt.n_items, BLOCK_ROWS, BLOCK_ROWS * LINK_LINE_MAX };
}

static struct synth_cut
truth_films_cut(const struct synth_world *w)
{
    return (struct synth_cut){ w->opt.n_items, BLOCK_ROWS,
                               BLOCK_ROWS * TRUTH_LINE_MAX };
}

static struct synth_cut
truth_users_cut(const struct synth_world *w)
{
    return (struct synth_cut){ w->opt.n_users, BLOCK_ROWS,
                               BLOCK_ROWS * TRUTH_LINE_MAX };
}

static char *
put_text(char *out, const char *s)
{
    size_t n = strlen(s);

    memcpy(out, s, n);
    return out + n;
}

/* A field as RFC 4180 has it: quoted where it holds a comma or a quotation mark. */
static char *
put_field(char *out, const char *s)
{
    if (strpbrk(s, ",\"") == NULL)
        return put_text(out, s);
    *out++ = '"';
    for (; *s != '\0'; s++) {
        if (*s == '"')
            *out++ = '"';
        *out++ = *s;
    }
    *out++ = '"';
    return out;
}

/* A comma and a number with three decimals; out has room for NUMBER_MAX. */
static char *
put_milli(char *out, float v)
{
    long milli = lroundf(v * 1000);

    return out + snprintf(out, NUMBER_MAX, ",%s%ld.%03ld", milli < 0 ? "-" : "",
                          labs(milli) / 1000, labs(milli) % 1000);
}

static char *
put_genres(char *out, const struct synth_film *f)
{
    if (f->n_genres == 0)
        return put_text(out, "(no genres listed)");
    for (unsigned g = 0; g < f->n_genres; g++) {
        if (g > 0)
            *out++ = '|';
        out = put_text(out, synth_genre_name[f->genre[g]]);
    }
    return out;
}

static size_t
movies_render(const struct synth_world *w, struct synth_choice *c, uint64_t from,
              uint64_t to, char *out)
{
    char title[SYNTH_TITLE_MAX], *at = out;

    (void)c;
    for (uint64_t i = from; i < to; i++) {
        at = put_text(at, w->film[i].id_text);
        synth_title(w, (uint32_t)i, title);
        at = put_field(at, title);
        *at++ = ',';
        at = put_genres(at, &w->film[i]);
        *at++ = '\n';
    }
    return (size_t)(at - out);
}

static size_t
links_render(const struct synth_world *w, struct synth_choice *c, uint64_t from,
             uint64_t to, char *out)
{
    char *at = out;

    (void)c;
    for (uint64_t i = from; i < to; i++) {
        struct dice d = { w->opt.seed, SYNTH_RNG_LINK, i, 0 };
        uint32_t id = w->film[i].id;

        at += snprintf(at, LINK_LINE_MAX, "%u,%u,", id, IMDB_FROM + id);
        if (!dice_chance(&d, NO_TMDB_PART))
            at += snprintf(at, NUMBER_MAX, "%u", TMDB_FROM + id);
        *at++ = '\n';
    }
    return (size_t)(at - out);
}

static size_t
truth_films_render(const struct synth_world *w, struct synth_choice *c, uint64_t from,
                   uint64_t to, char *out)
{
    char *at = out;

    (void)c;
    for (uint64_t i = from; i < to; i++) {
        const struct synth_film *f = &w->film[i];
        float part[SYNTH_N_GENRES] = { 0 };

        for (unsigned g = 0; g < f->n_genres; g++)
            part[f->genre[g]] = f->part[g];
        at += snprintf(at, 2 * NUMBER_MAX, "%u,%.6g", f->id, (double)f->weight);
        at = put_milli(at, f->quality);
        at = put_milli(at, f->era);
        for (unsigned g = 0; g < SYNTH_N_GENRES; g++)
            at = put_milli(at, part[g]);
        *at++ = '\n';
    }
    return (size_t)(at - out);
}

static size_t
truth_users_render(const struct synth_world *w, struct synth_choice *c, uint64_t from,
                   uint64_t to, char *out)
{
    char *at = out;

    (void)c;
    for (uint64_t u = from; u < to; u++) {
        unsigned long long n = w->start[u + 1] - w->start[u];
        struct synth_user who;

        synth_world_user(w, (uint32_t)u, &who);
        at += snprintf(at, 2 * NUMBER_MAX, "%u,%llu", (unsigned)u + 1, n);
        at = put_milli(at, who.mean);
        at = put_milli(at, who.era);
        for (unsigned g = 0; g < SYNTH_N_GENRES; g++)
            at = put_milli(at, who.taste[g]);
        *at++ = '\n';
    }
    return (size_t)(at - out);
}

const struct synth_file synth_movies_file = {
    .name = "movies.csv",
    .header = "movieId,title,genres\n",
    .cut = movies_cut,
    .render = movies_render,
};

const struct synth_file synth_links_file = {
    .name = "links.csv",
    .header = "movieId,imdbId,tmdbId\n",
    .cut = links_cut,
    .render = links_render,
};

#define X(id, name) "," name
const struct synth_file synth_truth_films_file = {
    .name = "truth-films.csv",
    .header = "movieId,weight,quality,era" SYNTH_GENRES(X) "\n",
    .cut = truth_films_cut,
    .render = truth_films_render,
};

const struct synth_file synth_truth_users_file = {
    .name = "truth-users.csv",
    .header = "userId,ratings,mean,era" SYNTH_GENRES(X) "\n",
    .cut = truth_users_cut,
    .render = truth_users_render,
};
#undef X

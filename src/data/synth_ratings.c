/* synth_ratings.c - ratings.csv of a synthetic data set; see synth_file.h. */
#include "config.h"

#include "src/data/synth_file.h"

#include <stdio.h>
#include <string.h>

#define BLOCK_RATINGS 16384 /* about 450 kB of text */
#define PREFIX_MAX    12    /* "4294967295," and its NUL */
#define STARS_LEN     4     /* "4.5," */
#define TIME_MAX      10

/* "123," for a user; copied before each of his ratings. */
struct prefix {
    char text[PREFIX_MAX];
    size_t len;
};

static const char stars_text[11][STARS_LEN + 1] = { "",     "0.5,", "1.0,", "1.5,",
                                                    "2.0,", "2.5,", "3.0,", "3.5,",
                                                    "4.0,", "4.5,", "5.0," };

/* Most bytes of one line; the fixed-size copies stay inside. */
static size_t
line_max(void)
{
    return PREFIX_MAX + sizeof(((struct synth_film *)NULL)->id_text) + STARS_LEN +
           TIME_MAX + 1;
}

static struct synth_cut
ratings_cut(const struct synth_world *w)
{
    uint64_t m = w->opt.n_users, rows = BLOCK_RATINGS * m / w->opt.n_ratings, most = 0;

    rows = rows > 0 ? rows : 1;
    for (uint64_t u = 0; u < m; u += rows) {
        uint64_t n = w->start[u + rows < m ? u + rows : m] - w->start[u];

        most = n > most ? n : most;
    }
    return (struct synth_cut){ m, rows, most * line_max() };
}

static char *
put_u32(char *out, uint32_t v)
{
    char digit[TIME_MAX];
    size_t n = 0;

    do
        digit[n++] = (char)('0' + v % 10);
    while ((v /= 10) > 0);
    while (n > 0)
        *out++ = digit[--n];
    return out;
}

static char *
put_line(char *out, const struct prefix *user, const struct synth_film *f,
         struct synth_rating r)
{
    memcpy(out, user->text, PREFIX_MAX);
    out += user->len;
    memcpy(out, f->id_text, sizeof(f->id_text));
    out += f->id_len;
    memcpy(out, stars_text[r.halves], STARS_LEN);
    out = put_u32(out + STARS_LEN, r.time);
    *out++ = '\n';
    return out;
}

/* The user's lines by rising film; leaves no bit set. */
static char *
render_user(const struct synth_world *w, struct synth_choice *c, uint32_t u, char *out)
{
    struct synth_user who;
    struct prefix prefix;

    synth_world_user(w, u, &who);
    synth_choose(w, u, &who, c);
    prefix.len = (size_t)snprintf(prefix.text, sizeof(prefix.text), "%u,", u + 1);
    for (uint32_t word = 0; word <= w->opt.n_items / 64; word++) {
        uint64_t left = c->chosen[word];

        for (; left != 0; left &= left - 1) {
            uint32_t i = word * 64 + (uint32_t)__builtin_ctzll(left);

            out = put_line(out, &prefix, &w->film[i], synth_rate(w, u, &who, i));
        }
        c->chosen[word] = 0;
    }
    return out;
}

static size_t
ratings_render(const struct synth_world *w, struct synth_choice *c, uint64_t from,
               uint64_t to, char *out)
{
    char *at = out;

    for (uint64_t u = from; u < to; u++)
        at = render_user(w, c, (uint32_t)u, at);
    return (size_t)(at - out);
}

const struct synth_file synth_ratings_file = {
    .name = "ratings.csv",
    .header = "userId,movieId,rating,timestamp\n",
    .cut = ratings_cut,
    .render = ratings_render,
};

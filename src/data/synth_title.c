/* synth_title.c - believable titles of films that do not exist; see synth_title.h. */
#include "config.h"

#include "src/data/synth_title.h"

#include "src/base/mem.h"
#include "src/data/synth_dice.h"
#include "src/data/synth_words.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include <xxhash.h>

#define FOREIGN_PART 0.04 /* of the titles; the others are English alone */
#define OWN_FORM     0.8  /* of a genre's titles; the others take a common form */
#define OWN_WORD     0.7
#define SEQUEL_PART  0.04
#define QUOTED_PART  0.004
#define YEARLESS     0.006
#define MAX_NUMBER   98
#define MAX_TRIES    16
#define TRY_BLOCKS   256 /* random blocks kept for one title */

struct title {
    char *out; /* (SYNTH_TITLE_MAX) */
    size_t len;
    struct dice dice;
    const struct synth_vocabulary *own;
};

/* Forms and words are short enough: a longer one is a mistake in synth_words.c. */
static void
append(struct title *t, const char *s)
{
    size_t n = strlen(s);

    assert(t->len + n < SYNTH_TITLE_MAX);
    memcpy(t->out + t->len, s, n + 1);
    t->len += n;
}

static const char *
pick(struct title *t, const struct synth_words *words)
{
    return words->word[dice_below(&t->dice, (uint32_t)words->n)];
}

static const char *
pick_own(struct title *t, const struct synth_words *own,
         const struct synth_words *common, double p_own)
{
    return pick(t, dice_chance(&t->dice, p_own) ? own : common);
}

static void
append_number(struct title *t)
{
    char number[12];

    snprintf(number, sizeof(number), "%u", 2 + dice_below(&t->dice, MAX_NUMBER));
    append(t, number);
}

/* What stands for %c in a form. */
static void
append_slot(struct title *t, char c)
{
    const struct synth_vocabulary *v = t->own;

    switch (c) {
    case 'a':
        append(t, pick_own(t, &v->adjective, &synth_common.adjective, OWN_WORD));
        break;
    case 'n':
        append(t, pick_own(t, &v->thing, &synth_common.thing, OWN_WORD));
        break;
    case 'm':
        append(t, pick_own(t, &v->many, &synth_common.many, OWN_WORD));
        break;
    case 'p':
        append(t, pick(t, &synth_place));
        break;
    case 'f':
        append(t, pick(t, &synth_first_name));
        break;
    case 's':
        append(t, pick(t, &synth_surname));
        break;
    case 'd':
        append(t, pick(t, &synth_day));
        break;
    default:
        assert(c == '9');
        append_number(t);
    }
}

/* "Get a Alibi" becomes "Get an Alibi", the word being at byte `at`. */
static void
mend_article(struct title *t, size_t at)
{
    if (at < 3 || memcmp(t->out + at - 3, " a ", 3) != 0 ||
        strchr("AEIOU", t->out[at]) == NULL)
        return;
    assert(t->len + 1 < SYNTH_TITLE_MAX);
    memmove(t->out + at, t->out + at - 1, t->len + 2 - at);
    t->out[at - 1] = 'n';
    t->len++;
}

static void
append_form(struct title *t, const char *form)
{
    for (; *form != '\0'; form++) {
        const size_t at = t->len;

        if (*form == '%') {
            append_slot(t, *++form);
            mend_article(t, at);
        } else {
            append(t, (const char[]){ *form, '\0' });
        }
    }
}

/* "The Orchard" becomes "Orchard, The"; "A Orchard" becomes "Orchard, An". */
static void
move_article(struct title *t)
{
    static const char *const articles[] = { "The ", "A " };

    for (size_t k = 0; k < 2; k++) {
        size_t n = strlen(articles[k]);

        if (strncmp(t->out, articles[k], n) != 0)
            continue;
        memmove(t->out, t->out + n, t->len - n + 1);
        t->len -= n;
        append(t, k == 0 ? ", The" : strchr("AEIOU", t->out[0]) ? ", An" : ", A");
        return;
    }
}

static void
append_english(struct title *t)
{
    bool quoted = dice_chance(&t->dice, QUOTED_PART);

    append(t, quoted ? "\"" : "");
    append_form(t, pick_own(t, &t->own->form, &synth_common.form, OWN_FORM));
    append(t, quoted ? "\": The True Story" : "");
    if (dice_chance(&t->dice, SEQUEL_PART))
        append(t, pick(t, &synth_sequel));
    move_article(t);
}

static void
append_phrase(struct title *t, const char *head, const char *space, const char *tail,
              const char *article)
{
    append(t, head);
    append(t, space);
    append(t, tail);
    if (article[0] != '\0') {
        append(t, ", ");
        append(t, article);
    }
}

/* The translation first, the original title in parentheses. */
static void
append_foreign(struct title *t)
{
    const struct synth_language *l =
        &synth_language[dice_below(&t->dice, SYNTH_N_LANGUAGES)];
    const struct synth_phrase *head =
        &l->head[dice_below(&t->dice, (uint32_t)l->n_heads)];
    const struct synth_phrase *tail =
        &l->tail[dice_below(&t->dice, (uint32_t)l->n_tails)];
    bool spaced = (unsigned char)head->foreign[0] < 0xe3; /* not Japanese */

    append_phrase(t, head->english, " ", tail->english,
                  head->article[0] != '\0' ? "The" : "");
    append(t, " (");
    append_phrase(t, head->foreign, spaced ? " " : "", tail->foreign, head->article);
    append(t, ")");
}

/* The genre that a film has most of, or SYNTH_N_GENRES. */
static unsigned
main_genre(const struct synth_film *f)
{
    unsigned best = 0;

    for (unsigned g = 1; g < f->n_genres; g++)
        if (f->part[g] > f->part[best])
            best = g;
    return f->n_genres > 0 ? f->genre[best] : SYNTH_N_GENRES;
}

size_t
synth_title(const struct synth_world *w, uint32_t i, char out[SYNTH_TITLE_MAX])
{
    const struct synth_film *f = &w->film[i];
    struct title t = { .out = out,
                       .dice = { w->opt.seed, SYNTH_RNG_TITLE, f->twin,
                                 f->title_try * TRY_BLOCKS },
                       .own = &synth_vocabulary[main_genre(f)] };
    char year[16];

    if (dice_chance(&t.dice, FOREIGN_PART))
        append_foreign(&t);
    else
        append_english(&t);
    snprintf(year, sizeof(year), " (%d)", f->year);
    if (!dice_chance(&t.dice, YEARLESS))
        append(&t, year);
    return t.len;
}

/* Put the title's fingerprint into a table of open addresses, `mask` + 1 of them, zero
 * where free; false when it is there already. */
static bool
claim(uint64_t *taken, uint64_t mask, const char *title, size_t len)
{
    uint64_t h = XXH3_64bits(title, len) | 1;
    uint64_t at = h >> 1 & mask;

    for (; taken[at] != 0; at = (at + 1) & mask)
        if (taken[at] == h)
            return false;
    taken[at] = h;
    return true;
}

enum err_code
synth_titles_settle(struct synth_world *w, struct err *err)
{
    char title[SYNTH_TITLE_MAX];
    uint64_t size = 2, *taken;

    while (size < 2 * (uint64_t)w->opt.n_items)
        size *= 2;
    taken = mem_new(size, sizeof(*taken));
    if (taken == NULL)
        return err_nomem(err, size * sizeof(*taken), "synthetic titles");
    for (uint32_t i = 0; i < w->opt.n_items; i++) {
        struct synth_film *f = &w->film[i];

        if (f->twin != i)
            f->title_try = w->film[f->twin].title_try;
        else
            while (!claim(taken, size - 1, title, synth_title(w, i, title)) &&
                   f->title_try < MAX_TRIES)
                f->title_try++;
    }
    mem_free(taken);
    return ERR_OK;
}

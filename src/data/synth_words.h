/* synth_words.h - the words that invented titles are made of; see synth_title.h. */
#ifndef MLT_DATA_SYNTH_WORDS_H
#define MLT_DATA_SYNTH_WORDS_H

#include "src/data/synth_world.h"

#include <stddef.h>

struct synth_words {
    const char *const *word;
    size_t n;
};

/*
 * A genre's own words. A form is a title with gaps: %a an adjective, %n a thing, %m
 * many things, %p a place, %f a first name, %s a surname, %d a day or season, %9 a
 * number.
 */
struct synth_vocabulary {
    struct synth_words adjective, thing, many, form;
};

/* By genre; the last one serves films that list none. */
extern const struct synth_vocabulary synth_vocabulary[SYNTH_N_GENRES + 1];

/* What every genre draws from now and then. */
extern const struct synth_vocabulary synth_common;
extern const struct synth_words synth_place, synth_first_name, synth_surname, synth_day,
    synth_sequel;

/*
 * Titles in another language with their translation: any head with any tail of one
 * language. The article of a head goes behind the whole title, as MovieLens has it.
 */
struct synth_phrase {
    const char *article; /* "La", or "" */
    const char *foreign;
    const char *english;
};

struct synth_language {
    const struct synth_phrase *head, *tail; /* a tail has no article */
    size_t n_heads, n_tails;
};

#define SYNTH_N_LANGUAGES 6
extern const struct synth_language synth_language[SYNTH_N_LANGUAGES];

#endif

/*
 * filter.h - which films: one small language for the screen and the line.
 *
 *     filter  = [ any ] ;
 *     any     = all , { "|" , all } ;                 (or)
 *     all     = one , { one } ;                       (and)
 *     one     = "-" , one | "(" , any , ")" | term ;  (not, grouping)
 *     term    = "seen"
 *             | ( "genre" | "title" ) , ":" , text
 *             | number field , compare , number
 *             | number field , ":" , number , ".." , number
 *             | text ;
 *     number field = "year" | "n" | "mean" | "bias" ;
 *     compare = ":" | "=" | "<" | "<=" | ">" | ">=" ;
 *     text    = word | '"' , { any character but '"' | '""' } , '"' ;
 *
 * Blanks separate and mean nothing else; a word ends at a blank or at one of ( ) | ".
 * Text alone is part of a title. A genre is named whole. Case never matters. A range
 * has both its ends. n is the number of ratings, mean their mean, bias the film's bias
 * in the model. A film without a year or a mean passes no comparison with it. An empty
 * filter lets every film pass.
 */
#ifndef MLT_EXPLORE_FILTER_H
#define MLT_EXPLORE_FILTER_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/model/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FILTER_MAX_BYTES 4096 /* longest expression */
#define FILTER_MAX_DEPTH 64   /* of parentheses and minus signs inside each other */

/* May the filter ask for films that a user has seen? Where "seen" has no meaning it is
 * an error. */
enum filter_seen { FILTER_WITHOUT_SEEN, FILTER_WITH_SEEN };

struct filter;

/*
 * Compile `text` for the films of a catalog and the model with the same rows; both are
 * borrowed while the filter lives. ERR_ARG: the message names the position (in
 * characters, from 1), what was found there, what was expected, and the nearest name.
 * ERR_NOMEM. Any thread.
 */
ERR_MUST_CHECK enum err_code filter_new(struct filter **ret, const char *text,
                                        const struct catalog *c, const struct model *m,
                                        enum filter_seen seen, struct err *err);

/* The place that a message of filter_new names, in characters from 1, and what it says
 * of it; 0, with the whole message, where it names none. Borrowed from msg. */
size_t filter_mistake(const char *msg, const char **ret_what);

/* NULL is fine. */
void filter_free(struct filter *f);

/* Does film `row` (from 1) pass, for a user who has seen it or not? A NULL filter lets
 * every film pass. Never allocates for ASCII titles; any thread. */
bool filter_match(const struct filter *f, uint32_t row, bool seen);

#endif

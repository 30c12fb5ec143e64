/* mdoc.h - plain text as mdoc wants it: escapes, short lines, paragraphs. */
#ifndef MLT_UI_CLI_MDOC_H
#define MLT_UI_CLI_MDOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Text within a line; `literal` hyphens are those one types. */
void mdoc_text(FILE *to, const char *s, bool literal);

/* The len bytes at s in lines that are short and begin sentences; none of them looks
 * like a request of roff. */
void mdoc_paragraph(FILE *to, const char *s, size_t len);

/* Paragraphs, an empty line of s between them; `begun` says that one stands above. */
void mdoc_paragraphs(FILE *to, const char *s, bool begun);

/* A few words as a sentence: the first letter, which is ASCII, in upper case. */
void mdoc_sentence(FILE *to, const char *s);

#endif

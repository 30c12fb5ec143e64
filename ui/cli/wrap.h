/* wrap.h - paragraphs in lines of words, by cells. */
#ifndef MLT_UI_CLI_WRAP_H
#define MLT_UI_CLI_WRAP_H

#include <stddef.h>
#include <stdio.h>

/* Print text in lines of at most `width` cells, each after `indent` blanks; the first
 * line has been begun already `used` cells long. An empty line in the text ends a
 * paragraph. */
void wrap_text(FILE *to, const char *text, size_t indent, size_t used, size_t width);

#endif

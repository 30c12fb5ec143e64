/*
 * plain.h - the short way through plain numeric rating lines.
 */
#ifndef MLT_DATA_PLAIN_H
#define MLT_DATA_PLAIN_H

#include "src/data/rows.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Can lines of this layout be plain: user, film, stars and perhaps a time, in this
 * order and nothing else, with integer ids and coded stars? */
bool plain_applies(const struct layout *l);

/*
 * Read plain lines from the start of s (n bytes, whole lines, SOURCE_SLACK readable
 * bytes after them) into r until the first line that is not plain; returns the bytes of
 * those read. What it adds is what csvread's way would have added. A line is plain when
 * it is ids of 1 to 8 digits, stars of one digit or of one digit, a point and one
 * digit, a time of 1 to 16 digits, no number with a needless zero in front, and LF or
 * CR LF.
 */
size_t plain_read(struct rows *r, const char *s, size_t n);

#endif

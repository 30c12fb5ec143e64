/*
 * rows_agree.h - does the short way through plain lines give what libcsv's way gives?
 * Shared by a test and a fuzz target.
 */
#ifndef MLT_TESTS_ROWS_AGREE_H
#define MLT_TESTS_ROWS_AGREE_H

#include "src/data/layout.h"

#include <stdbool.h>
#include <stddef.h>

/* Read the len bytes at s, cut into blocks of `block` bytes, both ways, and compare
 * every rating, id, time, fault and count. *ret_n_plain (may be NULL) is the number of
 * rows that the short way can have taken. */
bool rows_agree(const struct layout *layout, const char *s, size_t len, size_t block,
                size_t *ret_n_plain);

#endif

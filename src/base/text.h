/*
 * text.h - text that people type and read: strict numbers, UTF-8, the display form of
 * hostile strings, widths in cells, nearest names.
 */
#ifndef MLT_BASE_TEXT_H
#define MLT_BASE_TEXT_H

#include "src/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The whole string as a number: no blanks, no sign before unsigned ones, no hex, no
 * nan, no inf. False, with *ret untouched, when it is anything else or out of range. */
bool text_u64(const char *s, uint64_t *ret);
bool text_i64(const char *s, int64_t *ret);
bool text_double(const char *s, double *ret);

/* Are these len bytes well-formed UTF-8 without NUL? */
bool text_is_utf8(const char *s, size_t len);

/* len bytes of Latin-1 as UTF-8 into out (room for 2 * len + 1); returns the bytes
 * written without the NUL that ends them. */
size_t text_from_latin1(const char *s, size_t len, char *out);

/*
 * Display form: what may reach a terminal. Control, bidi, format and invisible
 * characters become visible escapes (\x1b, \u202e), bytes that are not UTF-8 \xNN; more
 * than two combining marks on one cell are dropped. Writes at most cap - 1 bytes and a
 * NUL, never half a character or escape; returns the bytes that the whole form has.
 */
size_t text_display(const char *s, char *out, size_t cap);

/* Cells that a display form takes on a terminal (wide characters 2). */
size_t text_width(const char *s);

/* Bytes of the first character of a display form together with the marks that join it,
 * and the cells it takes; 0 and 0 at the end. */
size_t text_next(const char *s, unsigned *ret_cells);

/* Cut a display form, which lies in cap bytes, to at most `cells` cells. What was cut
 * ends in `mark`, one cell wide ("…", "~"), where the bytes have room for it. */
void text_cut(char *s, size_t cap, size_t cells, const char *mark);

/* The same from the beginning, for what its end tells apart: "…/runs/mine". */
void text_cut_front(char *s, size_t cap, size_t cells, const char *mark);

/* Make a display form ASCII, for terminals that are not UTF-8: letters lose their
 * accents, what has no ASCII likeness becomes "?". Never longer than before. */
void text_to_ascii(char *s);

/* Bytes of the longest beginning of s that has at most `most` bytes and ends with a
 * whole character. */
size_t text_head(const char *s, size_t most);

/* Write the len bytes of s and their NUL with the case of ASCII letters folded; were
 * they all ASCII? */
bool text_fold_ascii(const char *s, size_t len, char *out);

/* Full Unicode case folding of UTF-8, in memory of mem.h that the caller owns; of bytes
 * that are not UTF-8 only ASCII letters are folded. NULL without memory. */
char *text_fold(const char *s);

/* Does `hay` contain what text_fold made `folded` of, whatever the case of hay? Fast
 * for ASCII. Of a hay that is not UTF-8, or without the memory to fold it, only the
 * case of ASCII letters is ignored. */
bool text_contains_folded(const char *hay, const char *folded);

/* The same for one question: text_contains_folded(hay, text_fold(needle)). */
bool text_contains(const char *hay, const char *needle);

/*
 * What is left of len bytes of UTF-8 when people write it in different ways: its
 * letters and digits, without case and accents, "&" as "and" and letters like ø and ß
 * as those without them type them. At most cap - 1 bytes and a NUL; returns how many.
 * Without memory for a text that is not ASCII it is empty.
 */
size_t text_key(const char *s, size_t len, char *out, size_t cap);

/* Edits (insert, delete, replace, swap neighbours) that make one of the other, in
 * bytes, the case of ASCII letters ignored: optimal string alignment; at most `limit` +
 * 1, and `limit` + 1 from 256 bytes on. */
unsigned text_distance(const char *a, const char *b, unsigned limit);

/* The nearest of n names to `word` that is near enough to propose (an edit for every
 * three letters, or what `word` begins), or NULL. */
const char *text_nearest(const char *word, const char *const *names, size_t n);

#endif

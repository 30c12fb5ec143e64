/*
 * shortest.h - numbers in the fewest digits that read back as the same number: "0.1".
 *
 * Of the shortest texts the one nearest to the number, written as %g would, with an
 * exponent below 1e-4 and from 1e6 (doubles: 1e15) on unless the digits reach further.
 * Below the smallest normal number a few digits more than needed are given. Pure.
 */
#ifndef MLT_BASE_SHORTEST_H
#define MLT_BASE_SHORTEST_H

#define SHORTEST_MAX 32 /* bytes that any number needs, its NUL included */

/* Write a finite number. */
void shortest_f64(char out[SHORTEST_MAX], double v);
void shortest_f32(char out[SHORTEST_MAX], float v);

#endif

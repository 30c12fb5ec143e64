/*
 * shortest.h - numbers in the fewest digits that read back as the same number: "0.1".
 *
 * What a double needs 15 digits for, or a float 6, may have fewer where zeroes end it;
 * below the smallest normal number a few more than needed are given. Pure.
 */
#ifndef MLT_BASE_SHORTEST_H
#define MLT_BASE_SHORTEST_H

#define SHORTEST_MAX 32 /* bytes that any number needs, its NUL included */

/* Write a finite number. */
void shortest_f64(char out[SHORTEST_MAX], double v);
void shortest_f32(char out[SHORTEST_MAX], float v);

#endif

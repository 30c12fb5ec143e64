/* number.h - numbers as people read them. Pure. */
#ifndef MLT_UI_CLI_NUMBER_H
#define MLT_UI_CLI_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#define NUMBER_MAX 48 /* bytes that any of these needs */

/* 25,000,095 */
void number_grouped(char out[NUMBER_MAX], int64_t v);

/* 512 B, 1.5 kB, 690 MB: powers of 1000 */
void number_bytes(char out[NUMBER_MAX], double bytes);

/* 2026-11-24 20:03 in local time, from Unix seconds */
void number_time(char out[NUMBER_MAX], int64_t unix_s);

#endif

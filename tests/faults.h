/* faults.h - system calls that fail on purpose, through the hook of src/base/sysio.h.
 */
#ifndef MLT_TESTS_FAULTS_H
#define MLT_TESTS_FAULTS_H

#include <stdbool.h>

/* The n-th call from now (1 = the next), and when `persistent` all later ones, fail
 * with errno `why`; n = 0 only counts. */
void faults_fail_at(unsigned long n, bool persistent, int why);

/* Reads and writes move at most `bytes` at a time, and every second call of any kind
 * is first interrupted by a signal. */
void faults_dribble(unsigned bytes);

/* The process ends, as by kill -9, just before the n-th call. */
void faults_die_at(unsigned long n);

/* Calls since the last of the above. */
unsigned long faults_count(void);

/* No more faults. */
void faults_off(void);

#endif

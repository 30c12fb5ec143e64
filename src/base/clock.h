/* clock.h - monotonic seconds for durations, Unix seconds for dates. */
#ifndef MLT_BASE_CLOCK_H
#define MLT_BASE_CLOCK_H

#include <stdint.h>

/* Seconds of a clock that never steps; only differences mean something. */
double clock_now_s(void);

/* Seconds since 1970 (UTC). */
int64_t clock_unix_s(void);

#endif

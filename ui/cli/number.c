/* number.c - numbers as people read them; see number.h. */
#include "config.h"

#include "ui/cli/number.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

void
number_grouped(char out[NUMBER_MAX], int64_t v)
{
    char plain[24];
    int n = snprintf(plain, sizeof(plain), "%lld", (long long)v);
    char *at = out;

    for (int i = 0; i < n; i++) {
        *at++ = plain[i];
        if (plain[i] != '-' && i + 1 < n && (n - i - 1) % 3 == 0)
            *at++ = ',';
    }
    *at = '\0';
}

void
number_bytes(char out[NUMBER_MAX], double bytes)
{
    static const char *const units[] = { "B", "kB", "MB", "GB", "TB", "PB" };
    unsigned u = 0;

    while (bytes >= 999.5 && u < 5) {
        bytes /= 1000;
        u++;
    }
    snprintf(out, NUMBER_MAX, u > 0 && bytes < 9.95 ? "%.1f %s" : "%.0f %s", bytes,
             units[u]);
}

void
number_time(char out[NUMBER_MAX], int64_t unix_s)
{
    time_t t = (time_t)unix_s;
    struct tm tm;

    if (localtime_r(&t, &tm) == NULL || strftime(out, NUMBER_MAX, "%F %R", &tm) == 0)
        strcpy(out, "?");
}

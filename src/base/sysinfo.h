/*
 * sysinfo.h - what this process may use: processors and memory.
 *
 * A container or a batch queue gives a process less than the machine has, by affinity,
 * by control groups (v1 and v2; see cgroups(7)) and by resource limits; all of them
 * count. Cannot fail: what cannot be read sets no limit. Any thread.
 */
#ifndef MLT_BASE_SYSINFO_H
#define MLT_BASE_SYSINFO_H

#include <stdint.h>

/* Processors this process may run on: affinity, cut by the cgroup's quota; >= 1. */
unsigned sysinfo_cpus(void);

/* Bytes of memory this process may still take when it has started `n_threads` more: the
 * least of what the system has available, what its cgroups leave and what RLIMIT_AS
 * leaves beside their stacks; 0 when unknown. */
uint64_t sysinfo_memory_available(unsigned n_threads);

/* Largest resident size this process has had, in bytes. */
uint64_t sysinfo_peak_rss(void);

/* What control groups allow; the numbers are zero, UINT64_MAX where they set no limit.
 */
struct sysinfo_cgroup {
    unsigned cpus;        /* quota in whole processors, rounded up; 0: no limit */
    uint64_t memory_left; /* bytes until the limit, reclaimable file pages counted as
                             free; UINT64_MAX: no limit */
};

/*
 * The tightest limit among this process's control groups and all groups above them.
 * `root` stands before /proc and /sys: "" for the real ones, a folder in tests.
 */
struct sysinfo_cgroup sysinfo_read_cgroup(const char *root);

/* MemAvailable of `root`/proc/meminfo in bytes, UINT64_MAX when it cannot be read. */
uint64_t sysinfo_read_available(const char *root);

#endif

/* sysinfo.h - what this process may use: processors, memory, instruction sets. */
#ifndef MLT_BASE_SYSINFO_H
#define MLT_BASE_SYSINFO_H

#include <stdint.h>

/* Processors this process may run on: affinity, cut by the cgroup's quota; >= 1. */
unsigned sysinfo_cpus(void);

/* Bytes of memory this process may still take: the least of what the system has
 * available, what its cgroup leaves and RLIMIT_AS; 0 when unknown. */
uint64_t sysinfo_memory_available(void);

/* Largest resident size this process has had, in bytes. */
uint64_t sysinfo_peak_rss(void);

#endif

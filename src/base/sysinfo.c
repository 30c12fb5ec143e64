/* sysinfo.c - what this process may use; see sysinfo.h. */
#include "config.h"

#include "src/base/sysinfo.h"

#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

unsigned
sysinfo_cpus(void)
{
    cpu_set_t set;

    if (sched_getaffinity(0, sizeof(set), &set) == 0 && CPU_COUNT(&set) > 0)
        return (unsigned)CPU_COUNT(&set);
    return 1;
}

uint64_t
sysinfo_memory_available(void)
{
    long pages = sysconf(_SC_AVPHYS_PAGES);

    return pages > 0 ? (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
}

uint64_t
sysinfo_peak_rss(void)
{
    struct rusage ru;

    getrusage(RUSAGE_SELF, &ru);
    return (uint64_t)ru.ru_maxrss * 1024;
}

/*
 * sysinfo.c - what this process may use; see sysinfo.h.
 *
 * /proc/self/cgroup has a line "id:controllers:path" for each hierarchy. In version 2
 * it is "0::path" and the files lie in /sys/fs/cgroup/path; in version 1 they lie in
 * /sys/fs/cgroup/controllers/path. Inside a container the path may be the host's and
 * not exist here; then the walk to the root finds the container's own group there.
 */
#include "config.h"

#include "src/base/sysinfo.h"

#include <ctype.h>
#include <inttypes.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define PATH_ROOM 1024
#define MOUNT     "/sys/fs/cgroup"

/* How the two versions name their files. */
struct names {
    const char *quota; /* microseconds of processor time a period; v2: "quota period" */
    const char *period; /* NULL: second number of the quota file */
    const char *limit;
    const char *usage;
    const char *reclaimable; /* line of memory.stat */
};

static const struct names names_v1 = {
    .quota = "cpu.cfs_quota_us",
    .period = "cpu.cfs_period_us",
    .limit = "memory.limit_in_bytes",
    .usage = "memory.usage_in_bytes",
    .reclaimable = "total_inactive_file",
};

static const struct names names_v2 = {
    .quota = "cpu.max",
    .limit = "memory.max",
    .usage = "memory.current",
    .reclaimable = "inactive_file",
};

static FILE *
open_in(const char *folder, const char *name)
{
    char path[PATH_ROOM + 64];
    int n = snprintf(path, sizeof(path), "%s/%s", folder, name);

    return n > 0 && (size_t)n < sizeof(path) ? fopen(path, "re") : NULL;
}

/* The first number of a file, and the second where `ret_second` asks for it. False for
 * anything else, "max" and -1 (no limit) included. */
static bool
read_number(const char *folder, const char *name, uint64_t *ret, uint64_t *ret_second)
{
    FILE *f = open_in(folder, name);
    int64_t a, b = 0;
    int got;

    if (f == NULL)
        return false;
    got = fscanf(f, "%" SCNd64 " %" SCNd64, &a, &b);
    fclose(f);
    if (got < (ret_second != NULL ? 2 : 1) || a < 0 || b < 0)
        return false;
    *ret = (uint64_t)a;
    if (ret_second != NULL)
        *ret_second = (uint64_t)b;
    return true;
}

/* The number after `key` and blanks at the start of a line, or `otherwise`. */
static uint64_t
read_keyed(const char *folder, const char *name, const char *key, uint64_t otherwise)
{
    FILE *f = open_in(folder, name);
    size_t len = strlen(key);
    char line[256];
    uint64_t value = otherwise;

    if (f == NULL)
        return otherwise;
    while (fgets(line, sizeof(line), f) != NULL)
        if (strncmp(line, key, len) == 0 && isblank((unsigned char)line[len])) {
            value = strtoull(line + len, NULL, 10);
            break;
        }
    fclose(f);
    return value;
}

static void
limit_cpus(const char *folder, const struct names *nm, struct sysinfo_cgroup *cg)
{
    uint64_t quota, period, cpus;

    if (nm->period == NULL) {
        if (!read_number(folder, nm->quota, &quota, &period))
            return;
    } else if (!read_number(folder, nm->quota, &quota, NULL) ||
               !read_number(folder, nm->period, &period, NULL)) {
        return;
    }
    if (quota == 0 || period == 0)
        return;
    cpus = (quota - 1) / period + 1;
    if (cpus < (cg->cpus != 0 ? cg->cpus : UINT32_MAX))
        cg->cpus = (unsigned)cpus;
}

static void
limit_memory(const char *folder, const struct names *nm, struct sysinfo_cgroup *cg)
{
    uint64_t limit, usage, reclaimable, left;

    if (!read_number(folder, nm->limit, &limit, NULL) ||
        !read_number(folder, nm->usage, &usage, NULL))
        return;
    reclaimable = read_keyed(folder, "memory.stat", nm->reclaimable, 0);
    usage -= reclaimable < usage ? reclaimable : usage;
    left = limit > usage ? limit - usage : 0;
    if (left < cg->memory_left)
        cg->memory_left = left;
}

/* Apply the limits of a group and of every group above it, up to the mount point, whose
 * path has `mount_len` bytes. Shortens `folder`. */
static void
walk_up(char *folder, size_t mount_len, const struct names *nm,
        struct sysinfo_cgroup *cg)
{
    for (;;) {
        char *slash;

        limit_cpus(folder, nm, cg);
        limit_memory(folder, nm, cg);
        slash = strrchr(folder, '/');
        if (strlen(folder) <= mount_len || slash == NULL)
            return;
        *slash = '\0';
    }
}

/* One line of /proc/self/cgroup, cut into its three fields in place. */
static void
read_hierarchy(const char *root, char *line, struct sysinfo_cgroup *cg)
{
    char *controllers = strchr(line, ':');
    char *path = controllers != NULL ? strchr(controllers + 1, ':') : NULL;
    char folder[PATH_ROOM];
    int mount_len, n;

    if (path == NULL)
        return;
    *path++ = '\0';
    controllers++;
    path[strcspn(path, "\n")] = '\0';
    mount_len = snprintf(folder, sizeof(folder), "%s" MOUNT "%s%s", root,
                         *controllers != '\0' ? "/" : "", controllers);
    if (mount_len < 0 || (size_t)mount_len >= sizeof(folder))
        return;
    n = snprintf(folder + mount_len, sizeof(folder) - (size_t)mount_len, "%s",
                 strcmp(path, "/") != 0 ? path : "");
    if (n >= 0 && (size_t)n < sizeof(folder) - (size_t)mount_len)
        walk_up(folder, (size_t)mount_len, *controllers != '\0' ? &names_v1 : &names_v2,
                cg);
}

struct sysinfo_cgroup
sysinfo_read_cgroup(const char *root)
{
    struct sysinfo_cgroup cg = { .cpus = 0, .memory_left = UINT64_MAX };
    FILE *f = open_in(root, "proc/self/cgroup");
    char line[PATH_ROOM];

    if (f == NULL)
        return cg;
    while (fgets(line, sizeof(line), f) != NULL)
        read_hierarchy(root, line, &cg);
    fclose(f);
    return cg;
}

uint64_t
sysinfo_read_available(const char *root)
{
    uint64_t kib = read_keyed(root, "proc/meminfo", "MemAvailable:", UINT64_MAX);

    return kib < UINT64_MAX / 1024 ? kib * 1024 : UINT64_MAX;
}

/* Address space of a thread's stack, most of which never becomes memory. */
static uint64_t
stack_bytes(void)
{
    pthread_attr_t attr;
    size_t stack = 0, guard = 0;

    if (pthread_attr_init(&attr) != 0)
        return 0;
    pthread_attr_getstacksize(&attr, &stack);
    pthread_attr_getguardsize(&attr, &guard);
    pthread_attr_destroy(&attr);
    return stack + guard;
}

/* Bytes of address space that RLIMIT_AS leaves, UINT64_MAX without a limit. */
static uint64_t
address_space_left(unsigned n_threads)
{
    struct rlimit rl;
    uint64_t pages, used;

    if (getrlimit(RLIMIT_AS, &rl) != 0 || rl.rlim_cur == RLIM_INFINITY ||
        !read_number("/proc/self", "statm", &pages, NULL))
        return UINT64_MAX;
    used = pages * (uint64_t)sysconf(_SC_PAGESIZE) + n_threads * stack_bytes();
    return rl.rlim_cur > used ? rl.rlim_cur - used : 0;
}

uint64_t
sysinfo_memory_available(unsigned n_threads)
{
    uint64_t least = sysinfo_read_available("");
    uint64_t group = sysinfo_read_cgroup("").memory_left;
    uint64_t space = address_space_left(n_threads);

    least = group < least ? group : least;
    least = space < least ? space : least;
    if (least == UINT64_MAX)
        return 0;
    return least > 0 ? least : 1; /* nothing left is not "unknown" */
}

/* Processors in the affinity mask; the mask grows until the kernel's fits. */
static unsigned
affinity_cpus(void)
{
    for (int room = CPU_SETSIZE; room <= 64 * CPU_SETSIZE; room *= 2) {
        cpu_set_t *set = CPU_ALLOC(room);
        size_t bytes = CPU_ALLOC_SIZE(room);
        int n = 0;

        if (set == NULL)
            break;
        if (sched_getaffinity(0, bytes, set) == 0)
            n = CPU_COUNT_S(bytes, set);
        CPU_FREE(set);
        if (n > 0)
            return (unsigned)n;
    }
    return 1;
}

unsigned
sysinfo_cpus(void)
{
    unsigned mask = affinity_cpus();
    unsigned quota = sysinfo_read_cgroup("").cpus;

    return quota != 0 && quota < mask ? quota : mask;
}

uint64_t
sysinfo_peak_rss(void)
{
    struct rusage ru;

    getrusage(RUSAGE_SELF, &ru);
    return (uint64_t)ru.ru_maxrss * 1024;
}

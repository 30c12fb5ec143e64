/* test_sysinfo.c - limits of control groups, read from a folder that plays the root. */
#include "config.h"

#include "src/base/sysinfo.h"

#include "tests/unit.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define MIB ((uint64_t)1 << 20)

static char root[64];

static void
make_root(void)
{
    strcpy(root, "/tmp/mltui-sysinfo-XXXXXX");
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(root));
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *walk)
{
    (void)st, (void)type, (void)walk;
    return remove(path);
}

static void
remove_root(void)
{
    nftw(root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Write root/path, making the folders on the way. */
static void
put(const char *path, const char *text)
{
    char full[512];
    FILE *f;

    snprintf(full, sizeof(full), "%s/%s", root, path);
    for (char *s = full + strlen(root) + 1; (s = strchr(s, '/')) != NULL; *s++ = '/') {
        *s = '\0';
        mkdir(full, 0700);
    }
    f = fopen(full, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(f);
    fputs(text, f);
    fclose(f);
}

static void
without_groups_there_is_no_limit(void)
{
    struct sysinfo_cgroup cg;

    make_root();
    cg = sysinfo_read_cgroup(root);
    CU_ASSERT_EQUAL(cg.cpus, 0);
    CU_ASSERT_EQUAL(cg.memory_left, UINT64_MAX);
    CU_ASSERT_EQUAL(sysinfo_read_available(root), UINT64_MAX);
    put("proc/self/cgroup", "0::/\n");
    put("sys/fs/cgroup/cpu.max", "max 100000\n");
    put("sys/fs/cgroup/memory.max", "max\n");
    put("sys/fs/cgroup/memory.current", "1048576\n");
    cg = sysinfo_read_cgroup(root);
    CU_ASSERT_EQUAL(cg.cpus, 0);
    CU_ASSERT_EQUAL(cg.memory_left, UINT64_MAX);
    remove_root();
}

static void
version_2_takes_the_tightest_group_on_the_way_up(void)
{
    struct sysinfo_cgroup cg;

    make_root();
    put("proc/self/cgroup", "0::/slurm/job7/step0\n");
    put("sys/fs/cgroup/slurm/job7/step0/cpu.max", "800000 100000\n");
    put("sys/fs/cgroup/slurm/job7/cpu.max", "250000 100000\n");
    put("sys/fs/cgroup/slurm/job7/step0/memory.max", "max\n");
    put("sys/fs/cgroup/slurm/job7/step0/memory.current", "1\n");
    put("sys/fs/cgroup/slurm/job7/memory.max", "104857600\n");
    put("sys/fs/cgroup/slurm/job7/memory.current", "62914560\n");
    put("sys/fs/cgroup/slurm/job7/memory.stat",
        "anon 9\nfile 31457280\ninactive_file 20971520\nactive_file 10485760\n");
    cg = sysinfo_read_cgroup(root);
    CU_ASSERT_EQUAL(cg.cpus, 3); /* 2.5 processors, rounded up */
    CU_ASSERT_EQUAL(cg.memory_left, (100 - (60 - 20)) * MIB);
    remove_root();
}

static void
version_1_has_a_folder_for_each_controller(void)
{
    struct sysinfo_cgroup cg;

    make_root();
    put("proc/self/cgroup", "5:cpu,cpuacct:/box\n4:memory:/box\n1:name=systemd:/box\n");
    put("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us", "200000\n");
    put("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_period_us", "100000\n");
    put("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
    put("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
    put("sys/fs/cgroup/memory/box/memory.limit_in_bytes", "10485760\n");
    put("sys/fs/cgroup/memory/box/memory.usage_in_bytes", "11534336\n");
    cg = sysinfo_read_cgroup(root);
    CU_ASSERT_EQUAL(cg.cpus, 2);
    CU_ASSERT_EQUAL(cg.memory_left, 0); /* over its limit already */
    remove_root();
}

static void
a_path_of_the_host_falls_back_to_the_mount(void)
{
    struct sysinfo_cgroup cg;

    make_root();
    put("proc/self/cgroup", "4:memory:/docker/0123abcd\n3:cpu:/docker/0123abcd\n");
    put("sys/fs/cgroup/memory/memory.limit_in_bytes", "2097152\n");
    put("sys/fs/cgroup/memory/memory.usage_in_bytes", "1048576\n");
    put("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "50000\n");
    put("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
    cg = sysinfo_read_cgroup(root);
    CU_ASSERT_EQUAL(cg.cpus, 1);
    CU_ASSERT_EQUAL(cg.memory_left, MIB);
    remove_root();
}

static void
nonsense_in_the_files_sets_no_limit(void)
{
    struct sysinfo_cgroup cg;

    make_root();
    put("proc/self/cgroup", "nonsense\n0::/../..\n0::\n:::::\n");
    put("sys/fs/cgroup/cpu.max", "100000 0\n");
    put("sys/fs/cgroup/memory.max", "-5\n");
    put("sys/fs/cgroup/memory.current", "");
    put("proc/meminfo", "MemTotal: 1 kB\nMemAvailable: 2048 kB\n");
    cg = sysinfo_read_cgroup(root);
    CU_ASSERT_EQUAL(cg.cpus, 0);
    CU_ASSERT_EQUAL(cg.memory_left, UINT64_MAX);
    CU_ASSERT_EQUAL(sysinfo_read_available(root), 2 * MIB);
    remove_root();
}

static void
this_process_may_use_something(void)
{
    CU_ASSERT(sysinfo_cpus() >= 1);
    CU_ASSERT(sysinfo_memory_available(0) > 0);
    CU_ASSERT(sysinfo_peak_rss() > 0);
}

/* Of 256 MiB of address space, four stacks leave less, and thousands nothing. */
static void
the_stacks_of_threads_take_address_space(void)
{
    struct rlimit before, low;
    uint64_t none, four, thousands;
    unsigned long pages = 0;
    FILE *f = fopen("/proc/self/statm", "re");

    CU_ASSERT_FATAL(f != NULL && fscanf(f, "%lu", &pages) == 1);
    fclose(f);
    CU_ASSERT_EQUAL_FATAL(getrlimit(RLIMIT_AS, &before), 0);
    low = before;
    low.rlim_cur = pages * (rlim_t)sysconf(_SC_PAGESIZE) + (256 << 20);
    CU_ASSERT_EQUAL_FATAL(setrlimit(RLIMIT_AS, &low), 0);
    none = sysinfo_memory_available(0);
    four = sysinfo_memory_available(4);
    thousands = sysinfo_memory_available(20000);
    CU_ASSERT_EQUAL(setrlimit(RLIMIT_AS, &before), 0);
    CU_ASSERT(none <= 256 << 20);
    CU_ASSERT(none >= four + 4 * (uint64_t)sysconf(_SC_THREAD_STACK_MIN));
    CU_ASSERT_EQUAL(thousands, 1);
}

CU_TestInfo tests_sysinfo[] = {
    { "without groups there is no limit", without_groups_there_is_no_limit },
    { "version 2 takes the tightest group on the way up",
      version_2_takes_the_tightest_group_on_the_way_up },
    { "version 1 has a folder for each controller",
      version_1_has_a_folder_for_each_controller },
    { "a path of the host falls back to the mount",
      a_path_of_the_host_falls_back_to_the_mount },
    { "nonsense in the files sets no limit", nonsense_in_the_files_sets_no_limit },
    { "this process may use something", this_process_may_use_something },
    { "the stacks of threads take address space",
      the_stacks_of_threads_take_address_space },
    CU_TEST_INFO_NULL,
};

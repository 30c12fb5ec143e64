/* threads.c - what the system has counted for a program; see threads.h. */
#include "config.h"

#include "tests/bench/threads.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The number after a name in a file of lines "name:\tnumber"; 0: none. */
static uint64_t
field_of(const char *path, const char *name)
{
    FILE *f = fopen(path, "r");
    char line[256];
    unsigned long long value = 0;

    while (f != NULL && fgets(line, sizeof(line), f) != NULL)
        if (strncmp(line, name, strlen(name)) == 0)
            sscanf(line + strlen(name), ": %llu", &value);
    if (f != NULL)
        fclose(f);
    return value;
}

/* CPU time of the whole program, in hundredths of a second as stat has it. */
static double
cpu_of_all(pid_t pid)
{
    char path[64], text[1024];
    unsigned long user = 0, system = 0;
    FILE *f;
    size_t n = 0;

    snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
    f = fopen(path, "r");
    if (f != NULL) {
        n = fread(text, 1, sizeof(text) - 1, f);
        fclose(f);
    }
    text[n] = '\0';
    if (strrchr(text, ')') != NULL)
        sscanf(strrchr(text, ')') + 1,
               " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

/* CPU time of one thread, to the nanosecond. */
static double
cpu_of_first(pid_t pid)
{
    char path[64];
    unsigned long long ns = 0;
    FILE *f;

    snprintf(path, sizeof(path), "/proc/%d/task/%d/schedstat", (int)pid, (int)pid);
    f = fopen(path, "r");
    if (f != NULL) {
        if (fscanf(f, "%llu", &ns) != 1)
            ns = 0;
        fclose(f);
    }
    return (double)ns / 1e9;
}

struct threads
threads_read(pid_t pid)
{
    struct threads t = { .first_s = cpu_of_first(pid), .all_s = cpu_of_all(pid) };
    char path[512];
    DIR *dir;

    snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
    dir = opendir(path);
    for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;) {
        if (e->d_name[0] == '.')
            continue;
        snprintf(path, sizeof(path), "/proc/%d/task/%s/status", (int)pid, e->d_name);
        t.switches += field_of(path, "voluntary_ctxt_switches") +
                      field_of(path, "nonvoluntary_ctxt_switches");
        t.n++;
    }
    if (dir != NULL)
        closedir(dir);
    return t;
}

uint64_t
threads_memory(pid_t pid)
{
    char path[64];

    snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
    return field_of(path, "RssAnon") * 1024;
}

/* scratch.c - a folder of a test's own; see scratch.h. */
#include "config.h"

#include "tests/scratch.h"

#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
give_up(const char *what)
{
    perror(what);
    exit(1);
}

static bool
make_in(const char *base, char ret[256])
{
    snprintf(ret, 256, "%s/mltui-test-XXXXXX", base);
    return mkdtemp(ret) != NULL;
}

void
scratch_make(char ret[256])
{
    const char *base = getenv("TMPDIR");

    if (!make_in(base != NULL ? base : "/tmp", ret))
        give_up(ret);
}

void
scratch_make_in_memory(char ret[256])
{
    if (!make_in("/dev/shm", ret))
        scratch_make(ret);
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st, (void)type, (void)at;
    return remove(path);
}

void
scratch_remove(const char *dir)
{
    nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

const char *
scratch_path(const char *dir, const char *name)
{
    static char path[8][512];
    static unsigned turn;
    char *p = path[turn++ % 8];

    snprintf(p, sizeof(path[0]), "%s/%s", dir, name);
    return p;
}

void
scratch_write(const char *path, const void *p, size_t n)
{
    FILE *f = fopen(path, "wb");

    if (f == NULL || fwrite(p, 1, n, f) != n || fclose(f) != 0)
        give_up(path);
}

char *
scratch_read(const char *path, size_t *ret_n)
{
    FILE *f = fopen(path, "rb");
    char *bytes;
    long n;

    if (f == NULL)
        return NULL;
    fseek(f, 0, SEEK_END);
    n = ftell(f);
    rewind(f);
    bytes = calloc((size_t)n + 1, 1);
    if (bytes == NULL || fread(bytes, 1, (size_t)n, f) != (size_t)n)
        give_up(path);
    fclose(f);
    if (ret_n != NULL)
        *ret_n = (size_t)n;
    return bytes;
}

size_t
scratch_count(const char *dir)
{
    DIR *d = opendir(dir);
    size_t n = 0;

    for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;)
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    if (d != NULL)
        closedir(d);
    return n;
}

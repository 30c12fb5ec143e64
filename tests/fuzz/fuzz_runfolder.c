/* fuzz_runfolder.c - any bytes as run.json, after the first line as metrics.jsonl, in a
 * folder of the process in $TMPDIR, which tests/fuzz/run.sh removes. */
#include "config.h"

#include "src/train/runfolder.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void
write_file(const char *dir, const char *name, const uint8_t *bytes, size_t n)
{
    char path[300];
    FILE *f;

    snprintf(path, sizeof(path), "%s/%s", dir, name);
    f = fopen(path, "wb");
    if (f == NULL || fwrite(bytes, 1, n, f) != n || fclose(f) != 0)
        abort();
}

static void
make_folder(char *ret, size_t cap)
{
    const char *tmp = getenv("TMPDIR");

    snprintf(ret, cap, "%s/fuzz-XXXXXX", tmp != NULL ? tmp : "/tmp");
    if (mkdtemp(ret) == NULL)
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static char dir[256];
    const uint8_t *end = n > 0 ? memchr(bytes, '\n', n) : NULL;
    const size_t first = end != NULL ? (size_t)(end - bytes) + 1 : n;
    struct run *r = NULL;

    if (dir[0] == '\0')
        make_folder(dir, sizeof(dir));
    write_file(dir, "run.json", bytes, first);
    write_file(dir, "metrics.jsonl", bytes + first, n - first);
    if (run_open(&r, dir, RUN_METRICS, NULL) == ERR_OK)
        run_free(r);
    return 0;
}

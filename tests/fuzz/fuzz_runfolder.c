/* fuzz_runfolder.c - any bytes as run.json, after the first line as metrics.jsonl. */
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

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static char dir[] = "/dev/shm/mltui-fuzz-XXXXXX";
    static char *made;
    const uint8_t *end = n > 0 ? memchr(bytes, '\n', n) : NULL;
    const size_t first = end != NULL ? (size_t)(end - bytes) + 1 : n;
    struct run *r = NULL;

    if (made == NULL && (made = mkdtemp(dir)) == NULL)
        abort();
    write_file(dir, "run.json", bytes, first);
    write_file(dir, "metrics.jsonl", bytes + first, n - first);
    if (run_open(&r, dir, RUN_METRICS, NULL) == ERR_OK)
        run_free(r);
    return 0;
}

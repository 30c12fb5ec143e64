/* fuzz_safetensors.c - any bytes as a model file and as a ratings file. */
#include "config.h"

#include "src/model/modelfile.h"
#include "src/model/ratingsfile.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static int fd = -1;
    struct model *m = NULL;
    struct catalog *c = NULL;
    struct ratings *r = NULL;
    char path[32];

    if (fd < 0)
        fd = memfd_create("fuzz", 0);
    if (fd < 0 || ftruncate(fd, 0) != 0 || pwrite(fd, bytes, n, 0) != (ssize_t)n)
        abort();
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    if (modelfile_load(&m, &c, path, NULL) == ERR_OK)
        model_free(m);
    catalog_free(c);
    if (ratingsfile_load(&r, path, NULL) == ERR_OK)
        ratings_free(r);
    return 0;
}

/*
 * fuzz_zip.c - any bytes are a zip whose files can be listed and read to their ends, or
 * an error with a message; the same when they are loaded as data.
 */
#include "config.h"

#include "src/data/dataset.h"
#include "src/data/unzip.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
must(bool ok)
{
    if (!ok)
        abort();
}

/* Read every member from front to back; what it says of sizes must be so. */
static enum err_code
read_all(struct unzip *z, struct err *err)
{
    static char buffer[4096];
    struct unzip_member m;
    enum err_code rc;

    while ((rc = unzip_next(z, &m, err)) == ERR_OK && m.name != NULL)
        must(m.size < UNZIP_RATIO_FROM || m.size > 0);
    unzip_rewind(z);
    if (rc == ERR_OK && unzip_next(z, &m, err) == ERR_OK && m.name != NULL &&
        m.regular) {
        char *name = strdup(m.name);
        uint64_t size, total = 0;
        size_t n = sizeof(buffer);

        rc = unzip_find(z, name, &size, err);
        while (rc == ERR_OK && n == sizeof(buffer)) {
            rc = unzip_read(z, buffer, sizeof(buffer), &n, err);
            total += rc == ERR_OK ? n : 0;
        }
        must(rc != ERR_OK || total == size);
        free(name);
    }
    return rc;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct dataset_options opt = dataset_defaults();
    int fd = memfd_create("zip", 0);
    struct dataset *d = NULL;
    struct unzip *z = NULL;
    struct err err = { 0 };
    char path[64];

    must(fd >= 0 && write(fd, data, len) == (ssize_t)len);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    must(unzip_open(&z, path, &err) == ERR_OK);
    must(read_all(z, &err) == ERR_OK || err.msg[0] != '\0');
    unzip_close(z);
    err.msg[0] = '\0';
    must(dataset_load(&d, path, &opt, NULL, &err) == ERR_OK || err.msg[0] != '\0');
    dataset_free(d);
    close(fd);
    return 0;
}

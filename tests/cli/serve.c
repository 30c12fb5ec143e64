/*
 * serve.c - files on a loopback server, for the scripts; see tests/loopback.h.
 *
 *   serve ADDRESS_FILE [cut=N] [stall=N] [pause=MS] FILE...
 *
 * Serves each FILE under its name, and under its name and .md5 its checksum, until it
 * is killed. The troubles are those of the files, not of the sums. ADDRESS_FILE then
 * holds the address.
 */
#include "config.h"

#include "tests/loopback.h"
#include "tests/scratch.h"

#include <nettle/md5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_FILES 3

static char paths[2 * MOST_FILES][256], sums[MOST_FILES][64];

/* The page of a file, and that of its sum. */
static void
add_file(struct loopback_page *page, size_t file, const char *path,
         const struct loopback_page *trouble)
{
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    struct md5_ctx md5;
    unsigned char digest[MD5_DIGEST_SIZE];

    page[0] = *trouble;
    page[0].body = scratch_read(path, &page[0].n);
    if (page[0].body == NULL) {
        perror(path);
        exit(1);
    }
    snprintf(paths[2 * file], sizeof(paths[0]), "/%s", name);
    snprintf(paths[2 * file + 1], sizeof(paths[0]), "/%s.md5", name);
    page[0].path = paths[2 * file];
    page[0].etag = "\"one\"";
    md5_init(&md5);
    md5_update(&md5, page[0].n, page[0].body);
    md5_digest(&md5, sizeof(digest), digest);
    for (size_t i = 0; i < sizeof(digest); i++)
        snprintf(sums[file] + 2 * i, 3, "%02x", digest[i]);
    page[1] = (struct loopback_page){ .path = paths[2 * file + 1],
                                      .body = sums[file],
                                      .n = strlen(sums[file]) };
}

int
main(int argc, char **argv)
{
    struct loopback_page pages[2 * MOST_FILES + 1] = { 0 }, trouble = { 0 };
    struct loopback *l;
    size_t n = 0;

    for (int i = 2; i < argc; i++)
        if (sscanf(argv[i], "cut=%zu", &trouble.cut) != 1 &&
            sscanf(argv[i], "stall=%zu", &trouble.stall) != 1 &&
            sscanf(argv[i], "pause=%u", &trouble.pause_ms) != 1 && n < MOST_FILES) {
            add_file(&pages[2 * n], n, argv[i], &trouble);
            n++;
        }
    if (n == 0)
        return 2;
    l = loopback_start(pages);
    scratch_write(argv[1], loopback_base(l), strlen(loopback_base(l)));
    for (;;)
        pause();
}

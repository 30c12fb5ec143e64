/*
 * make_zip.c - a zip for the scripts: make_zip ARCHIVE [encrypted] [damaged]
 * [MEMBER=FILE]...
 */
#include "config.h"

#include "tests/made_zip.h"
#include "tests/scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_MEMBERS 16

int
main(int argc, char **argv)
{
    struct made_member m[MOST_MEMBERS] = { 0 }, kind = { .deflated = true };
    size_t n = 0;

    if (argc < 2)
        return 2;
    for (int i = 2; i < argc && n < MOST_MEMBERS; i++) {
        char *equals = strchr(argv[i], '=');

        kind.encrypted |= strcmp(argv[i], "encrypted") == 0;
        kind.bad_crc |= strcmp(argv[i], "damaged") == 0;
        if (equals == NULL)
            continue;
        *equals = '\0';
        m[n] = kind;
        m[n].name = argv[i];
        m[n].bytes = scratch_read(equals + 1, &m[n].n);
        if (m[n++].bytes == NULL) {
            perror(equals + 1);
            return 1;
        }
    }
    made_zip_write(argv[1], m, n);
    return 0;
}

/*
 * archive_site.h - the world of a test of downloads: a zip of about 300 kB, a server
 * that has it and misbehaves as it is told, a data folder.
 */
#ifndef MLT_TESTS_DATA_ARCHIVE_SITE_H
#define MLT_TESTS_DATA_ARCHIVE_SITE_H

#include "src/base/err.h"
#include "src/data/download.h"
#include "tests/loopback.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SITE_NAME "ml-latest-small"
#define SITE_ZIP  "/" SITE_NAME ".zip"
#define SITE_SUM  "/" SITE_NAME ".zip.md5"

/* One test's world, from site_begin to site_end. */
extern struct site {
    char dir[256]; /* the data folder */
    unsigned char *zip;
    size_t n;
    char sum[64];
    struct loopback_page page[3]; /* the zip, its sum; heard by the checks below */
    struct loopback *server;
    struct download_progress seen; /* the last progress */
    bool went_back;                /* it was loaded from the start again */
    int stop_phase;                /* progress says stop in this phase, from */
    uint64_t stop_at;              /* so many bytes on; -1: never */
} site;

void site_begin(void);
void site_end(void);

/* The archive of a seed, freed by the caller, and its sum as the publisher writes it.
 */
unsigned char *site_make_archive(size_t *ret_n, char sum[64], unsigned seed);

/* Fetch it into the folder. */
enum err_code site_fetch(struct err *err);

/* Is this in the data folder? */
bool site_has(const char *name);
size_t site_part_bytes(void);

/* The data are there and nothing else is. */
void site_check_whole(void);

/* With the pages as they are now it fails with this code and these words; of the data
 * nothing is there, and of the zip so many bytes. */
void site_check_fails(enum err_code code, const char *words, size_t kept);

/* With the pages as they are now all is well, and it is fetched. */
void site_check_succeeds(void);

#endif

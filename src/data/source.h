/*
 * source.h - a file, a member of a zip or bytes in memory, read in blocks that end
 * where a record ends.
 *
 * Any number of threads take blocks; a block is numbered by its place, so that what is
 * made of the blocks can be put back in order. Only one block a thread is in memory. A
 * record is one line, or several where a quoted field holds line breaks; where records
 * end does not depend on the sizes of reads.
 */
#ifndef MLT_DATA_SOURCE_H
#define MLT_DATA_SOURCE_H

#include "src/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <xxhash.h>

/* Bytes of the file that a block holds; also the unit of fingerprints. */
#define SOURCE_BLOCK ((size_t)256 << 10)

/* A record longer than this is no record: its first line counts as a line of its own,
 * and of a longer line only this many bytes and one more are kept. */
#define SOURCE_MAX_RECORD ((size_t)64 << 10)

/* Readable bytes, of any value, after the text of a block. */
#define SOURCE_SLACK 64

struct source;

/*
 * Open a regular file. `quote_delim` is the delimiter of a format whose fields may be
 * quoted, 0 where quotes mean nothing. ERR_NOTFOUND, ERR_IO (a folder, no permission).
 */
ERR_MUST_CHECK enum err_code source_open(struct source **ret, const char *path,
                                         char quote_delim, struct err *err);

/* The same of a member of a zip, unpacked as it is read; its name is "zip:member".
 * ERR_FORMAT, ERR_UNAVAILABLE as in unzip.h. */
ERR_MUST_CHECK enum err_code source_open_member(struct source **ret, const char *zip,
                                                const char *member, char quote_delim,
                                                struct err *err);

/* The same over len bytes, borrowed; `name` is for messages, copied. */
ERR_MUST_CHECK enum err_code source_open_bytes(struct source **ret, const char *name,
                                               const void *bytes, size_t len,
                                               char quote_delim, struct err *err);
void source_close(struct source *s);

const char *source_name(const struct source *s);

/* Size when opened, in bytes; of a member unpacked. */
uint64_t source_size(const struct source *s);

/* Begin again at the first byte. Not while a thread reads. */
void source_rewind(struct source *s);

/* Change the delimiter of fields that may be quoted. Not while a thread reads. */
void source_set_quotes(struct source *s, char quote_delim);

/* Read n bytes at once, 1 … SOURCE_BLOCK, so that tests cut a file everywhere. Before
 * the first block. */
void source_set_block(struct source *s, size_t n);

/* Blocks that the file will have. */
uint64_t source_n_blocks(const struct source *s);

/* One thread's block. */
struct block {
    uint64_t number;  /* from 0, without gaps */
    const char *text; /* whole records, each ended by a line feed; a byte order mark at
                       * the start of the file is left out */
    size_t len;       /* may be 0 */
    bool first;       /* the text is the first there is */
    size_t n_bytes;   /* of the file, from number * SOURCE_BLOCK on: SOURCE_BLOCK, less
                       * at the end; 0: nothing was left to read */
    XXH128_hash_t hash; /* XXH3 of these bytes of the file, as they are */
    char *buffer;       /* owned */
};

/* Room for a block, which source_next fills. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code block_init(struct block *b, struct err *err);
void block_done(struct block *b);

/*
 * Take the next block; at the end n_bytes and len are 0. Any thread, each with a block
 * of its own. ERR_IO: a read failed, or the file is not as long as when it was opened;
 * ERR_FORMAT, ERR_NOMEM: a member that cannot be unpacked.
 */
ERR_MUST_CHECK enum err_code source_next(struct source *s, struct block *b,
                                         struct err *err);

/*
 * Bytes of the record at s, its line feed included, of the n that there are; 0 when it
 * does not end among them and more may come (`last` false). With `last`, s[n - 1] is a
 * line feed. `delim` as quote_delim above.
 */
size_t source_record_end(const char *s, size_t n, char delim, bool last);

#endif

/*
 * source.c - blocks of whole records; see source.h.
 *
 * The reading itself is done under a lock, one block after the other: what follows the
 * last record of a block is carried to the front of the next one. It is a copy from the
 * page cache and two searches at memory speed, several times faster than the parsing
 * that the threads do outside the lock.
 */
#include "config.h"

#include "src/data/source.h"

#include "src/base/mem.h"
#include "src/base/sysio.h"
#include "src/data/ahead.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Room for what was carried, before the fresh bytes of a block. */
#define ROOM (SOURCE_MAX_RECORD + 64)

struct source {
    char *name;          /* owned */
    int fd;              /* a file, or -1 */
    struct ahead *ahead; /* owned: a member of a zip, or NULL */
    const char *bytes;   /* borrowed: bytes in memory, or NULL */
    uint64_t size;
    char quote_delim;
    size_t block; /* bytes read at once */
    /* Guards all below; held while a block is read and cut. */
    pthread_mutex_t lock;
    uint64_t at;     /* bytes read so far */
    uint64_t number; /* of the next block */
    char *carry;     /* (ROOM) owned: the start of a record whose end is not read yet */
    size_t n_carry;
    bool marked;   /* whether there is a byte order mark is known */
    bool given;    /* some text was given */
    bool skipping; /* the carried line is too long: drop the rest of it */
};

static enum err_code
source_new(struct source **ret, const char *name, char quote_delim, struct err *err)
{
    struct source *s = mem_new(1, sizeof(*s));

    if (s == NULL)
        return err_nomem(err, sizeof(*s), "a file");
    s->fd = -1;
    s->quote_delim = quote_delim;
    s->block = SOURCE_BLOCK;
    pthread_mutex_init(&s->lock, NULL);
    s->name = mem_strdup(name);
    s->carry = mem_new(ROOM, 1);
    if (s->name == NULL || s->carry == NULL) {
        source_close(s);
        return err_nomem(err, ROOM, "a file");
    }
    *ret = s;
    return ERR_OK;
}

static enum err_code
open_regular(struct source *s, struct err *err)
{
    struct stat st;

    s->fd = sysio_open(s->name, O_RDONLY | O_NONBLOCK, 0); /* a FIFO must not block */
    if (s->fd < 0)
        return err_set(err, errno == ENOENT || errno == ENOTDIR ? ERR_NOTFOUND : ERR_IO,
                       "%s: %s", s->name, strerror(errno));
    if (fstat(s->fd, &st) != 0)
        return err_set(err, ERR_IO, "%s: %s", s->name, strerror(errno));
    if (S_ISDIR(st.st_mode))
        return err_set(err, ERR_IO, "%s: a folder, expected a file", s->name);
    if (!S_ISREG(st.st_mode))
        return err_set(err, ERR_IO, "%s: not a regular file; copy its content into one",
                       s->name);
    s->size = (uint64_t)st.st_size;
    return ERR_OK;
}

enum err_code
source_open(struct source **ret, const char *path, char quote_delim, struct err *err)
{
    struct source *s = NULL;
    enum err_code rc = source_new(&s, path, quote_delim, err);

    if (rc == ERR_OK)
        rc = open_regular(s, err);
    if (rc != ERR_OK) {
        source_close(s);
        return rc;
    }
    *ret = s;
    return ERR_OK;
}

/* "zip:member", owned by the caller. */
static char *
member_name(const char *zip, const char *member)
{
    size_t n = strlen(zip) + strlen(member) + 2;
    char *name = mem_new(n, 1);

    if (name != NULL)
        snprintf(name, n, "%s:%s", zip, member);
    return name;
}

enum err_code
source_open_member(struct source **ret, const char *zip, const char *member,
                   char quote_delim, struct err *err)
{
    struct source *s = NULL;
    char *name = member_name(zip, member);
    enum err_code rc = name != NULL ? source_new(&s, name, quote_delim, err)
                                    : err_nomem(err, strlen(zip), "a name");

    mem_free(name);
    if (rc == ERR_OK)
        rc = ahead_open(&s->ahead, zip, member, err);
    if (rc != ERR_OK) {
        source_close(s);
        return rc;
    }
    s->size = ahead_size(s->ahead);
    *ret = s;
    return ERR_OK;
}

enum err_code
source_open_bytes(struct source **ret, const char *name, const void *bytes, size_t len,
                  char quote_delim, struct err *err)
{
    struct source *s = NULL;
    enum err_code rc = source_new(&s, name, quote_delim, err);

    if (rc != ERR_OK)
        return rc;
    s->bytes = bytes;
    s->size = len;
    *ret = s;
    return ERR_OK;
}

void
source_close(struct source *s)
{
    if (s == NULL)
        return;
    if (s->fd >= 0)
        sysio_close(s->fd);
    ahead_close(s->ahead);
    pthread_mutex_destroy(&s->lock);
    mem_free(s->carry);
    mem_free(s->name);
    mem_free(s);
}

const char *
source_name(const struct source *s)
{
    return s->name;
}

uint64_t
source_size(const struct source *s)
{
    return s->size;
}

void
source_rewind(struct source *s)
{
    s->at = s->number = 0;
    s->n_carry = 0;
    s->marked = s->given = s->skipping = false;
    if (s->ahead != NULL)
        ahead_rewind(s->ahead);
}

void
source_set_quotes(struct source *s, char quote_delim)
{
    s->quote_delim = quote_delim;
}

void
source_set_block(struct source *s, size_t n)
{
    s->block = n;
}

uint64_t
source_n_blocks(const struct source *s)
{
    return s->size / s->block + (s->size % s->block > 0);
}

enum err_code
block_init(struct block *b, struct err *err)
{
    *b = (struct block){ .buffer = mem_new(ROOM + SOURCE_BLOCK + SOURCE_SLACK, 1) };
    return b->buffer != NULL ? ERR_OK
                             : err_nomem(err, SOURCE_BLOCK, "a block of a file");
}

void
block_done(struct block *b)
{
    mem_free(b->buffer);
    *b = (struct block){ 0 };
}

/* Read `want` bytes of a file, one block or its rest; one that grows or shrinks
 * meanwhile is an error. */
static enum err_code
read_file(struct source *s, char *to, size_t want, struct err *err)
{
    ssize_t got = sysio_read_all(s->fd, to, s->block, s->at);

    if (got < 0)
        return err_set(err, ERR_IO, "%s: %s", s->name, strerror(errno));
    if ((size_t)got != want)
        return err_set(err, ERR_IO,
                       "%s: it changed while it was read: %" PRIu64
                       " bytes when opened, now %s; try again when it is at rest",
                       s->name, s->size, (size_t)got > want ? "more" : "fewer");
    return ERR_OK;
}

/* Fill a block; fewer bytes only at the end. */
static enum err_code
read_block(struct source *s, char *to, size_t *ret_n, struct err *err)
{
    uint64_t left = s->size - s->at;
    size_t want = left < s->block ? (size_t)left : s->block, got = want;
    enum err_code rc = ERR_OK;

    if (s->fd >= 0)
        rc = read_file(s, to, want, err);
    else if (s->ahead == NULL)
        memcpy(to, s->bytes + s->at, want);
    else if (want > 0)
        rc = ahead_read(s->ahead, to, want, &got,
                        err); /* all of it: it knows its size */
    if (rc != ERR_OK)
        return rc;
    s->at += got;
    *ret_n = got;
    return ERR_OK;
}

/* End of the record's first line; 0 when it is not among the n bytes. */
static size_t
line_end(const char *s, size_t n)
{
    const char *nl = memchr(s, '\n', n);

    return nl != NULL ? (size_t)(nl - s) + 1 : 0;
}

size_t
source_record_end(const char *s, size_t n, char delim, bool last)
{
    enum { START, PLAIN, QUOTED, CLOSED } in = START; /* what part of a field */
    size_t line = line_end(s, n);
    size_t most = n < SOURCE_MAX_RECORD ? n : SOURCE_MAX_RECORD;

    if (delim == '\0' || (line != 0 && memchr(s, '"', line) == NULL))
        return line;
    for (size_t i = 0; i < most; i++) {
        if (in == QUOTED)
            in = s[i] == '"' ? CLOSED : QUOTED;
        else if (s[i] == '\n')
            return i + 1;
        else if (s[i] == delim)
            in = START;
        else
            in = s[i] == '"' && in != PLAIN ? QUOTED : PLAIN;
    }
    return n > SOURCE_MAX_RECORD || last ? line : 0;
}

/* Bytes of whole records among the n at s. */
static size_t
whole_records(const char *s, size_t n, char delim)
{
    size_t done = 0, len;

    if (delim == '\0' || memchr(s, '"', n) == NULL) {
        const char *nl = memrchr(s, '\n', n);

        return nl != NULL ? (size_t)(nl - s) + 1 : 0;
    }
    while (done < n && (len = source_record_end(s + done, n - done, delim, false)) > 0)
        done += len;
    return done;
}

/* Where the carried bytes meet the fresh ones; past the rest of a line too long. */
static char *
meeting_point(struct source *s, char *fresh, size_t n)
{
    char *nl;

    if (!s->skipping)
        return fresh;
    nl = memchr(fresh, '\n', n);
    s->skipping = nl == NULL && n > 0;
    return nl != NULL ? nl : fresh + n;
}

/* Keep what follows the last whole record for the next block. */
static void
carry_over(struct source *s, const char *tail, size_t n)
{
    s->skipping = n > SOURCE_MAX_RECORD;
    s->n_carry = s->skipping ? SOURCE_MAX_RECORD + 1 : n;
    memcpy(s->carry, tail, s->n_carry);
}

/* Bytes of a mark of UTF-8 at the start of the file, of whose first n bytes s is. */
static size_t
mark_to_skip(struct source *s, const char *text, size_t n)
{
    bool look = !s->marked && n >= 3;

    s->marked |= look;
    return look && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

/* Make the block's text of the carried bytes and n fresh ones. */
static void
cut_block(struct source *s, struct block *b, char *fresh, size_t n)
{
    bool at_end = s->at == s->size;
    char *end = fresh + n, *start = meeting_point(s, fresh, n);

    if (s->skipping && !at_end) {
        b->text = fresh;
        b->len = 0;
        return;
    }
    start -= s->n_carry;
    memcpy(start, s->carry, s->n_carry);
    s->n_carry = 0;
    s->skipping = false;
    start += mark_to_skip(s, start, (size_t)(end - start));
    b->text = start;
    b->len = (size_t)(end - start);
    if (at_end) {
        if (b->len > 0 && end[-1] != '\n')
            start[b->len++] = '\n';
    } else {
        b->len = whole_records(start, b->len, s->quote_delim);
        carry_over(s, start + b->len, (size_t)(end - start) - b->len);
    }
    b->first = !s->given && b->len > 0;
    s->given |= b->first;
}

enum err_code
source_next(struct source *s, struct block *b, struct err *err)
{
    char *fresh = b->buffer + ROOM;
    bool hashed;
    enum err_code rc;

    pthread_mutex_lock(&s->lock);
    b->number = s->number;
    b->text = fresh;
    b->len = 0;
    b->first = false;
    rc = read_block(s, fresh, &b->n_bytes, err);
    /* The rest of a line too long is written over: its hash comes first. */
    hashed = s->skipping;
    if (hashed)
        b->hash = XXH3_128bits(fresh, b->n_bytes);
    if (rc == ERR_OK && b->n_bytes > 0) {
        s->number++;
        cut_block(s, b, fresh, b->n_bytes);
    }
    pthread_mutex_unlock(&s->lock);
    if (!hashed)
        b->hash = XXH3_128bits(fresh, b->n_bytes);
    return rc;
}

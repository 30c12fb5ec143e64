/*
 * err.h - the one error type.
 *
 * What can fail returns enum err_code and takes a struct err last. A message
 * names what failed, with numbers, what was expected and what to do; it has no
 * newline. The engine never prints: a face prints the message.
 */
#ifndef MLT_BASE_ERR_H
#define MLT_BASE_ERR_H

#define ERR_LIST(X)                     \
    X(OK, "success")                    \
    X(NOMEM, "out of memory")           \
    X(IO, "cannot open, read or write") \
    X(NOTFOUND, "not found")            \
    X(ARG, "bad value")                 \
    X(DATA, "content rejected")         \
    X(FORMAT, "malformed file")         \
    X(NUMERIC, "not a finite number")   \
    X(STATE, "not possible now")        \
    X(UNAVAILABLE, "not available here")

#define X(name, text) ERR_##name,
enum err_code { ERR_LIST(X) ERR_COUNT };
#undef X

struct err {
    enum err_code code;
    char msg[768]; /* one line, no newline; longer text is cut at a character */
};

#define ERR_MUST_CHECK __attribute__((warn_unused_result))

/* Fill err (may be NULL) and return code, so that a caller can return the call. */
enum err_code err_set(struct err *err, enum err_code code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* err_set(ERR_NOMEM) for n bytes needed by `what`. */
enum err_code err_nomem(struct err *err, unsigned long long bytes, const char *what);

/* Fixed text of a code. */
const char *err_text(enum err_code code);

#endif

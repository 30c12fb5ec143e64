/*
 * jsondoc.c - one JSON value read strictly; see jsondoc.h.
 *
 * jansson's scanner (2.14) writes past a string's end when it gets no memory for the
 * string's tail, so it must never see an allocation fail. While it parses, its memory
 * comes from blocks that belong to the document, and when there is none, the parse is
 * left by longjmp: nothing is lost, because the blocks are freed as a whole.
 */
#include "config.h"

#include "src/base/jsondoc.h"

#include "src/base/mem.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdbool.h>

#define BLOCK 4096 /* bytes, at least */

struct jsonmem {
    struct jsonmem *before;
    size_t used, cap;
    alignas(max_align_t) char bytes[];
};

/* The parse that runs in this thread, if any. Not on the stack, where longjmp would
 * leave what changed undefined. */
static _Thread_local struct {
    bool running;
    struct jsonmem *last;
    jmp_buf no_memory;
} parse;

static void *
take(size_t n)
{
    size_t size = (n + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    struct jsonmem *m;

    if (!parse.running)
        return mem_new(n, 1);
    m = parse.last;
    if (m == NULL || m->cap - m->used < size) {
        size_t cap = size > BLOCK ? size : BLOCK;

        m = mem_new(sizeof(*m) + cap, 1);
        if (m == NULL)
            longjmp(parse.no_memory, 1);
        m->before = parse.last;
        m->cap = cap;
        parse.last = m;
    }
    m->used += size;
    return m->bytes + m->used - size;
}

static void
give_back(void *p)
{
    if (!parse.running)
        mem_free(p);
}

/* Before main, so that no value is ever freed by another allocator than the one it
 * came from. */
__attribute__((constructor)) static void
be_janssons_memory(void)
{
    json_set_alloc_funcs(take, give_back);
}

enum err_code
jsondoc_parse(struct jsondoc *ret, const char *s, size_t len, const char *where,
              struct err *err)
{
    struct jsondoc d;
    json_error_t why;

    parse.running = true;
    parse.last = NULL;
    if (setjmp(parse.no_memory) != 0) {
        parse.running = false;
        jsondoc_done(&(struct jsondoc){ .last = parse.last });
        return err_nomem(err, len, where);
    }
    d.root = json_loadb(s, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
    d.last = parse.last;
    parse.running = false;
    if (d.root == NULL) {
        jsondoc_done(&d);
        return err_set(err, ERR_FORMAT, "%s: not valid JSON at line %d, column %d: %s",
                       where, why.line, why.column, why.text);
    }
    *ret = d;
    return ERR_OK;
}

void
jsondoc_done(struct jsondoc *d)
{
    while (d->last != NULL) {
        struct jsonmem *m = d->last;

        d->last = m->before;
        mem_free(m);
    }
    d->root = NULL;
}

/*
 * filter_parse.c - from the text of a filter to its tree; the grammar is in filter.h.
 *
 * A parser by recursive descent, one function a rule; a single term is filter_term.c's.
 * It makes at most two nodes and keeps at most two bytes of text for each byte of the
 * expression, so that both have their room from the start.
 */
#include "config.h"

#include "src/explore/filter_tree.h"

static enum err_code parse_any(struct filter_parser *p, uint32_t *ret);

static enum err_code
parse_group(struct filter_parser *p, uint32_t *ret)
{
    const char *open = p->at++;
    enum err_code rc = parse_any(p, ret);

    if (rc != ERR_OK)
        return rc;
    if (*p->at != ')')
        return filter_fail(p, open, "this \"(\" is not closed; expected \")\"");
    p->at++;
    return ERR_OK;
}

static enum err_code
parse_one(struct filter_parser *p, uint32_t *ret)
{
    enum err_code rc;

    filter_skip_blanks(p);
    if (*p->at != '-' && *p->at != '(')
        return filter_parse_term(p, ret);
    if (p->depth == FILTER_MAX_DEPTH)
        return filter_fail(p, p->at,
                           "more than %d parentheses and minus signs inside each other",
                           FILTER_MAX_DEPTH);
    p->depth++;
    if (*p->at == '(') {
        rc = parse_group(p, ret);
    } else {
        p->at++;
        *ret = filter_new_node(p, KIND_NOT);
        rc = parse_one(p, &p->f->node[*ret].child);
    }
    p->depth--;
    return rc;
}

/* One part after another: `part`s until `more` says that no further one follows. A
 * single part stands for itself. */
static enum err_code
parse_list(struct filter_parser *p, enum filter_kind kind,
           bool (*more)(struct filter_parser *p),
           enum err_code (*part)(struct filter_parser *p, uint32_t *ret), uint32_t *ret)
{
    uint32_t first, last;
    enum err_code rc = part(p, &first);

    for (last = first, *ret = first; rc == ERR_OK && more(p);) {
        if (*ret == first) {
            *ret = filter_new_node(p, kind);
            p->f->node[*ret].child = first;
        }
        rc = part(p, &p->f->node[last].next);
        last = p->f->node[last].next;
    }
    return rc;
}

static bool
more_in_all(struct filter_parser *p)
{
    filter_skip_blanks(p);
    return *p->at != '\0' && *p->at != ')' && *p->at != '|';
}

static enum err_code
parse_all(struct filter_parser *p, uint32_t *ret)
{
    return parse_list(p, KIND_ALL, more_in_all, parse_one, ret);
}

static bool
more_in_any(struct filter_parser *p)
{
    return *p->at == '|' && p->at++ != NULL;
}

static enum err_code
parse_any(struct filter_parser *p, uint32_t *ret)
{
    return parse_list(p, KIND_ANY, more_in_any, parse_all, ret);
}

enum err_code
filter_parse(struct filter *f, const char *text, enum filter_seen seen, struct err *err)
{
    struct filter_parser p = { .text = text,
                               .at = text,
                               .f = f,
                               .string_end = f->strings,
                               .seen = seen,
                               .err = err };
    enum err_code rc;

    filter_skip_blanks(&p);
    if (*p.at == '\0')
        return ERR_OK;
    rc = parse_any(&p, &f->root);
    if (rc == ERR_OK && *p.at != '\0')
        rc = filter_fail(&p, p.at, "found \")\" without a \"(\" before it");
    return rc;
}

/*
 * filter_number.c - reads a comparison with a number, or a range, as a closed interval.
 */
#include "config.h"

#include "src/explore/filter_tree.h"

#include "src/base/text.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* The len bytes at s as a number. */
static enum err_code
parse_number(struct filter_parser *p, enum filter_field field, const char *s,
             size_t len, double *ret)
{
    char copy[64];
    double value;

    if (len < sizeof(copy)) {
        memcpy(copy, s, len);
        copy[len] = '\0';
        if (text_double(copy, &value)) {
            if (filter_fields[field].is_float)
                value = (double)(float)fmax(-FLT_MAX, fmin(value, FLT_MAX));
            *ret = value;
            return ERR_OK;
        }
    }
    return filter_fail(p, s, "found \"%.*s\"; expected a number, as in %s>%s",
                       filter_shown(s, len), s, filter_fields[field].name,
                       filter_fields[field].example);
}

/* The number, or the range LOW..HIGH, after ":" or "=". */
static enum err_code
parse_range(struct filter_parser *p, struct filter_node *node, const char *s,
            size_t len)
{
    const char *dots = memmem(s, len, "..", 2);
    size_t first = dots != NULL ? (size_t)(dots - s) : len;
    enum err_code rc = parse_number(p, node->field, s, first, &node->lo);

    if (rc != ERR_OK)
        return rc;
    node->hi = node->lo;
    if (dots != NULL)
        rc = parse_number(p, node->field, dots + 2, len - first - 2, &node->hi);
    if (rc == ERR_OK && node->lo > node->hi)
        rc = filter_fail(p, s, "the range %.*s is empty; expected its lower end first",
                         filter_shown(s, len), s);
    return rc;
}

enum err_code
filter_parse_comparison(struct filter_parser *p, enum filter_field field, uint32_t *ret)
{
    char sign = *p->at++;
    bool or_equal = (sign == '<' || sign == '>') && *p->at == '=';
    struct filter_node *node;
    enum err_code rc;
    const char *s;
    size_t len;

    p->at += or_equal;
    filter_skip_blanks(p);
    s = p->at;
    len = strcspn(s, FILTER_WORD_ENDS);
    p->at += len;
    *ret = filter_new_node(p, KIND_NUMBER);
    node = &p->f->node[*ret];
    node->field = field;
    if (sign == ':' || sign == '=')
        return parse_range(p, node, s, len);
    node->lo = -INFINITY;
    node->hi = INFINITY;
    rc = parse_number(p, field, s, len, sign == '<' ? &node->hi : &node->lo);
    if (rc == ERR_OK && !or_equal && sign == '<')
        node->hi = nextafter(node->hi, -INFINITY);
    if (rc == ERR_OK && !or_equal && sign == '>')
        node->lo = nextafter(node->lo, INFINITY);
    return rc;
}

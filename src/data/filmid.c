/* filmid.c - the id of a film in a row of a small file; see filmid.h. */
#include "config.h"

#include "src/data/filmid.h"

#include "src/base/text.h"

enum err_code
filmid_check(const struct ids *ids, const struct csv_field *id, unsigned column,
             struct csv_fault *fault)
{
    int64_t num;

    if (id->len == 0)
        return csv_fault_set(fault, column, "movie id", id, "an id");
    if (ids->numeric && !ids_parse(id->s, id->len, &num))
        return csv_fault_set(fault, column, "movie id", id,
                             "a whole number from 0 to 9223372036854775807");
    if (!ids->numeric && !text_is_utf8(id->s, id->len))
        return csv_fault_set(fault, column, "movie id", id, "text in UTF-8");
    return ERR_OK;
}

enum err_code
filmid_add(struct ids *ids, const struct csv_field *id, uint32_t *ret, struct err *err)
{
    int64_t num = 0;

    if (!ids->numeric)
        return ids_add_text(ids, id->s, id->len, ret, err);
    (void)ids_parse(id->s, id->len, &num);
    return ids_add_num(ids, num, ret, err);
}

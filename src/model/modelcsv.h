/*
 * modelcsv.h - a model as one CSV table, for a spreadsheet or a data frame.
 *
 *   kind,id,title,bias,f1,…,fk
 *
 * A row for each user, then one for each film (kind "user" or "item"), without #na#; a
 * film has the lowest of its ids, a user no title. Fields are quoted as RFC 4180 says,
 * lines end in "\n", numbers have the fewest digits that read back as the same float.
 */
#ifndef MLT_MODEL_MODELCSV_H
#define MLT_MODEL_MODELCSV_H

#include "src/base/err.h"
#include "src/base/sink.h"
#include "src/data/catalog.h"
#include "src/model/model.h"

/* Texts keep their bytes, so that they can be matched, or have the form that a terminal
 * may be shown. */
enum modelcsv_texts { MODELCSV_BYTES, MODELCSV_DISPLAY };

/* Write all. Errors of the sink. */
ERR_MUST_CHECK enum err_code modelcsv_write(const struct sink *to,
                                            const struct model *m,
                                            const struct catalog *c,
                                            enum modelcsv_texts texts, struct err *err);

#endif

/* moviepage.h - a film of a run in text, as `mltui movie` shows it. */
#ifndef MLT_UI_CLI_MOVIEPAGE_H
#define MLT_UI_CLI_MOVIEPAGE_H

#include "src/base/err.h"
#include "src/explore/fans.h"
#include "src/explore/moviecard.h"
#include "src/explore/similar.h"
#include "ui/cli/output.h"
#include "ui/cli/reading.h"

#include <stddef.h>
#include <stdint.h>

/* All that is to be shown of a film. */
struct moviepage {
    const struct reading *r; /* borrowed */
    uint32_t film;
    struct moviecard card;
    struct directions d;
    struct centre about;
    struct fans *fans; /* (n_fans) owned */
    size_t n_fans;
    struct value *tags; /* (n_tags) owned: the words that people gave it */
    size_t n_tags;
    struct similar *near; /* (n_near) owned */
    size_t n_near;
};

/* Print all of it. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code
moviepage_print(struct output *o, const struct moviepage *p, struct err *err);

#endif

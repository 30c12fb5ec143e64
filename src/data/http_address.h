/*
 * http_address.h - which addresses may be asked; a module of http.h, which has the
 * rule.
 */
#ifndef MLT_DATA_HTTP_ADDRESS_H
#define MLT_DATA_HTTP_ADDRESS_H

#include "src/base/err.h"

#include <curl/curl.h>
#include <stdbool.h>

struct http_address {
    CURLU *url; /* owned; where it is now */
    bool local; /* that is this machine */
};

/* Go to `url`: from nowhere, or, as a `hop`, where a server leads on to from where it
 * is now. ERR_ARG (of a hop ERR_IO): not an address, or one that is not allowed;
 * ERR_NOMEM. */
ERR_MUST_CHECK enum err_code http_address_go(struct http_address *a, const char *url,
                                             bool hop, struct err *err);

#endif

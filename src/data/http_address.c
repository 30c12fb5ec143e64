/* http_address.c - which addresses may be asked; see http_address.h. */
#include "config.h"

#include "src/data/http_address.h"

#include <string.h>
#include <strings.h>

static bool
is_local(const char *host)
{
    return strcmp(host, "127.0.0.1") == 0 || strcmp(host, "[::1]") == 0 ||
           strcasecmp(host, "localhost") == 0;
}

enum err_code
http_address_go(struct http_address *a, const char *url, bool hop, struct err *err)
{
    char *scheme = NULL, *host = NULL;
    bool was_local = a->local, web = false, local = false;
    CURLUcode rc = curl_url_set(a->url, CURLUPART_URL, url, 0);

    if (rc == CURLUE_OK)
        rc = curl_url_get(a->url, CURLUPART_SCHEME, &scheme, 0);
    if (rc == CURLUE_OK)
        rc = curl_url_get(a->url, CURLUPART_HOST, &host, 0);
    if (rc == CURLUE_OK) {
        local = is_local(host);
        web = strcmp(scheme, "https") == 0 ||
              (strcmp(scheme, "http") == 0 && local && (!hop || was_local));
    }
    curl_free(scheme);
    curl_free(host);
    if (rc == CURLUE_OUT_OF_MEMORY)
        return err_nomem(err, strlen(url), "an address");
    if (rc != CURLUE_OK || !web)
        return err_set(err, hop ? ERR_IO : ERR_ARG,
                       "%s%s: %s, expected https://HOST/PATH",
                       hop ? "the server leads on to " : "", url,
                       rc != CURLUE_OK ? "no address" : "not encrypted");
    a->local = local;
    return ERR_OK;
}

/* http.c - one file from a web server, through libcurl; see http.h. */
#include "config.h"

#include "src/data/http.h"

#include "src/base/clock.h"
#include "src/base/mem.h"
#include "src/data/http_address.h"
#include "src/data/http_answer.h"

#include <curl/curl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define MOST_HOPS 5   /* redirections, and starts anew */
#define WAIT_MS   100 /* between two looks at poll() */

/* Statuses of RFC 9110. */
enum status {
    STATUS_OK = 200,
    STATUS_PARTIAL = 206,
    STATUS_NOT_FOUND = 404,
    STATUS_GONE = 410,
    STATUS_RANGE = 416
};

struct transfer {
    const struct http_get *get;
    struct err *err;
    CURL *easy;                /* owned */
    CURLM *multi;              /* owned */
    struct http_address at;    /* where it is now */
    struct curl_slist *header; /* owned */
    uint64_t from;             /* what is asked for begins here */
    double heard;              /* when something came last, clock_now_s() */
    char why[CURL_ERROR_SIZE];

    /* The answer. */
    struct http_answer answer;
    bool begun; /* the body */
    uint64_t have, total;
    enum err_code rc; /* of what was called back */
};

/* ---- curl: its memory is ours, so that tests reach it ---- */

static void *
memory_new(size_t n)
{
    return mem_new(n, 1);
}

static void *
memory_resize(void *p, size_t n)
{
    return mem_resize(p, n, 1);
}

/* curl's own state of the process: made once, never given back. */
static enum err_code
prepare(struct err *err)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static bool ready;
    CURLcode rc = CURLE_OK;

    pthread_mutex_lock(&lock);
    if (!ready)
        rc = curl_global_init_mem(CURL_GLOBAL_DEFAULT, memory_new, mem_free,
                                  memory_resize, mem_strdup, mem_new);
    ready = ready || rc == CURLE_OK;
    pthread_mutex_unlock(&lock);
    return rc == CURLE_OK ? ERR_OK : err_nomem(err, 0, "curl");
}

/* ---- the answer ---- */

static size_t
on_header(char *line, size_t size, size_t n, void *arg)
{
    struct transfer *t = arg;
    size_t len = size * n;

    t->heard = clock_now_s();
    http_answer_hear(&t->answer, line, len);
    return len;
}

static long
status_of(const struct transfer *t)
{
    long status = 0;

    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

/* The headers are complete and the body comes: it has a place and a size. */
static enum err_code
begin_body(struct transfer *t)
{
    curl_off_t length = -1;
    enum err_code rc = ERR_OK;

    t->begun = true;
    curl_easy_getinfo(t->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    t->total = length > 0 ? (uint64_t)length : 0;
    t->have = status_of(t) == STATUS_PARTIAL ? t->from : 0;
    if (t->have > 0 && !http_answer_is_part(&t->answer, t->from, &t->total))
        rc = err_set(t->err, ERR_IO,
                     "%s: the server sent \"%s\", expected the bytes from %" PRIu64
                     " on",
                     t->get->url, t->answer.range, t->from);
    if (rc == ERR_OK && t->total > t->get->most)
        rc = err_set(t->err, ERR_IO,
                     "%s: the server says that it has %" PRIu64
                     " bytes, expected at most %" PRIu64,
                     t->get->url, t->total, t->get->most);
    if (rc == ERR_OK)
        rc = t->get->begin(t->get->arg, t->have, t->total,
                           http_answer_validator(&t->answer), t->err);
    return rc;
}

static bool
has_body(const struct transfer *t)
{
    long status = status_of(t);

    return status == STATUS_OK || (status == STATUS_PARTIAL && t->from > 0);
}

static size_t
on_body(char *bytes, size_t size, size_t n, void *arg)
{
    struct transfer *t = arg;
    size_t len = size * n;

    t->heard = clock_now_s();
    if (!has_body(t))
        return 0; /* a page about an error: end it */
    if (!t->begun)
        t->rc = begin_body(t);
    if (t->rc == ERR_OK && len > t->get->most - t->have)
        t->rc = err_set(t->err, ERR_IO, "%s: more than %" PRIu64 " bytes came",
                        t->get->url, t->get->most);
    if (t->rc == ERR_OK)
        t->rc = t->get->put(t->get->arg, bytes, len, t->err);
    if (t->rc != ERR_OK)
        return 0;
    t->have += len;
    return len;
}

/* ---- one request ---- */

/* Options are set through this: what fails is kept, only memory can be the reason. */
#define SET(option, value)                                        \
    do {                                                          \
        if (curl_easy_setopt(t->easy, option, value) != CURLE_OK) \
            return err_nomem(t->err, 0, "a download");            \
    } while (0)

static enum err_code
set_range(struct transfer *t)
{
    char text[HTTP_VALIDATOR_MAX + 16];
    struct curl_slist *more;

    curl_slist_free_all(t->header);
    t->header = NULL;
    SET(CURLOPT_RANGE, NULL);
    if (t->from > 0) {
        snprintf(text, sizeof(text), "%" PRIu64 "-", t->from);
        SET(CURLOPT_RANGE, text);
    }
    if (t->from > 0 && t->get->validator[0] != '\0') {
        snprintf(text, sizeof(text), "If-Range: %s", t->get->validator);
        more = curl_slist_append(NULL, text);
        if (more == NULL)
            return err_nomem(t->err, sizeof(text), "a download");
        t->header = more;
    }
    SET(CURLOPT_HTTPHEADER, t->header);
    return ERR_OK;
}

static enum err_code
set_options(struct transfer *t)
{
    SET(CURLOPT_CURLU, t->at.url);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_USERAGENT, PACKAGE "/" VERSION);
    SET(CURLOPT_ERRORBUFFER, t->why);
    SET(CURLOPT_HEADERFUNCTION, on_header);
    SET(CURLOPT_HEADERDATA, t);
    SET(CURLOPT_WRITEFUNCTION, on_body);
    SET(CURLOPT_WRITEDATA, t);
    SET(CURLOPT_PROXY, t->at.local ? "" : NULL);
    return set_range(t);
}

/* The result of the transfer once it has ended; CURLE_OK with *ret_end false: not yet.
 */
static CURLcode
result(struct transfer *t, bool *ret_end)
{
    int left;
    CURLMsg *m = curl_multi_info_read(t->multi, &left);

    *ret_end = m != NULL && m->msg == CURLMSG_DONE;
    return *ret_end ? m->data.result : CURLE_OK;
}

/* Is it to go on? */
static enum err_code
go_on(const struct transfer *t)
{
    if (t->get->poll(t->get->arg))
        return err_set(t->err, ERR_STATE, "%s: stopped", t->get->url);
    if (clock_now_s() - t->heard > t->get->stall_s)
        return err_set(t->err, ERR_IO, "%s: nothing came for %u s", t->get->url,
                       t->get->stall_s);
    return ERR_OK;
}

/* Run the request to its end; *ret is curl's result. */
static enum err_code
run(struct transfer *t, CURLcode *ret)
{
    bool end = false;
    enum err_code rc = ERR_OK;

    t->heard = clock_now_s();
    while (rc == ERR_OK && !end) {
        int running;

        if (curl_multi_perform(t->multi, &running) != CURLM_OK)
            return err_nomem(t->err, 0, "a download");
        *ret = result(t, &end);
        if (!end)
            rc = go_on(t);
        if (rc == ERR_OK && !end &&
            (running == 0 ||
             curl_multi_poll(t->multi, NULL, 0, WAIT_MS, NULL) != CURLM_OK))
            rc = err_nomem(t->err, 0, "a download");
    }
    return rc;
}

static enum err_code
request(struct transfer *t, CURLcode *ret)
{
    enum err_code rc = set_options(t);

    if (rc != ERR_OK)
        return rc;
    t->begun = false;
    t->why[0] = '\0';
    t->rc = ERR_OK;
    if (curl_multi_add_handle(t->multi, t->easy) != CURLM_OK)
        return err_nomem(t->err, 0, "a download");
    rc = run(t, ret);
    curl_multi_remove_handle(t->multi, t->easy);
    return rc;
}

/* ---- what came of it ---- */

static enum err_code
no_connection(const struct transfer *t, CURLcode why)
{
    const char *url = t->get->url;

    if (why == CURLE_OUT_OF_MEMORY)
        return err_nomem(t->err, 0, "a download");
    if (t->begun)
        return err_set(t->err, ERR_IO, "%s: the connection was cut", url);
    return err_set(t->err, ERR_IO, "%s: %s", url,
                   t->why[0] != '\0' ? t->why : curl_easy_strerror(why));
}

/* The answer is neither a body nor a redirection. */
static enum err_code
no_body(const struct transfer *t, long status)
{
    if (status == STATUS_NOT_FOUND || status == STATUS_GONE)
        return err_set(t->err, ERR_NOTFOUND, "%s: the server has no such file (%ld)",
                       t->get->url, status);
    return err_set(t->err, ERR_IO, "%s: the server answered %ld; try again later",
                   t->get->url, status);
}

/* Nothing follows what is there: is it all, or of another version? */
static enum err_code
at_the_end(struct transfer *t, bool *ret_again)
{
    if (http_answer_is_end(&t->answer, t->from))
        return t->get->begin(t->get->arg, t->from, t->from, t->get->validator, t->err);
    t->from = 0;
    *ret_again = true;
    return ERR_OK;
}

/* Look at what came; *ret_again: ask once more, at t->at.url from t->from on. */
static enum err_code
judge(struct transfer *t, CURLcode curl, bool *ret_again)
{
    long status = status_of(t);
    char *next = NULL;

    if (t->rc != ERR_OK)
        return t->rc;
    if (status == STATUS_RANGE && t->from > 0)
        return at_the_end(t, ret_again);
    if (status >= 300 && status < 400) {
        curl_easy_getinfo(t->easy, CURLINFO_REDIRECT_URL, &next);
        *ret_again = next != NULL;
        return next != NULL ? http_address_go(&t->at, next, true, t->err)
                            : no_body(t, status);
    }
    if (status != 0 && !has_body(t))
        return no_body(t, status);
    if (curl == CURLE_OK && !t->begun)
        t->rc = begin_body(t); /* of no bytes */
    if (t->rc != ERR_OK)
        return t->rc;
    return curl == CURLE_OK ? ERR_OK : no_connection(t, curl);
}

static enum err_code
get_it(struct transfer *t)
{
    enum err_code rc = http_address_go(&t->at, t->get->url, false, t->err);
    bool again = true;

    for (int hop = 0; rc == ERR_OK && again; hop++) {
        CURLcode curl = CURLE_OK;

        if (hop > MOST_HOPS)
            return err_set(t->err, ERR_IO, "%s: led on more than %d times", t->get->url,
                           MOST_HOPS);
        again = false;
        rc = request(t, &curl);
        if (rc == ERR_OK)
            rc = judge(t, curl, &again);
    }
    return rc;
}

enum err_code
http_get(const struct http_get *get, struct err *err)
{
    struct err spare;
    struct transfer t = { .get = get,
                          .err = err != NULL ? err : &spare,
                          .from = get->from };
    enum err_code rc = prepare(err);

    if (rc != ERR_OK)
        return rc;
    t.at.url = curl_url();
    t.easy = curl_easy_init();
    t.multi = curl_multi_init();
    rc = t.at.url != NULL && t.easy != NULL && t.multi != NULL
             ? get_it(&t)
             : err_nomem(err, sizeof(t), "a download");
    curl_multi_cleanup(t.multi);
    curl_easy_cleanup(t.easy);
    curl_url_cleanup(t.at.url);
    curl_slist_free_all(t.header);
    return rc;
}

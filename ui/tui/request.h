/*
 * request.h - how a list of recommendations is asked for: the films that a filter
 * keeps, how varied and how well known. The users' panel and one's own have one each.
 * Plain data; a zeroed one asks for the best films of all.
 */
#ifndef MLT_UI_TUI_REQUEST_H
#define MLT_UI_TUI_REQUEST_H

#include "src/base/err.h"
#include "src/explore/recommend.h"
#include "ui/draw/canvas.h"
#include "ui/tui/action.h"
#include "ui/tui/filterline.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wish;

struct request {
    struct recommend_query query; /* its filter is made anew each time */
    struct filterline filter;
};

/* Ask a recommender of this model and catalog about one user; errors as of
 * recommend_users. A filter that is wrong is told and lets every film pass. */
ERR_MUST_CHECK enum err_code request_find(struct request *r,
                                          const struct recommender *of,
                                          const struct catalog *c,
                                          const struct model *m, uint32_t user,
                                          recommend_fn *fn, void *arg, struct err *err);

/* Open the filter, or move a slider and say what it means; false: it was another
 * action. *stale becomes true when the list is another one then. */
bool request_act(struct request *r, enum action a, bool *stale, struct wish *wish);

/* Give an input to the filter, as filterline_type. */
bool request_type(struct request *r, const struct input *in, bool *stale);

/* Lines that it takes: 2 while the filter is wrong. */
int request_height(const struct request *r);

/* Draw it from the first line of the canvas on: `what` is listed, the filter, the
 * sliders; what has no room whole is left out. */
void request_draw(const struct request *r, const char *what, const struct canvas *cv);

#endif

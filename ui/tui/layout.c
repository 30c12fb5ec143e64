/* layout.c - where things are on a screen; see layout.h. */
#include "config.h"

#include "ui/tui/layout.h"

struct layout
layout_of(int w, int h)
{
    if (w >= LAYOUT_FULL_W && h >= LAYOUT_FULL_H)
        return (struct layout){
            .tabs = { 0, 0, w, 1 },
            .status = { 0, 1, w, 1 },
            .body = { 0, 2, w, h - 3 },
            .hint = { 0, h - 1, w, 1 },
        };
    if (w >= LAYOUT_BODY_W && h >= LAYOUT_BODY_H)
        return (struct layout){
            .body = { 0, 0, w, h - 1 },
            .status = { 0, h - 1, w, 1 },
        };
    return (struct layout){ .status = { 0, 0, w, 1 } };
}

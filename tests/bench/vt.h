/*
 * vt.h - what a terminal would show: enough of xterm for what ncurses sends. Text
 * alone; colours are read over. A sequence that is not known is counted, so that a
 * picture that may be wrong is not taken for a right one.
 */
#ifndef MLT_TESTS_BENCH_VT_H
#define MLT_TESTS_BENCH_VT_H

#include <stddef.h>
#include <stdint.h>

#define VT_W 80
#define VT_H 24

struct vt {
    uint32_t cell[VT_H][VT_W]; /* characters; 0: the second half of a wide one */
    int x, y;
    int top, bottom;   /* rows that scroll */
    uint32_t last;     /* the character before, which may be repeated */
    char seq[64];      /* the escape sequence that is being read */
    size_t n_seq;      /* 0: none */
    uint32_t uc;       /* the character that is being read */
    int uc_rest;       /* bytes it still lacks */
    unsigned unknown;  /* sequences */
    char stranger[64]; /* the last of them */
};

void vt_init(struct vt *v);
void vt_feed(struct vt *v, const char *bytes, size_t n);

/* A number that stands for the text of rows first … last. */
uint64_t vt_hash(const struct vt *v, int first, int last);

/* A row as text in UTF-8; at least 4 * VT_W + 1 bytes. */
void vt_row(const struct vt *v, int y, char *out);

#endif

/*
 * threads.h - what the system has counted for a program: CPU time and context switches
 * of its threads, memory that is its own. From /proc (Linux).
 */
#ifndef MLT_TESTS_BENCH_THREADS_H
#define MLT_TESTS_BENCH_THREADS_H

#include <stdint.h>
#include <sys/types.h>

struct threads {
    double first_s;    /* CPU time of the first thread, the screen's */
    double all_s;      /* of all, those that have ended included */
    uint64_t switches; /* context switches of all that live, wished for or not */
    unsigned n;        /* that live */
};

/* Zeros when the program has gone. */
struct threads threads_read(pid_t pid);

/* Bytes of memory that no file backs (RssAnon). */
uint64_t threads_memory(pid_t pid);

#endif

/*
 * thread.h - starting threads.
 *
 * Who starts one joins it, and says what it may touch.
 */
#ifndef MLT_BASE_THREAD_H
#define MLT_BASE_THREAD_H

#include <pthread.h>

/*
 * Start a thread that leaves every signal to the one that handles them, but for those
 * of a mistake in its own code (SIGSEGV, SIGABRT, …): a fault whose signal is blocked
 * would kill the program without asking anybody, and so without giving a terminal back.
 * Returns 0 or an errno, as pthread_create does.
 */
int thread_start(pthread_t *ret, void *(*run)(void *arg), void *arg);

#endif

/*
 * fake_device.h - a device that trains nothing: its losses are planted, any of its
 * calls can be made to fail, and the weights it settles tell the step they were settled
 * at.
 */
#ifndef MLT_TESTS_FAKE_DEVICE_H
#define MLT_TESTS_FAKE_DEVICE_H

#include "src/device/device.h"

#include <stdatomic.h>
#include <stddef.h>

/* What the fake does; a zeroed script plays losses 1/step and validates to 1/step. */
struct fake_script {
    size_t bad_step; /* batch (from 1, whole fit) whose loss is bad_loss */
    double bad_loss;
    const double *valid; /* (n_valid) of the validations, in order; then the last */
    size_t n_valid;
    unsigned long fail_call; /* this call into the device (from 1) fails; 0: none */
    unsigned step_us;        /* a batch lasts this many microseconds */

    atomic_ulong n_calls;  /* counted: open, begin_epoch, steps, settle, evaluate */
    atomic_size_t n_steps; /* batches run since open */
    atomic_size_t n_validated;
    atomic_int n_open; /* devices open now */
};

extern struct fake_script fake;
extern const struct device_ops fake_device;

/* Back to the zeroed script. */
void fake_reset(void);

/* Ratings of n_users users by 8 each over 16 films; every fourth is held out when
 * `held_out`. */
struct ratings *fake_ratings(uint32_t n_users, bool held_out);

#endif

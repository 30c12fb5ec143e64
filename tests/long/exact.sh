#!/bin/sh
# exact.sh - a fit of the sample, 10,548 steps, on each fast device against the dense loop
#
# The validation loss of every epoch and the weights that are kept: see
# tests/train/test_exact.c.
set -u
make -s -C build tests/unit || exit 1
MLTUI_LONG=1 MLTUI_SRCDIR=. build/tests/unit exact

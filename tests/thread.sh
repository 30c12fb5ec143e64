#!/bin/sh
# thread.sh - the thread sanitizer over every unit test, and over train itself, stopped
# by signals.
#
# Left out is what works for minutes under it and is covered by quicker suites: `device`
# and `exact` compare numbers (the same devices run in device_threads, cpu, fit and
# session), `planted` and `ml_small` train long (as foldin_data does, shorter), and
# sampler_chance counts draws (sampler and order draw with a team). A suite that is new
# is in.
set -eu
top=$PWD
mkdir -p build-thread
cd build-thread
[ -f Makefile ] || ../configure -q --enable-sanitize=thread
make -s -j"$(nproc)" all
make -s -j"$(nproc)" check TESTS=

MLTUI_SRCDIR=$top MLTUI_BUILDDIR=$PWD
export MLTUI_SRCDIR MLTUI_BUILDDIR
if [ -x tests/unit ]; then
    tests/unit -device -exact -ml_small -planted -sampler_chance
fi
sh ../tests/cli/train.sh

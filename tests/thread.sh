#!/bin/sh
# thread.sh - the thread sanitizer over what runs in threads: the suites that read, draw
# batches, train and ask with a team, and train itself, stopped by signals.
#
# Left out: device and exact, which compare numbers for minutes under it.
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
    tests/unit blas cpu cpu_catchup dataset evaluate fit lrfind model order planted pool \
        rank recommend rejects rows sampler session session_faults source split \
        summary synth synth_folder traits unzip download
fi
sh ../tests/cli/train.sh

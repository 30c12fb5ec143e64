#!/bin/sh
# bench.sh - devices and bench: what they say, never how fast it was.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

run devices --csv
exits 0 "devices"
has '^name,usable,why,memory_bytes$' "with the keys of a script"
has '^cpu-portable,true,,[1-9][0-9]*$' "the portable device can be used everywhere"
has '^cpu-reference,true,,[1-9][0-9]*$' "and so can the reference"
tail -n 1 ../out | grep -q '^cpu-reference,'
verdict $? "which comes last"

tiny='--users 60 --items 50 --ratings 900 --factors 5 --batch 32 --quiet'
# shellcheck disable=SC2086
run bench $tiny --threads 1 --device cpu-portable --csv
exits 0 "bench of one device and one thread"
head -n 1 ../out | grep -q '^bandwidth_bytes_per_second,random_row_bytes_per_second,'
verdict $? "has memory's speed first"
tail -n 1 ../out |
    grep -q '^[1-9][0-9]*,[1-9][0-9]*,810,5,32,3,cpu-portable,1,[0-9.e-]*,[0-9.e-]*,[0-9.e-]*,[1-9][0-9]*,[0-9.e-]*$'
verdict $? "and one row of an epoch"

# shellcheck disable=SC2086
run bench $tiny --threads 2 --device cpu-reference --json
exits 0 "bench of the reference"
has '"device":"cpu-reference","threads":1,.*"bandwidth_share":null' "has no share"
has '"device":"cpu-reference","threads":2,' "and a second row for two threads"

# shellcheck disable=SC2086
run bench $tiny --threads 1 --device cpu-portable --repeat 4 --json
exits 0 "bench of four rounds"
has '"rounds":4,' "which says so"

run bench --device cpu-fast
complains 2 "mltui: --device cpu-fast: no such device; 'mltui devices' lists them"
# shellcheck disable=SC2086
run bench $tiny --batch 5000
[ "$status" = 2 ] && grep -q 'batch size 5000 is more than the 810 training ratings' ../err
verdict $? "a batch larger than the data is refused"

finish

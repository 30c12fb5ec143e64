#!/bin/sh
# screen-thread.sh - the thread sanitizer finds no race in a sitting at the screen
#
# Train, walk through the panels meanwhile, pause, resume, find a rate, a second run,
# another data set while the first model is shown; with build-thread, which ./check
# --long has made by now.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

thread=${MLTUI_SRCDIR:?}/build-thread
if [ ! -x "$thread/mltui" ]; then
    echo "no $thread/mltui: configure --enable-sanitize=thread there"
    exit 77
fi
make -s -C "$thread" tests/cli/on_pty >../out 2>&1
"$mltui" synth ../data -u 200 -i 150 -r 12000 --quiet >../out 2>../err

walk='press 1 t t 4 down down enter down enter 5 enter right up t down 6 n n u u 7 right down right u'
{
    printf '%s\n' 'wait data' 'press 2 down enter ctrl-u' 'type 10000' 'press enter' \
        'press down down down down down down down enter ctrl-u' 'type 0' 'press enter' \
        'press T' 'wait training' "$walk" 'wait epoch 2' "$walk" 'press space' \
        'wait paused' "$walk" 'press space' 'wait training' "$walk" 'wait epoch 8' 'press x' \
        'wait idle' "$walk" 'press 2 c c F' 'wait idle' 'press 3 t t enter' 'wait training' \
        "$walk" 'press X y' 'wait idle' 'do open sample' "$walk" 'wait data' 'press 1' \
        'do open latest' 'wait model' "$walk" 'do quit'
} >script
ran="mltui screen --script script ../data, with the thread sanitizer"
TSAN_OPTIONS="halt_on_error=0 exitcode=66 log_path=$sandbox/race" TERM=xterm-256color \
    "$thread/tests/cli/on_pty" 100x30 -- "$thread/mltui" screen --script script ../data \
    >../out 2>../err
status=$?
grep -q -x 'exit 0' ../out
verdict $? "the sitting is played to its end"
cat ../race.* >../out 2>../err
[ ! -s ../out ]
verdict $? "without a race"

finish

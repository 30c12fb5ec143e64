#!/bin/sh
# terminal.sh - what reaches a terminal: colour, cursor movement, glyphs; signals.
# shellcheck disable=SC2086 # options in a variable are words
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

esc=$(printf '\033')

# on_tty NAME=VALUE… WORD…: run mltui on a terminal; both streams end in the file out.
on_tty() {
    environment=
    while :; do
        case $1 in
        *=*) environment="$environment $1" ;;
        *) break ;;
        esac
        shift
    done
    ran="$environment mltui $*"
    # shellcheck disable=SC2086 # the environment is words
    env $environment script -qec "'$mltui' $*" /dev/null >../out 2>../err </dev/null
    status=$?
}

# lacks PATTERN SENTENCE: no line of it matches.
lacks() {
    ! grep -q -e "$1" ../out
    verdict $? "$2"
}

lacks_bytes() {
    ! LC_ALL=C grep -q -e '[^ -~[:cntrl:]]' ../out
    verdict $? "$1"
}

small='-u 1000 -i 500 -r 200000'
if has_script; then
    on_tty synth a $small
    exits 0 "synth works on a terminal"
    has "$esc\[K" "progress is drawn and wiped"
    has "$esc\[2m" "labels have a colour"
    on_tty NO_COLOR=1 synth b $small
    has "$esc\[K" "NO_COLOR leaves the progress"
    lacks "$esc\[[0-9]*m" "NO_COLOR takes the colour"
    on_tty NO_COLOR=1 synth c --color=always $small
    has "$esc\[2m" "--color=always beats NO_COLOR"
    on_tty synth d --color never $small
    lacks "$esc\[[0-9]*m" "--color never takes the colour"
    on_tty synth e --plain $small
    lacks "$esc" "--plain has no escape at all"
    lacks_bytes "--plain has no glyphs"
    on_tty synth f --quiet $small
    lacks "writing" "--quiet drops the progress"
    lacks "next:" "--quiet drops the hint"
    for term in TERM=dumb TERM=; do
        on_tty $term synth "g$term" $small
        lacks "$esc" "$term: a terminal that knows no escapes gets none"
        exits 0 "$term: but all the rest"
    done
    on_tty LC_ALL=C synth h $small
    has "$esc\[K" "the C locale draws progress"
    lacks_bytes "in ASCII"
    on_tty LC_ALL=C COLUMNS=20 synth i --color never $small
    wide=$(tr '\r' '\n' <../out | sed "s/$esc\[K//g" | awk 'length($0) > 20 && !/^next/')
    [ -z "$wide" ]
    verdict $? "a terminal of 20 columns is enough"
else
    skip "no script(1) here to make a terminal"
fi

# ---- elsewhere

run synth j $small
! grep -q "$esc" ../out ../err
verdict $? "without a terminal there is no escape"
has '^ratings  200,000$' "but the result"
run synth k --color=always $small
has "$esc\[2m" "--color=always colours a pipe"
run synth l --json --color=always $small
lacks "$esc" "JSON has no colour, whatever is asked for"
run synth m --json --csv $small
complains 2 "mltui: synth: --json and --csv are two forms; choose one"

# ---- signals; a command in the background of a script ignores SIGINT

if command -v timeout >/dev/null; then
    for signal in INT:130 TERM:143; do
        ran="timeout -s ${signal%:*} mltui synth big"
        timeout --foreground --preserve-status -s "${signal%:*}" 0.4 "$mltui" synth big >../out 2>../err
        status=$?
        exits "${signal#*:}" "SIG${signal%:*} ends a command as it would any other"
        [ -z "$(ls -d ./big* ./.big* 2>/dev/null)" ]
        verdict $? "and nothing half done is left"
    done
else
    skip "no timeout(1) here"
fi

finish

#!/bin/sh
# sitting.sh - sittings at the screen, played from scripts: what the command line tells
# it, and what it leaves behind.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

# ---- what is wrong is said before the screen opens

run screen sample
complains 1 "mltui: the screen needs a terminal for standard input and output; 'mltui help' shows the commands that do not"
printf '# nothing\nwait model\nwait for me\n' >script
run screen sample --script script
complains 2 "mltui: script:3: 'wait for me': expected data, model, training, paused, finding, idle, or epoch N"
run screen sample --script none
complains 1 "mltui: none: No such file or directory"

has_script || {
    skip "no script(1) here to make a terminal"
    finish
}

# A keyboard on which nobody types.
mkfifo ../keys
exec 3<>../keys

# sit SCRIPT ARGUMENT…: on a terminal of 80 x 24
sit() {
    printf '%s\n' "$1" >script
    shift
    ran="mltui $* --script script"
    words=$(printf " '%s'" "$@")
    TERM=xterm-256color script -qec "stty rows 24 cols 80; '$mltui' $words --script script" \
        /dev/null <&3 >../out 2>../err
    status=$?
}

# shows FILE PATTERN SENTENCE
shows() {
    grep -q -e "$2" "$1"
    verdict $? "$3"
}

# ---- data whose columns are named

for i in 1 2 3 4 5 6 7 8 9; do
    for film in Heat Up Jaws Alien Ran; do
        echo "$i;$film;$((i % 5 + 1))"
    done
done | sed '1i who;what;stars' >mine.csv

sit 'wait data
do save-screen read.txt
do start
wait idle
do save-screen trained.txt
do save-screen trained.svg
press 4
do save-screen films.txt
do quit' mine.csv --columns user=who,item=what,rating=stars
exits 0 "a sitting ends well"
[ "$(wc -l <read.txt)" = 24 ]
verdict $? "the text of a screen has its lines"
shows read.txt '^ 45 ratings, 9 users, 5 films ' "data are read by the columns that are named"
shows trained.txt 'valid_loss' "the run's epochs are shown"
shows films.txt ' Alien ' "and its films"
shows trained.svg '^</svg>$' "the picture of a screen is whole"
shows trained.svg '>valid_loss</text>' "and holds what the text holds"
if command -v python3 >/dev/null; then
    python3 -c 'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' trained.svg 2>../err
    verdict $? "it is XML"
else
    skip "no python3 here to read XML"
fi

run runs
has 'done *mine.csv' "the run was saved"

# A run of 45 ratings is over before anybody looks.
sit 'wait data
do start
wait training
wait idle
do find-lr
wait finding
wait idle
do save-screen tried.txt
do quit' mine.csv --columns user=who,item=what,rating=stars
exits 0 "states that have passed are not waited for"
shows tried.txt '3 LR' "and the finder is there"

sit 'wait data
do save-screen /nowhere/x.txt
do save-screen said.txt
do quit' mine.csv --columns user=who,item=what,rating=stars
exits 0 "a screen that cannot be saved is no reason to leave"
shows said.txt '/nowhere' "but said"

finish

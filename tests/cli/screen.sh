#!/bin/sh
# screen.sh - the full screen on terminals of its own (on_pty.c), and in tmux: panels
# before, during and after a run, signals, modes, sizes, kinds of terminals.
#
# A script file (mltui screen --script) waits for states and saves what is to be seen.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

esc=$(printf '\033')
export TERM=xterm-256color

# on STEP… -- WORD…: play the steps with a program; what on_pty told is in ../out, what
# reached the terminal in the file bytes.
on() {
    ran="on_pty $*"
    "${MLTUI_BUILDDIR:?}/tests/cli/on_pty" "$@" >../out 2>../err
    status=$?
}

# ends LINE SENTENCE: it ended so, and the terminal's modes are those of before.
ends() {
    [ "$status" = 0 ] && [ "$(sed -n '$p' ../out)" = "modes same" ] && grep -q -x "$1" ../out
    verdict $? "$2"
}

# shows FILE PATTERN SENTENCE: a line of a saved screen matches.
shows() {
    grep -q -e "$2" "$1" 2>../err || { cp "$1" ../out && false; } 2>../err
    verdict $? "$3"
}

# script LINE…: the file `script` has these lines.
script() {
    printf '%s\n' "$@" >script
}

# settings EPOCHS: lines of a script that set them, and that no epoch too few ends the run.
settings() {
    printf '%s\n' 'press 2 down enter ctrl-u' "type $1" 'press enter' \
        'press down down down down down down down enter ctrl-u' 'type 0' 'press enter'
}

"$mltui" synth ../data -u 200 -i 150 -r 12000 --quiet >../out 2>../err

# ---- a sitting: each panel before, during and after a run

{
    echo 'press / '
    echo "type ../data"
    printf '%s\n' 'press enter' 'wait data'
    for panel in 1 2 3 4 5 6 7; do
        printf '%s\n' "press $panel" "do save-screen before$panel"
    done
    settings 10000
    printf '%s\n' 'press T' 'wait training' 'wait epoch 1' 'press space' 'wait paused'
    for panel in 1 2 3 4 5 6 7; do
        printf '%s\n' "press $panel" "do save-screen during$panel"
    done
    printf '%s\n' 'press space' 'wait training' 'press x' 'wait idle'
    for panel in 1 2 3 4 5 6 7; do
        printf '%s\n' "press $panel" "do save-screen after$panel"
    done
    printf '%s\n' 'press F' 'wait idle' 'do save-screen found' \
        'press 2 up up up up up up up enter ctrl-u' 'type 2' 'press enter' 'press 3 enter' 'wait idle' \
        'press 3' 'do save-screen found2' 'press 2 c' 'do save-screen second' 'press q'
} >script
on 80x24 -- "$mltui" screen --script script
ends 'exit 0' "a sitting is played: open, train, pause, go on, stop, find a rate, train again"
for panel in 4 5 6 7; do
    shows "before$panel" 'T *trains a model' "panel $panel says what to do before there is a model"
    shows "during$panel" 'paused' "and how the run stands"
    shows "after$panel" 'valid loss' "and what came of it"
done
shows before1 'ratings  *12,000' "panel 1 counts the ratings"
shows before2 'epochs  *2$\|epochs  *2 ' "panel 2 has the settings"
shows before3 'F *begins' "panel 3 says how to begin"
shows during2 'epoch [0-9]*/10000' "panel 2 says how far the run is"
shows during2 'smoothed\|train [0-9.]' "and its loss"
shows during4 'films' "panel 4 lists films while the run is paused"
shows during6 'user ' "panel 6 has a user"
shows after2 'valid_loss' "panel 2 has the epochs afterwards"
shows found 'valley' "the finder marks its suggestions"
shows found2 'valley' "and keeps them over the run that was begun from there"
shows second '[ab] [.0-9]* rate' "the second run is drawn over the first"
[ "$("$mltui" runs --csv --quiet | grep -c -e ',stopped,' -e ',done,')" = 2 ]
verdict $? "both runs are kept"

# ---- the panels' numbers are those of the line face

script 'wait model' 'press 4' 'do save-screen movies' 'press 6 g' 'type 7' 'press enter' \
    'do save-screen user' 'do quit'
on 200x50 -- "$mltui" screen --script script latest
ends 'exit 0' "a run is opened"
"$mltui" recommend latest --user 7 --limit 20 --json 2>../err |
    sed -n 's/.*"rank":\([0-9]*\),.*"title":"\(.*\) ([0-9]*)","year":.*"predicted":\([0-9.]*\)}.*/\1|\2|\3/p' |
    awk -F'|' '{ printf "%d|%s|%.2f\n", $1, $2, $3 }' >want
sed 's/^▏/ /' user | awk -F'  +' '$2 ~ /^[0-9]+$/ && $4 ~ /^[0-9][0-9][0-9][0-9]$/ { print $2 "|" $3 "|" $5 }' |
    sed -n 1,20p >got
[ "$(wc -l <want)" -ge 15 ] && cp got ../out && cmp want got >../err
verdict $? "the Users panel shows what recommend --json says"
"$mltui" movies latest --limit 20 --json 2>../err |
    sed -n 's/.*"rank":\([0-9]*\),.*"title":"\(.*\) ([0-9]*)","year":.*"bias":\([-0-9.e]*\)}.*/\1|\2|\3/p' |
    awk -F'|' '{ printf "%d|%s|%+.3f\n", $1, $2, $3 }' >want
sed 's/^▏/ /' movies | awk -F'  +' '$2 ~ /^[0-9]+$/ && $4 ~ /^[0-9][0-9][0-9][0-9]$/ { print $2 "|" $3 "|" $NF }' |
    sed -n 1,20p >got
[ "$(wc -l <want)" -ge 15 ] && cp got ../out && cmp want got >../err
verdict $? "the Movies panel shows what movies --json says"

# ---- kinds of terminals

script 'wait model' 'press 5' 'do save-screen here' 'do quit'
on 100x30 -- "$mltui" screen --script script latest
cp here reference
for term in xterm-256color xterm tmux-256color screen linux vt100 ansi; do
    TERM=$term infocmp >../out 2>../err || continue
    # For the console's mouse curses loads a library that leaks and is gone at the end,
    # so that no suppression can name it.
    leaks=1
    [ $term = linux ] && leaks=0
    rm -f here
    on 100x30 -- env TERM="$term" ASAN_OPTIONS=detect_leaks=$leaks "$mltui" screen --script script latest
    ends 'exit 0' "$term: the screen opens and closes"
    cmp here reference >../err 2>&1 && [ -s bytes ]
    verdict $? "$term: with the same text"
done
for term in dumb '' unknown-to-all; do
    on 80x24 -- env TERM="$term" "$mltui" screen
    ends 'exit 1' "TERM='$term': it does not open"
    [ "$(wc -l <bytes)" -le 1 ] && grep -q "TERM is '$term'" bytes && ! grep -q "$esc" bytes
    verdict $? "and one line says why"
done
on 80x24 -- env -u TERM "$mltui" screen
ends 'exit 1' "without TERM it does not open"
on 80x24 'see=[?1049h' 'send=\e' 'send=q' -- env TERM=xterm-256color "$mltui"
ends 'exit 0' "esc leaves the start screen, q the program"
grep -q "$esc\[[0-9;]*3[0-7]m" bytes
verdict $? "there is colour"
on 80x24 'see=[?1049h' 'send=\e' 'send=q' -- env NO_COLOR=1 "$mltui"
! grep -q "$esc\[\([0-9]*;\)*[349][0-7]\(;[0-9]*\)*m" bytes
verdict $? "NO_COLOR: there is none"
on 100x30 -- env LC_ALL=C "$mltui" screen --script script latest
ends 'exit 0' "the C locale"
! LC_ALL=C grep -q -e '[^ -~[:cntrl:]]' bytes here && shows here ':' "has a map, too"
verdict $? "and gets ASCII alone"
run screen
complains 1 "mltui: the screen needs a terminal for standard input and output; 'mltui help' shows the commands that do not"

# ---- ways out, and the modes of the terminal

rm -f up
script 'wait model' 'do save-screen up'
on file=up 'send=\x03' -- "$mltui" screen --script script latest
ends 'signal 2' "ctrl-c leaves when nothing runs"
for signal in TERM:15 HUP:1 INT:2; do
    rm -f up
    on file=up "signal=${signal%:*}" -- "$mltui" screen --script script latest
    ends "signal ${signal#*:}" "SIG${signal%:*} ends it"
done
rm -f up
on file=up hangup -- "$mltui" screen --script script latest
ends 'signal 1' "and so does the loss of the terminal"
on -- "$mltui" screen --script nowhere
ends 'exit 1' "an error at start leaves the terminal alone"
! grep -q "$esc" bytes
verdict $? "and draws nothing"
rm -f up
on file=up 'send=\x1a' stopped signal=CONT 'see=[?1049h' 'send=q' -- \
    "$mltui" screen --script script latest
[ "$(grep -c '^modes same$' ../out)" = 2 ]
verdict $? "ctrl-z gives the terminal back as it was, and after fg it goes on"
rm -f up
on file=up signal=STOP stopped modes=sane signal=CONT 'see=[?1049h' 'send=q' -- \
    "$mltui" screen --script script latest
ends 'exit 0' "it takes the terminal over again after a stop from outside"

# in_training STEP…: with a run that never ends by itself, the file `busy` there.
in_training() {
    rm -f busy
    {
        echo 'wait data'
        settings 10000
        printf '%s\n' 'press T' 'wait epoch 1' 'do save-screen busy'
    } >script
    on file=busy "$@" -- "$mltui" screen --script script ../data
}

# last STATE SENTENCE: the newest run ended so.
last() {
    "$mltui" runs --csv --quiet >../out 2>../err
    sed -n 2p ../out | grep -q ",$1,"
    verdict $? "$2"
}

# ---- crashes: the terminal is given back, and the death is that of the signal

ulimit -c 0 2>../err
# A sanitizer would take the signal for itself.
asan_before=${ASAN_OPTIONS-}
export ASAN_OPTIONS="$asan_before:handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0"

# gives_back SIGNAL SENTENCE: it died of it, and what reached the terminal last are the
# ends of mouse, colours, hidden cursor and second screen.
gives_back() {
    ends "signal $1" "$2"
    for pair in '1049[hl]:1049l' '1000[hl]:1000l' '25[hl]:25h'; do
        last_of=$(LC_ALL=C grep -a -o "[?;]${pair%:*}" bytes | sed -n '$p')
        [ "${last_of#?}" = "${pair#*:}" ] || break
    done
    [ "${last_of#?}" = 25h ]
    verdict $? "and leaves the screen as it was"
}

for signal in SEGV:11 BUS:7 FPE:8 ILL:4 ABRT:6 QUIT:3; do
    rm -f up
    script 'wait model' 'do save-screen up'
    on file=up "signal=${signal%:*}" -- "$mltui" screen --script script latest
    gives_back "${signal#*:}" "SIG${signal%:*} kills it"
done
rm -f up
on file=up 'send=\x1c' -- "$mltui" screen --script script latest
gives_back 3 "ctrl-\\ kills it"
rm -f up
script 'wait model' 'do save-screen up'
on file=up 'send=\x1a' stopped signal=SEGV signal=CONT -- "$mltui" screen --script script latest
ends 'signal 11' "a crash while the shell has the terminal leaves it alone"
in_training thread=SEGV
gives_back 11 "a crash of a thread that trains kills it"
export ASAN_OPTIONS="$asan_before"

in_training 'send=\x03' 'see=valid loss' 'send=q'
ends 'exit 0' "ctrl-c in training stops the run, not the program"
last stopped "and keeps the best"
in_training 'send=q' 'send=x'
ends 'exit 0' "q, then x: stop, keep, leave"
last stopped "the run is kept"
in_training 'send=q' 'send=X'
ends 'exit 0' "q, then X: leave nothing"
in_training signal=TERM
ends 'signal 15' "SIGTERM in training"
last stopped "keeps the best as well"
in_training hangup signal=TERM
ends 'signal 15' "a run without its terminal still hears SIGTERM"
last stopped "and is kept"

# lost STEP…: the terminal is lost in a short run, perhaps after some steps.
lost() {
    rm -f busy
    {
        echo 'wait data'
        settings 1500
        printf '%s\n' 'press T' 'wait training' "$1" 'do save-screen busy'
    } >script
    on file=busy hangup -- "$mltui" screen --script script ../data
}

lost '# as it is'
ends 'signal 1' "a lost terminal ends the program"
last done "after the run has come to its end"
lost 'press space'
ends 'signal 1' "a paused one, too"
last done "which then goes on to its end"

# ---- sizes

storm=
for size in 1x1 200x60 40x12 39x11 16x4 15x3 2x80 300x1 81x25 1x1 80x24; do
    storm="$storm size=$size"
done
script 'wait model' 'press 4' 'do save-screen calm' 'do save-screen up'
rm -f up
# shellcheck disable=SC2086 # sizes are words
on 80x24 file=up $storm $storm $storm 'send=:save-screen storm\r' file=storm 'send=q' -- \
    "$mltui" screen --script script latest
ends 'exit 0' "a storm of sizes is survived"
cmp calm storm >../err 2>&1
verdict $? "and the screen is as it was before"

# ---- titles that would drive the terminal

mkdir ../hostile
cat >../hostile/movies.csv <<END
movieId,title,genres
1,$esc]0;owned$(printf '\007') (1990),Drama
2,a$(printf '\342\200\256')b$esc[31mred (1991),Comedy
3,e$(printf '\314\201\314\202\314\203\314\204\314\205\314\206') (1992),Drama
4,$(printf '\302\233')31m C1 (1993),Comedy
END
i=0
{
    echo userId,movieId,rating,timestamp
    while [ $i -lt 40 ]; do
        i=$((i + 1))
        echo "$i,$((i % 4 + 1)),4,1"
        echo "$i,$(((i + 1) % 4 + 1)),3,1"
    done
} >../hostile/ratings.csv
script 'wait data' 'press t' 'press T' 'wait idle' 'press 4 enter' 'press 5 enter' 'press 6' \
    'press 7 right' 'press 4' 'do save-screen hostile' 'do quit'
on 160x40 -- "$mltui" screen --script script ../hostile
ends 'exit 0' "hostile titles are walked through"
shows hostile '\\x1b\]0;owned\\x07' "they are shown as what they are"
! LC_ALL=C grep -q -e "$esc]0;owned" -e "$(printf '\342\200\256')" -e "$(printf '\302\233')" \
    -e "$(printf '\314\203\314\204')" bytes
verdict $? "and no byte of theirs drives the terminal"

# ---- in tmux, which draws what it is told

if command -v tmux >/dev/null; then
    tmux="tmux -L mltui-test-$$ -f /dev/null"
    rm -f up
    script 'wait model' 'press 4'
    $tmux new-session -d -x 100 -y 30 "$mltui screen --script script latest; :" 2>../err
    $tmux set -g status off 2>../err
    # the lines of a screen but the last, which tells that it was saved
    but_last() {
        sed -e 's/ *$//' -e '$d' "$1"
    }
    # shows_all NAME: tmux shows what the program saves as NAME, soon.
    shows_all() {
        ran="tmux capture-pane, $1"
        tries=0
        while [ $tries -lt 50 ]; do
            $tmux send-keys ":save-screen $1" Enter
            sleep .1
            $tmux capture-pane -p >captured 2>../err
            but_last captured >seen
            [ -e "$1" ] && but_last "$1" | diff seen - >../out && break
            tries=$((tries + 1))
        done
        [ $tries -lt 50 ]
        verdict $? "tmux shows $1 as the program says it is"
    }
    shows_all panel4
    for panel in 5 6 2 1; do
        $tmux send-keys "$panel"
        shows_all "panel$panel"
    done
    $tmux resize-window -x 60 -y 20 2>../err
    $tmux resize-window -x 130 -y 44 2>../err
    $tmux resize-window -x 90 -y 28 2>../err
    $tmux send-keys 6
    shows_all resized
    $tmux kill-server 2>../err
else
    skip "no tmux here"
fi

finish

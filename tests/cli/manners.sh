#!/bin/sh
# manners.sh - every command of `mltui help` with broken outputs, every width, colour
# asked for and not, and titles that would drive the terminal or are wider than they are
# long. A new command is tried as soon as it is in the table.
# shellcheck disable=SC2046,SC2086 # words in variables are words
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

esc=$(printf '\033')

# ---- data whose names and titles are hostile, wide, or both; and a run of them

set -f
films=$(printf 'films\033\007')
run=$(printf './run\033\007')
mkdir "$films"
ln -s "$films" films
{
    echo movieId,title,genres
    printf '1,\033]0;owned\007\033[2J\033[31mred (1999),Drama\n'
    printf '2,"line\nfeed, return\rbell\007 (2000)",Drama|Com\033[5medy\n'
    printf '3,\342\200\256drawkcab\342\200\254 \342\201\246isolated\342\201\251 (2001),Drama\n'
    printf '4,C1 \302\233 31m and \302\205 next line (2002),Comedy\n'
    printf '5,nothing\342\200\213\342\201\240\357\273\277 between (2003),Comedy\n'
    printf '6,%s (2004),Animation\n' 千と千尋の神隠しハウルの動く城となりのトトロもののけ姫風立ちぬ
    printf '7,%s (2005),Animation\n' 올드보이살인의추억괴물설국열차기생충아가씨부산행
    printf '8,combining e\314\201\314\202\314\203\314\204\314\205 (2006),Comedy\n'
    printf '9,%s (2007),Comedy\n' 🎬🎥📽🎞🍿🎬🎥📽🎞🍿🎬🎥📽🎞🍿🎬🎥📽🎞🍿
    printf '10,=cmd|"quoted" and \\ back (2008),Comedy\n' | sed 's/,\(.*\),/,"\1",/; s/"quoted"/""quoted""/'
    printf '11,tab\there (2009),Comedy\n'
    awk 'BEGIN { for (i = 12; i <= 60; i++) printf "%d,A Film of a Rather Long Name, the %dth of Them (%d),Drama|Comedy|Animation|Documentary\n", i, i, 1950 + i }' |
        sed 's/,\(.*\),/,"\1",/'
} >films/movies.csv
{
    echo userId,movieId,rating,timestamp
    awk 'BEGIN { for (u = 1; u <= 60; u++) for (i = 1; i <= 60; i++) if ((u * 7 + i * 13) % 3 != 0)
        printf "%d,%d,%.1f,%d\n", u, i, 0.5 + ((u * i + u + i) % 10) / 2, 1000000000 + i }'
} >films/ratings.csv
"$mltui" train "$films" -q --epochs 2 --factors 4 --batch 64 --out "$run" >../out 2>../err
status=$? ran="mltui train films"
exits 0 "films of odd titles are trained on"

# ---- the words that make each command work

fresh=0

# words COMMAND: what to type after its name, into $words; 1 where it cannot be tried.
words() {
    words=
    [ "$1" != screen ] || return 1 # the other face: it has tests of its own
    for operand in $("$mltui" help "$1" | sed -n '1s/.*\[OPTION\]\.\.\.//p'); do
        case $operand in
        \[*) break ;;
        DATA) words="$words $films" ;;
        RUN | RUN...) words="$words $run" ;;
        MOVIE) words="$words id:1" ;;
        DIR) words="$words made$((fresh = fresh + 1))" ;;
        SHELL) words="$words bash" ;;
        NAME) return 1 ;; # of an archive: fetch has tests of its own
        *)
            verdict 1 "manners.sh knows what $operand of $1 is"
            return 1
            ;;
        esac
    done
    case $1 in
    bench) words='--users 60 --items 50 --ratings 900 --factors 5 --batch 32 --threads 1 --device cpu-reference' ;;
    explain) words="$words --user 1 --movie id:2" ;;
    recommend) words="$words --user 1 --seen --limit 0" ;;
    synth) words="$words -u 300 -i 200 -r 6000" ;;
    train) words="$words --epochs 1 --factors 2 --batch 64" ;;
    evaluate | factors) ;;
    *) if has_option limit; then words="$words --limit 0"; fi ;;
    esac
    words="$1 $words"
}

# has_option NAME: does the help at hand list it?
has_option() {
    grep -q -e "^  ....--$1 *" ../help
}

# try OPTION…: run the command at hand, afresh, into out and err.
try() {
    words $command
    run $words "$@"
}

# Lines of stderr that are no progress and no warning.
complaints() {
    sed -n '/^mltui: warning: /d; /^mltui:/p' ../err
}

# protests STATUS LINE SENTENCE: this status, and this the only complaint.
protests() {
    [ "$status" = "$1" ] && [ "$(complaints)" = "$2" ]
    verdict $? "$3"
}

# ---- what no output may hold

# C1 controls, invisible characters, those that turn text round, as bytes of UTF-8.
printf '%b\n' '\0302[\0200-\0237]' '\0342\0200[\0213-\0217\0250-\0256]' \
    '\0342\0201[\0240-\0251]' '\0357\0273\0277' >../hidden

# harmless SENTENCE: no control character but the end of a line, and none that hides or
# turns text, is in ../seen.
harmless() {
    [ "$(LC_ALL=C tr -d '\n -~\200-\377' <../seen | wc -c)" = 0 ] &&
        ! LC_ALL=C grep -q -f ../hidden ../seen
    verdict $? "$1"
}

# What reached a terminal without what mltui itself drives it with: colours, wiping the
# line it drew, the terminal's own line ends.
from_terminal() {
    sed "s/$esc\[[0-9;]*m//g; s/$esc\[K//g" | tr -d '\r' | sed "s/$esc\[K//g"
}

cat >../cells.py <<'END'
"""Exit 1 when ../wide.N has a line wider than N cells, for the N of the arguments."""
import sys, unicodedata

def cells(c):
    if unicodedata.category(c) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1

for width in map(int, sys.argv[1:]):
    for line in open(f"../wide.{width}", encoding="utf-8"):
        if sum(map(cells, line.rstrip("\n"))) > width:
            sys.exit(f"too wide for {width}: {line!a}")
END
command -v python3 >/dev/null || skip "no python3 here: widths in cells, JSON"

# ---- the matrix

"$mltui" help | sed -n '/^Commands:/,/^Topics:/s/^  \([a-z][a-z-]*\) .*/\1/p' >../commands
[ -s ../commands ] || verdict 1 "mltui help lists commands"

while read -r command; do
    "$mltui" help $command >../help
    words $command || continue
    try
    exits 0 "$command works"
    [ -s ../out ] || [ "$command" = export ]
    verdict $? "$command prints"
    [ "$command" = export ] && options='--format csv' || options=

    # broken outputs
    words $command
    "$mltui" $words $options >/dev/full 2>../err
    status=$? ran="mltui $words >/dev/full"
    protests 1 "mltui: standard output: No space left on device" "$command on a full disk"
    words $command
    "$mltui" $words $options >&- 2>../err
    status=$? ran="mltui $words >&-"
    protests 1 "mltui: standard output: Bad file descriptor" "$command without standard output"
    words $command
    "$mltui" $words $options <&- >../out 2>../err
    status=$? ran="mltui $words <&-"
    exits 0 "$command without standard input"
    words $command
    "$mltui" $words $options 2>&- >../out
    status=$? ran="mltui $words 2>&-"
    exits 0 "$command without standard error"
    words $command
    {
        "$mltui" $words $options 2>../err
        echo $? >../first
    } | head -n 1 >../out
    status=$(cat ../first) ran="mltui $words | head -1"
    case $status in
    0 | 141) [ -z "$(complaints)" ] ;;
    *) # as everything does where whoever began all this ignores SIGPIPE
        [ "$(complaints)" = 'mltui: standard output: Broken pipe' ]
        ;;
    esac
    verdict $? "$command to a reader that leaves"

    # text: harmless, in every width
    if [ "$command" != export ]; then
        try
        cat ../out ../err >../seen
        harmless "$command shows titles harmless"
    fi
    # Each run of it measures memory for a second; its forms are tried in bench.sh.
    [ "$command" != bench ] || continue
    if command -v python3 >/dev/null && has_option plain; then
        for width in 40 80 120 200; do
            COLUMNS=$width
            export COLUMNS
            try
            unset COLUMNS
            cp ../out ../wide.$width
        done
        python3 ../cells.py 40 80 120 200 2>../err
        verdict $? "$command fits 40, 80, 120 and 200 columns"
    fi

    # JSON and CSV
    if has_option json; then
        try --json
        cp ../out ../seen
        harmless "$command --json is harmless"
        if command -v python3 >/dev/null; then
            python3 -c 'import json, sys; json.load(sys.stdin)' <../out 2>../err
            verdict $? "$command --json is JSON"
        fi
        try --csv
        exits 0 "$command --csv"
    fi

    # colour
    if has_option color; then
        try --color=always
        sed "s/$esc\[[0-9;]*m//g" ../out >../seen
        harmless "$command --color=always adds colour alone"
        try --color=always --plain
        ! grep -q "$esc" ../out ../err
        verdict $? "$command --plain beats --color=always"
    fi

    # a terminal
    has_script || continue
    for how in '' NO_COLOR=1 --plain --csv; do
        case $how in
        --*) has_option "${how#--}" || continue ;;
        esac
        [ "$command" = export ] && how='--format csv'
        words $command
        environment=COLUMNS=80
        option=$how
        [ "$how" != NO_COLOR=1 ] || { environment="$environment NO_COLOR=1" && option=; }
        ran="$environment mltui $words $option on a terminal" status=0
        env $environment script -qec "'$mltui' $words $option" /dev/null >../out 2>../err </dev/null
        from_terminal <../out >../seen
        harmless "$command $how on a terminal is harmless"
        case $how in
        NO_COLOR=1) ! grep -q "$esc\[[0-9]*m" ../out ;;
        --plain) ! grep -q "$esc" ../out ;;
        esac
        verdict $? "$command $how on a terminal has what was asked for"
        [ "$command" != export ] || break
    done
done <../commands

# ---- titles keep their bytes where a program reads them

if command -v python3 >/dev/null; then
    cat >../same.py <<'END'
import csv, json, sys
want = {int(r["movieId"]): r["title"] for r in csv.DictReader(open("films/movies.csv", newline=""))}
got = json.load(open("../out")) if sys.argv[1] == "--json" else list(csv.DictReader(open("../out", newline="")))
sys.exit(len(got) != len(want) or any(want[int(r["item"])] != r["title"] for r in got))
END
    for form in --json --csv; do
        run movies "$run" --limit 0 $form
        python3 ../same.py $form 2>../err
        verdict $? "movies $form has every title byte for byte"
    done
fi

finish

#!/bin/sh
# journey.sh - what a newcomer types, from data to recommendations, in every form.
# shellcheck disable=SC2086 # options in a variable are words
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

# is_json SENTENCE: the file out is JSON; told by python3 where it is.
is_json() {
    if command -v python3 >/dev/null; then
        python3 -c 'import json, sys; json.load(sys.stdin)' <../out 2>>../err
        verdict $? "$1"
    else
        skip "no python3 here: $1"
    fi
}

# fits WIDTH SENTENCE: no line of out is wider. These titles are Latin: a character, bytes
# that continue one aside, is a cell.
fits() {
    [ -z "$(LC_ALL=C tr -d '\200-\277' <../out | LC_ALL=C awk -v w="$1" 'length($0) > w')" ]
    verdict $? "$2"
}

run movies latest
complains 1 "mltui: there are no runs yet: 'mltui train sample' makes one"
run synth films -q -u 300 -i 200 -r 6000
exits 0 "a data set is made"
run films
complains 2 "mltui: 'films' is data; try 'mltui data films' or 'mltui train films'"
run data films
has '^ratings  *6,000$' "data counts its ratings"
run train films --epochs 3 --factors 10
exits 0 "it trains"
grep -q '^next: mltui movies latest$' ../err
verdict $? "and says what to type next"
run latest
complains 2 "mltui: 'latest' is a run; try 'mltui movies latest'"

# ---- every command that reads, in every form

user=$(sed -n '2s/,.*//p' films/ratings.csv)
while read -r words; do
    run $words
    exits 0 "$words"
    cp ../out ../text
    run $words --json
    is_json "$words --json is JSON"
    run $words --csv
    fields=$(awk -F'"[^"]*"' '{ $1 = $1; print gsub(",", ",") }' ../out | sort -u | wc -l)
    [ "$status" = 0 ] && [ "$fields" = 1 ]
    verdict $? "$words --csv has as many fields in every row"
    run $words --plain
    ! LC_ALL=C grep -q "$(printf '\342')" ../out
    verdict $? "$words --plain has no glyphs"
    for width in 40 80 200; do
        COLUMNS=$width
        export COLUMNS
        run $words --plain
        fits $width "$words fits $width columns"
        unset COLUMNS
    done
    "$mltui" $words >/dev/full 2>../err
    status=$? ran="mltui $words >/dev/full"
    [ "$status" = 1 ] && grep -q '^mltui: standard output: No space left on device$' ../err
    verdict $? "$words on a full disk"
done <<END
data films
movies latest
movies latest --reverse --sort mean --min-ratings 5
recommend latest --user $user
lr-find films
END

# ---- a run that is ended

ran="timeout mltui train" status=
if command -v timeout >/dev/null; then
    timeout --foreground --preserve-status -s TERM 1 \
        "$mltui" train films --epochs 10000 --patience 0 --out stopped >../out 2>../err
    status=$?
    exits 143 "SIGTERM ends a run by the signal"
    run movies ./stopped
    exits 0 "what it had learned is there"
fi

finish

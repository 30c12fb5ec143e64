#!/bin/sh
# fetch.sh - `mltui fetch` through the real program, from a server on the loopback: the
# list, the terms, a cut, an interrupt, what is on the disk after each.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

run fetch --csv
exits 0 "the list needs no network"
has '^name,ratings,users,items,bytes,published,changes,here,part_bytes$' \
    "it has its keys"
has '^ml-25m,25000095,162541,62423,261978986,2019,false,false,0$' "it has ml-25m"
run fetch ml-25
complains 2 "mltui: no archive 'ml-25'; did you mean 'ml-25m'?"
run fetch nonsense
complains 2 "mltui: no archive 'nonsense'; 'mltui fetch' lists what there is"
run train ml-25m
complains 1 "mltui: 'ml-25m' is not here yet; 'mltui fetch ml-25m' downloads it"

if ! grep -q '^#define HAVE_FETCH 1' "$MLTUI_BUILDDIR/config.h"; then
    run fetch ml-25m --yes
    exits 1 "a build without it says so"
    skip "this build cannot fetch"
    finish
fi

# An archive of 60 kB, and its server, which `serve TROUBLE...` starts anew.
mkdir ../site
i=0
{
    echo userId,movieId,rating,timestamp
    while [ $i -lt 3000 ]; do
        echo "$((i / 20 + 1)),$((i % 20 + 1)),$((i % 5 + 1)).0,$((1000000000 + i))"
        i=$((i + 1))
    done
} >ratings.csv
printf 'movieId,title,genres\n1,Alien (1979),Horror\n' >movies.csv
echo 'Terms' >README.txt
"$MLTUI_BUILDDIR/tests/cli/make_zip" ../site/ml-latest-small.zip \
    ml-latest-small/ratings.csv=ratings.csv ml-latest-small/movies.csv=movies.csv \
    ml-latest-small/README.txt=README.txt ml-latest-small/evil.sh=README.txt
size=$(wc -c <../site/ml-latest-small.zip)
data=$HOME/.local/share/mltui
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$sandbox"' EXIT

serve() {
    [ -z "$server" ] || kill "$server"
    rm -f ../address
    "$MLTUI_BUILDDIR/tests/cli/serve" ../address "$@" ../site/ml-latest-small.zip &
    server=$!
    until [ -s ../address ]; do sleep 0.05; done
    MLTUI_FETCH_BASE=$(cat ../address)
    export MLTUI_FETCH_BASE
}

# on_disk SENTENCE NAME...: the data folder holds these names and no other.
on_disk() {
    sentence=$1
    shift
    [ "$(ls -A "$data")" = "$([ $# = 0 ] || printf '%s\n' "$@")" ]
    verdict $? "$sentence"
}

# ---- the terms

serve
run fetch ml-latest-small
exits 2 "without a terminal and --yes nobody agrees"
says '^GroupLens (University of Minnesota) lets anybody use' "the terms are shown"
says '^https://files.grouplens.org/datasets/movielens/ml-latest-small-README.html$' \
    "with their address"
says "type 'mltui fetch ml-latest-small --yes'$" "it says what to type"
[ ! -e "$data" ]
verdict $? "nothing was made"
if has_script; then
    ran='mltui fetch ml-latest-small on a terminal'
    echo n | script -qec "'$mltui' fetch ml-latest-small" /dev/null >../out 2>../err
    status=$?
    exits 1 "a no is heard"
    has 'under these terms? \[y/N\]' "after a question"
    [ ! -e "$data" ]
    verdict $? "nothing was made then either"
fi

# move_part: the server has gone to another port. The part shall be known as one of the
# same place.
move_part() {
    sed "s|$1|$MLTUI_FETCH_BASE|" "$data/.ml-latest-small.zip.from" >from
    cp from "$data/.ml-latest-small.zip.from"
}

# ---- a cut, then the rest

serve cut=40000
run fetch ml-latest-small --yes
exits 1 "a cut is a failure"
says '^mltui: http://127.0.0.1:[0-9]*/ml-latest-small.zip: the connection was cut; 40 kB are kept, the same command goes on from there$' \
    "it says how much is kept"
on_disk "the part is there" .ml-latest-small.zip.from .ml-latest-small.zip.part
run fetch
has '^ml-latest-small .* 40 kB of it here' "the list shows the part"
old=$MLTUI_FETCH_BASE
serve
move_part "$old"
run fetch ml-latest-small --yes --json
exits 0 "the rest comes with the same command"
has '^"fetched":true,$' "it says so"
has "^\"bytes\":$((size - 40000)),\$" "only the rest was fetched"
says '^fetching ml-latest-small.zip: going on at 40 kB of ' "it says where it goes on"
on_disk "the folder is there and nothing else" ml-latest-small
[ "$(ls "$data/ml-latest-small" | tr '\n' ' ')" = 'README.txt movies.csv ratings.csv ' ]
verdict $? "known files were unpacked and no other"
cmp -s ratings.csv "$data/ml-latest-small/ratings.csv"
verdict $? "byte for byte"

# ---- what is here

run fetch ml-latest-small -q
exits 0 "what is here is not fetched again, and nobody is asked"
has "^folder  *$data/ml-latest-small$" "it says where it is"
run fetch --csv
has '^ml-latest-small,.*,true,0$' "the list says that it is here"
run data ml-latest-small --json
has '^"ratings":3000,$' "its name is a name for data"

# ---- an interrupt

rm -r "$data"
if command -v timeout >/dev/null; then
    for signal in INT:130 TERM:143; do
        serve stall=50000
        ran="timeout -s ${signal%:*} mltui fetch"
        timeout --foreground --preserve-status -s "${signal%:*}" 2 \
            "$mltui" fetch ml-latest-small --yes >../out 2>../err </dev/null
        status=$?
        exits "${signal#*:}" "SIG${signal%:*} ends a download that stalls"
        [ "$(grep -c '^mltui: ' ../err)" = 1 ] && [ ! -s ../out ]
        verdict $? "in one line"
        says '^mltui: .*: stopped; 50 kB are kept, the same command goes on from there$' \
            "it says what is kept"
        on_disk "the part is there" .ml-latest-small.zip.from .ml-latest-small.zip.part
        old=$MLTUI_FETCH_BASE
        serve
        move_part "$old"
        run fetch ml-latest-small --yes --json
        has "^\"bytes\":$((size - 50000)),\$" "the same command goes on from there"
        on_disk "the folder is there and nothing else" ml-latest-small
        cmp -s ratings.csv "$data/ml-latest-small/ratings.csv"
        verdict $? "byte for byte"
        rm -r "$data"
    done
else
    skip "no timeout(1) here"
fi

# ---- what the server has not, and addresses that are not asked

run fetch ml-latest --yes
exits 1 "what the server has not is a failure"
says '/ml-latest.zip.md5: the server has no such file (404)$' "it says what"
on_disk "nothing is left"
MLTUI_FETCH_BASE=http://files.example/ml
run fetch ml-latest --yes
exits 2 "http to another machine is refused"
says '^mltui: http://files.example/ml/ml-latest.zip.md5: not encrypted, expected https://HOST/PATH$' \
    "with the reason"

finish

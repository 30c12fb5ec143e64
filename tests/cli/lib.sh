# shellcheck shell=sh
# lib.sh - what the script tests of the line face share; each sources it first.
#
# A test runs the built program in an empty folder with a home of its own, so that the
# user's folders are neither read nor written. `run` keeps what it printed in the files
# out and err and its status in $status; the assertions after it print one line each.

mltui=${MLTUI_BUILDDIR:?run it by make check}/mltui
sandbox=$(mktemp -d) || exit 1
trap 'rm -rf "$sandbox"' EXIT
cd "$sandbox" || exit 1
HOME=$sandbox/home
mkdir "$HOME" work
unset XDG_DATA_HOME XDG_STATE_HOME XDG_CONFIG_HOME XDG_CACHE_HOME
unset COLUMNS NO_COLOR LANG LC_CTYPE LC_MESSAGES
LC_ALL=C.UTF-8
TERM=xterm
export HOME LC_ALL TERM
LSAN_OPTIONS=suppressions=$MLTUI_SRCDIR/tests/leaks.txt:print_suppressions=0
export LSAN_OPTIONS
cd work || exit 1
failed=0

run() {
    "$mltui" "$@" >../out 2>../err </dev/null
    status=$?
    ran="mltui $*"
}

# verdict STATUS SENTENCE: a test that held, or what was printed when it did not.
verdict() {
    if [ "$1" = 0 ]; then
        echo "ok - $2"
        return
    fi
    failed=$((failed + 1))
    echo "not ok - $2"
    echo "# $ran (exit $status)"
    sed 's/^/# out: /; 30q' ../out
    sed 's/^/# err: /; 30q' ../err
}

# exits STATUS SENTENCE
exits() {
    [ "$status" = "$1" ]
    verdict $? "$2"
}

# complains STATUS LINE: nothing on stdout, this one line on stderr.
complains() {
    [ "$status" = "$1" ] && [ ! -s ../out ] && [ "$(cat ../err)" = "$2" ]
    verdict $? "$ran: $2"
}

# prints TEXT SENTENCE: stdout is this, line for line.
prints() {
    [ "$(cat ../out)" = "$1" ]
    verdict $? "$2"
}

# has PATTERN SENTENCE: a line of stdout matches the basic expression.
has() {
    grep -q -e "$1" ../out
    verdict $? "$2"
}

# says PATTERN SENTENCE: a line of stderr matches the basic expression.
says() {
    grep -q -e "$1" ../err
    verdict $? "$2"
}

# Seven films under eight ids, one that nobody saw, and ten ratings by three users, in
# ../data. Rows of the films: 1 Alien, 2 Brook (two ids), 3 Comet, 4 Dune Song, 5 Echo,
# 6 Frost, 7 Étoile.
known_data() {
    mkdir ../data
    cat >../data/movies.csv <<'END'
movieId,title,genres
1,Alien (1979),Horror|Sci-Fi
2,"Brook, The (1995)",Drama
3,Comet (1990),Sci-Fi
4,Dune Song (1999),Drama|Sci-Fi
5,"Echo ""Two"" (1960)",Comedy
6,Frost,Drama
7,Étoile (2001),Drama
8,"Brook, The (1995)",Drama
9,Nobody Saw It (2000),Drama
END
    cat >../data/ratings.csv <<'END'
userId,movieId,rating,timestamp
10,1,5.0,1
10,2,4.0,2
10,8,3.0,3
20,3,2.0,4
20,4,4.5,5
20,6,3.0,6
20,7,4.0,7
30,1,4.0,8
30,5,1.0,9
30,6,5.0,10
END
}

# A run of them whose weights are worked out by hand (see make_run.c), in ../run.
known_run() {
    "$MLTUI_BUILDDIR/tests/cli/make_run" ../data ../run 2>../err >../out
    status=$? ran="make_run ../data ../run"
    exits 0 "the run is made"
}

# Can script(1) make a terminal here?
has_script() {
    command -v script >/dev/null && script -qec true /dev/null >/dev/null 2>&1 </dev/null
}

# skip SENTENCE
skip() {
    echo "SKIP: $1"
}

# The last line of every test.
finish() {
    [ "$failed" = 0 ]
    exit
}

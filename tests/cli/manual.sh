#!/bin/sh
# manual.sh - the pages in man/ are what the program would write now, and good mdoc.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

# up_to_date PAGE OPTION
up_to_date() {
    page=$MLTUI_SRCDIR/man/$1
    run help "$2"
    if diff "$page" ../out >../diff; then
        echo "ok - man/$1 is up to date"
    else
        failed=1
        echo "not ok - man/$1 is stale; in the build folder: ./mltui help $2 >$page"
        sed 's/^/# /' ../diff
    fi
    if command -v mandoc >/dev/null; then
        ran="mandoc -T lint" status=0
        # It looks for the other page among those that are installed.
        mandoc -T lint ../out 2>&1 | grep -v ': referenced manual not found: Xr mltui' >../err
        [ ! -s ../err ]
        verdict $? "mandoc has nothing to say against man/$1"
    else
        skip "no mandoc here"
    fi
}

up_to_date mltui.1 --man
up_to_date mltui-run.5 --man-run

finish

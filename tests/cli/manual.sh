#!/bin/sh
# manual.sh - man/mltui.1 is what the program would write now, and good mdoc.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

page=$MLTUI_SRCDIR/man/mltui.1
run help --man
if diff "$page" ../out >../diff; then
    echo "ok - man/mltui.1 is up to date"
else
    failed=1
    echo "not ok - man/mltui.1 is stale; in the build folder: ./mltui help --man >$page"
    sed 's/^/# /' ../diff
fi
if command -v mandoc >/dev/null; then
    ran="mandoc -T lint" status=0
    mandoc -T lint ../out >../err 2>&1
    [ ! -s ../err ]
    verdict $? "mandoc has nothing to say against it"
else
    skip "no mandoc here"
fi

finish

#!/bin/sh
# commands.sh - every command of the table keeps the manners that all share.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

"$mltui" help | sed -n '/^Commands:/,/^Topics:/s/^  \([a-z][a-z-]*\) .*/\1/p' >../commands
[ -s ../commands ] || { echo "not ok - mltui help lists commands"; exit 1; }

while read -r command; do
    run help "$command"
    exits 0 "help $command"
    cp ../out ../help
    run "$command" --help
    prints "$(cat ../help)" "$command --help is help $command"
    run "$command" --version
    has '^mltui [0-9]' "$command --version"

    # Every option of the help is one, and a flag or not as the help says.
    sed -n 's/^  ....--\([a-z-]*\) *\([A-Z][^ ]*\)*.*/\1 \2/p' ../help >../options
    while read -r option value; do
        case $option in help | version) continue ;; esac
        if [ -n "$value" ]; then
            run "$command" "--$option"
            line="mltui: $command: --$option needs a value: "
        else
            run "$command" "--$option=1"
            line="mltui: $command: --$option takes no value, found '1'"
        fi
        grep -q -e "^$line" ../err && [ "$status" = 2 ] && [ "$(wc -l <../err)" = 1 ]
        verdict $? "$command --$option $value"
    done <../options

    run "$command" --no-such-option
    complains 2 "mltui: $command: no option '--no-such-option'; --help lists all"
    if head -n 1 ../help | grep -q '\]\.\.\. [A-Z]'; then
        run "$command"
        [ "$status" = 2 ] && [ "$(wc -l <../err)" = 1 ] &&
            grep -q "^mltui: $command: expected [A-Z]" ../err
        verdict $? "$command without its operand is one line, exit 2"
    fi
    wide=$(awk 'length($0) > 80 && !/^  mltui/' ../help)
    [ -z "$wide" ]
    verdict $? "help $command fits 80 columns"
    [ "$command" = help ] || grep -q '^Examples:' ../help
    verdict $? "help $command has an example"
done <../commands

finish

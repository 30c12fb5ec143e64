#!/bin/sh
# frame.sh - what all commands share: help, options, mistakes, broken outputs.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

# ---- help and version

run --version
has '^mltui [0-9]' "--version prints name and number"
run -V
has '^mltui [0-9]' "-V does the same"
run help
exits 0 "help succeeds"
cp ../out ../overview
run --help
prints "$(cat ../overview)" "--help alone is help"
run
[ "$status" = 2 ] && [ ! -s ../out ] && [ "$(cat ../err)" = "$(cat ../overview)" ]
verdict $? "without a word help goes to standard error, exit 2"
run help bias
has '^Bias: ' "help explains a topic"
run help help
cp ../out ../help
run help --help
prints "$(cat ../help)" "CMD --help is help CMD"
run --help help
prints "$(cat ../help)" "options may come before the command"
run --color always help
complains 2 "mltui: help: no option '--color'; --help lists all"

# ---- mistakes

run hepl
complains 2 "mltui: no command, data or run 'hepl'; did you mean 'help'?"
run --epochs 3 train
complains 2 "mltui: no command '3'; its options come after a command's name"
run --help trian
complains 2 "mltui: no command, data or run 'trian'; did you mean 'train'?"
run ml-latst
complains 2 "mltui: no command, data or run 'ml-latst'; did you mean 'ml-latest'?"
run sample
complains 2 "mltui: 'sample' is data; try 'mltui data sample' or 'mltui train sample'"
run sampel
complains 2 "mltui: no command, data or run 'sampel'; did you mean 'sample'?"
run qqqqqq
complains 2 "mltui: no command, data or run 'qqqqqq'; 'mltui help' lists what there is"
run help hepl
complains 2 "mltui: no command or topic 'hepl'; did you mean 'help'?"
run help learning-rat
complains 2 "mltui: no command or topic 'learning-rat'; did you mean 'learning-rate'?"
run help a b
complains 2 "mltui: help: one word too many: 'b'; expected mltui help [COMMAND or TOPIC]"
run help --hlep
complains 2 "mltui: help: no option '--hlep'; did you mean '--help'?"
run --hlep
complains 2 "mltui: no option '--hlep'; did you mean '--help'?"
run help -x
complains 2 "mltui: help: no option '-x'; --help lists all"
run help --man=1
complains 2 "mltui: help: --man takes no value, found '1'"
run help -- --man
complains 2 "mltui: no command or topic '--man'; 'mltui help' lists what there is"
run "$(printf '\033[31m\nx')"
ran="mltui with an escape and a new line"
complains 2 "mltui: no command, data or run '\\x1b[31m\\x0ax'; 'mltui help' lists what there is"

# ---- widths

for width in 30 40 80 200; do
    COLUMNS=$width
    export COLUMNS
    for page in help 'help help' 'help bias'; do
        # shellcheck disable=SC2086 # the page is words
        run $page
        wide=$(awk -v w=$width 'length($0) > w && !/^  mltui/' ../out)
        [ "$status" = 0 ] && [ -z "$wide" ]
        verdict $? "$page fits $width columns"
    done
done
unset COLUMNS

# A topic is read without scrolling: 24 lines with the line it was asked in.
for topic in $(sed -n '/^Topics:/,$s/^  \([a-z-]*\) .*/\1/p' ../overview); do
    run help "$topic"
    [ "$status" = 0 ] && [ "$(wc -l <../out)" -lt 24 ]
    verdict $? "help $topic fits a screen of 80 by 24"
done

# ---- locales and colour

for locale in C C.UTF-8 nowhere.UTF-8; do
    LC_ALL=$locale "$mltui" help >../out 2>../err
    status=$?
    prints "$(cat ../overview)" "help is the same in locale $locale"
done

# ---- outputs that break

"$mltui" help >&- 2>../err
status=$? ran="mltui help >&-"
: >../out
complains 1 "mltui: standard output: Bad file descriptor"
if [ -c /dev/full ]; then
    "$mltui" help >/dev/full 2>../err
    status=$? ran="mltui help >/dev/full"
    complains 1 "mltui: standard output: No space left on device"
    "$mltui" --version >/dev/full 2>../err
    status=$? ran="mltui --version >/dev/full"
    complains 1 "mltui: standard output: No space left on device"
else
    skip "no /dev/full here"
fi
"$mltui" nothing 2>&-
status=$? ran="mltui nothing 2>&-"
exits 2 "a closed standard error changes no exit status"
"$mltui" help <&- >../out 2>../err
status=$? ran="mltui help <&-"
exits 0 "a closed standard input does no harm"
# The shell's own status of the first command of a pipe, through a file.
{
    "$mltui" help --man 2>../err
    echo $? >../first
} | head -n 1 >../out
status=$(cat ../first) ran="mltui help --man | head -1"
[ ! -s ../err ] && { [ "$status" = 0 ] || [ "$status" = 141 ]; }
verdict $? "a reader that leaves is no reason to complain"

finish

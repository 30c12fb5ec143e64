#!/bin/sh
# completion.sh - what may be typed next, asked for directly and by each shell there is.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

PATH=$MLTUI_BUILDDIR:$PATH
export PATH

# next WORD… : what may follow, without what is said of it, on one line in $found
next() {
    run completion --next -- "$@"
    found=$(cut -f 1 ../out | tr '\n' ' ')
}

# offers "CANDIDATE… " SENTENCE: these and no others
offers() {
    [ "$found" = "$1" ]
    verdict $? "$2"
}

"$mltui" synth films -q -u 300 -i 200 -r 6000 >/dev/null
for run in night "two words" "$(printf 'esc\033[31m')"; do
    "$mltui" train films -q --epochs 1 --factors 2 --out "$HOME/.local/state/mltui/runs/$run" >/dev/null
done
mkdir -p "$HOME/.local/share/mltui/ml-mine"

# ---- asked directly

next tr
offers "train " "a command"
next ''
commands=$("$mltui" help | sed -n '/^Commands:/,/^Topics:/s/^  \([a-z][a-z-]*\) .*/\1/p' | tr '\n' ' ')
offers "$commands" "every command"
next --v
offers "--version " "an option before a command"
next --help exp
offers "explain export " "a command after an option"
next sa
offers "sample " "data, which open on the screen without a command"
next la
offers "latest " "or a run"
next ./fil
offers ":files " "or a path, where no name can be meant"
next sample --tr
offers "--train " "options of the screen, which has no name here"
next sample ''
offers "" "one thing is opened"
next nonsense ''
offers "" "nothing after what is no command"
next train --s
offers "--split --sampling --seed " "options of a command and shared ones"
next train --sampling ''
offers "permutation bootstrap " "values of an option"
next train --sampling=b
offers "--sampling=bootstrap " "a value in the same word"
next train --sampling = b
offers "bootstrap " "a value as bash splits it"
next train --sampling =
offers "permutation bootstrap " "also before anything of it is typed"
next train --batch a
offers "auto " "a word that stands for a number"
next train --epochs ''
offers "" "nothing where a number is wanted"
next train --device cpu-p
offers "cpu-portable " "a device"
next train s
offers "sample :files " "data: built in, or a path"
next train --epochs 3 -q ml
offers "ml-mine :files " "or in the data folder"
next train films ''
offers "" "nothing where a command has all its operands"
next export l
offers "latest :files " "the newest run"
next export --format csv n
offers "night :files " "a run by name"
next export ''
found=$(cut -f 1 ../out | LC_ALL=C sort | tr '\n' ' ')
offers ":files latest night two words " "runs, but no name that could drive a terminal"
next history night --json ni
offers "night :files " "a run in a list of them"
next help weight
offers "weight-decay " "a topic"
next screen sa
offers "sample :files " "the screen opens data"
next screen --glyphs br sam
offers "sample :files " "after an option"
next screen ni
offers "night :files " "or a run; paths are offered once"
next screen sample ''
offers "" "and nothing after it"
next evaluate latest s
offers "sample :files " "data after a run"
next help screen ''
offers "" "nothing after the word that is explained"
next synth ''
offers ":folders " "a folder"
next fetch ml-2
offers "ml-20m ml-25m " "an archive"
next completion f
offers "fish " "a shell"
next train -- --s
offers ":files " "no option after --"
run completion csh
complains 2 "mltui: no script for 'csh'; expected bash, zsh or fish"
run completion bash zsh
complains 2 "mltui: one word too many: 'zsh'; expected one shell"

# ---- by the shells

touch mltui-1 "mltui 2"
for shell in bash zsh fish; do
    run completion $shell
    cp ../out mltui.$shell
    if ! command -v $shell >/dev/null; then
        skip "no $shell here"
        continue
    fi
    $shell -n mltui.$shell 2>../err
    verdict $? "$shell finds no mistake in its script"
done

# asks COMMAND…: what a shell offers, sorted, on one line in $found
asks() {
    ran=$* status=0
    "$@" >../out 2>../err </dev/null
    found=$(sort ../out | tr '\n' ' ')
}

if command -v bash >/dev/null; then
    cat >ask.bash <<'END'
. ./mltui.bash
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_mltui
printf '%s\n' "${COMPREPLY[@]}"
END
    asks bash ask.bash mltui exp
    offers "explain export " "bash completes a command"
    asks bash ask.bash mltui train --sampling = b
    offers "bootstrap " "bash completes a value after ="
    asks bash ask.bash mltui train --sampling ''
    offers "bootstrap permutation " "bash offers values"
    asks bash ask.bash mltui export two
    offers "two words " "bash offers a run"
    asks bash ask.bash mltui export --out mltui-
    offers "mltui-1 " "bash offers files"
    asks bash ask.bash "$MLTUI_BUILDDIR/mltui" help fac
    offers "factor factors " "bash asks the program that was typed"
fi
if command -v fish >/dev/null; then
    fish_asks() {
        asks fish -c "source mltui.fish; complete -C '$1'"
        found=$(cut -f 1 ../out | sort | tr '\n' ' ')
    }
    fish_asks 'mltui exp'
    offers "explain export " "fish completes a command"
    fish_asks 'mltui train --sampling=b'
    offers "--sampling=bootstrap " "fish completes a value after ="
    fish_asks 'mltui export ni'
    offers "night " "fish offers a run"
    fish_asks 'mltui export --out=mltui-'
    offers "--out=mltui-1 " "fish offers files after ="
fi
if command -v zsh >/dev/null && zsh -fc 'zmodload zsh/zpty' 2>/dev/null; then
    # A shell on a terminal gets a line, a TAB, and is made to say the line.
    cat >ask.zsh <<'END'
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z 'PS1="> "; autoload -U compinit; compinit -u -D; source ./mltui.zsh; said() { print -r -- "SAID $*" }; said READY'
zpty -r z out '*SAID READY*'
for line; do
    zpty -w -n z "$line"$'\t\C-asaid \n'
    zpty -r z out $'*SAID *\n*'
    out=${out##*SAID }
    print -r -- ${${out%%$'\n'*}%$'\r'}
done
END
    asks zsh -f ask.zsh 'mltui exp' 'mltui expo' 'mltui train --sampling=b' 'mltui export ni' \
        'mltui export --out mltui-' 'mltui export --out=mltui-' 'mltui train --see'
    prints 'mltui exp
mltui export
mltui train --sampling=bootstrap
mltui export night
mltui export --out mltui-1
mltui export --out=mltui-1
mltui train --seed' "zsh completes commands, values, runs, files and options"
fi

finish

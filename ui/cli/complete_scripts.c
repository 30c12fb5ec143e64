/* complete_scripts.c - a few lines for each shell that ask `mltui completion --next`.
 */
#include "config.h"

#include "ui/cli/complete.h"

#include <stddef.h>

static const char bash[] =
    "# bash completion for mltui, made by `mltui completion bash`\n"
    "_mltui() {\n"
    "    local line cur=${COMP_WORDS[COMP_CWORD]}\n"
    "    [[ $cur == \"=\" ]] && cur=\n"
    "    COMPREPLY=()\n"
    "    while IFS= read -r line; do\n"
    "        case $line in\n"
    "        :files | :folders)\n"
    "            compopt -o filenames 2>/dev/null\n"
    "            [[ $line == :files ]] && line=-f || line=-d\n"
    "            while IFS= read -r line; do\n"
    "                COMPREPLY+=(\"$line\")\n"
    "            done < <(compgen $line -- \"$cur\")\n"
    "            ;;\n"
    "        *) COMPREPLY+=(\"${line%%$'\\t'*}\") ;;\n"
    "        esac\n"
    "    done < <(\"${COMP_WORDS[0]}\" completion --next -- \\\n"
    "        \"${COMP_WORDS[@]:1:COMP_CWORD}\" 2>/dev/null)\n"
    "}\n"
    "complete -F _mltui mltui\n";

static const char zsh[] =
    "#compdef mltui\n"
    "# zsh completion for mltui, made by `mltui completion zsh`\n"
    "_mltui() {\n"
    "    local line paths\n"
    "    local -a found\n"
    "    for line in ${(f)\"$(\"${(Q)words[1]}\" completion --next -- \\\n"
    "        \"${(@Q)words[2,CURRENT]}\" 2>/dev/null)\"}; do\n"
    "        case $line in\n"
    "        :files) paths=-f ;;\n"
    "        :folders) paths=-/ ;;\n"
    "        *$'\\t'*) found+=(\"${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}\") ;;\n"
    "        *) found+=(\"${line//:/\\\\:}\") ;;\n"
    "        esac\n"
    "    done\n"
    "    (( $#found )) && _describe -V mltui found\n"
    "    [[ -z $paths ]] && return\n"
    "    compset -P '--*='\n"
    "    _path_files $paths\n"
    "}\n"
    "if [[ $funcstack[1] == _mltui ]]; then\n"
    "    _mltui \"$@\"\n"
    "else\n"
    "    compdef _mltui mltui\n"
    "fi\n";

static const char fish[] =
    "# fish completion for mltui, made by `mltui completion fish`\n"
    "function __mltui_complete\n"
    "    set -l words (commandline -opc)\n"
    "    set -l cur (commandline -ct)\n"
    "    set -l before (string match -r -- '^--[a-z-]*=' \"$cur\")\n"
    "    set -l rest (string replace -r -- '^--[a-z-]*=' '' \"$cur\")\n"
    "    set -l program $words[1]\n"
    "    set -e words[1]\n"
    "    for line in (command $program completion --next -- $words \"$cur\" "
    "2>/dev/null)\n"
    "        switch $line\n"
    "            case :files\n"
    "                printf \"$before%s\\n\" (__fish_complete_path \"$rest\")\n"
    "            case :folders\n"
    "                printf \"$before%s\\n\" (__fish_complete_directories \"$rest\")\n"
    "            case '*'\n"
    "                printf '%s\\n' $line\n"
    "        end\n"
    "    end\n"
    "end\n"
    "complete -c mltui -f -a '(__mltui_complete)'\n";

const struct complete_shell complete_shells[] = {
    { "bash", bash },
    { "zsh", zsh },
    { "fish", fish },
    { NULL, NULL },
};

#!/usr/bin/env bash
# The completions for shells: options, words of arguments, and else the names of files.
. "$(dirname "$0")/check.sh"

expect_like 2 '' '.*invalid argument .tcsh.*' mscan --completions=tcsh
mscan --help | grep -q completions && fail "--help shows a hidden option"

mscan --completions=bash >mscan.bash
# shellcheck disable=SC1091
. ./mscan.bash
# complete_words EXPECTED WORD...: what the last of the words could become; with blanks between, at most some of many.
complete_words()
{
    local expected=$1
    shift
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    COMPREPLY=()
    _mscan 2>/dev/null # compopt complains, as nothing is being completed
    [ "${COMPREPLY[*]}" = "$expected" ] || fail "bash: ${*@Q}: ${COMPREPLY[*]}"
}
complete_words '--regexp=' mscan --rege
complete_words '--recursive' mscan --recu
complete_words '--invert-match' mscan --inv
complete_words '--color' mscan --colo
complete_words 'always auto' mscan --color = a
complete_words 'always never auto' mscan --color =
complete_words 'read recurse' mscan -d r
complete_words 'skip' mscan --directories = s
complete_words 'read skip' mscan -D ''
complete_words '' mscan pattern fi
complete_words '' mscan --file = fi
complete_words '' mscan --nonsense
complete_words '' mscan --chunk
COMP_WORDS=(mscan -) COMP_CWORD=1
_mscan 2>/dev/null
[ "${#COMPREPLY[@]}" -gt 50 ] || fail "bash: only ${#COMPREPLY[@]} options"

# mwc has its own.
mscan --wc --completions=bash >mwc.bash
# shellcheck disable=SC1091
. ./mwc.bash
COMP_WORDS=(mwc --total = a) COMP_CWORD=3
_mwc 2>/dev/null
[ "${COMPREPLY[*]}" = 'auto always' ] || fail "bash: mwc --total=a: ${COMPREPLY[*]}"
COMP_WORDS=(mwc --max) COMP_CWORD=1
_mwc 2>/dev/null
[ "${COMPREPLY[*]}" = --max-line-length ] || fail "bash: mwc --max: ${COMPREPLY[*]}"
expect_like 1 '' '.*invalid argument .tcsh.*' mscan --wc --completions=tcsh

if command -v zsh >/dev/null; then
    mscan --completions=zsh >_mscan
    mscan --wc --completions=zsh >_mwc
    zsh -n _mscan && zsh -n _mwc || fail "zsh does not take the completions"
fi
if command -v fish >/dev/null; then
    mscan --completions=fish >mscan.fish
    mscan --wc --completions=fish >mwc.fish
    fish -n mscan.fish && fish -n mwc.fish || fail "fish does not take the completions"
    expect 0 '--color=always\tcolor matches: always, never or auto (default)\n' \
        fish -N -c 'source mscan.fish; complete -C "mscan --color=alw"'
fi

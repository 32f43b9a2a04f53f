#!/usr/bin/env bash
# --binary-files and -I: what becomes of lines that are not text.
. "$(dirname "$0")/check.sh"

file f 'a1\na\0000\na\0377\na2\n'
file g 'a\0000\n'
each()
{
    expect 0 'a1\nBinary file f matches\n' mscan "${path[@]}" --binary-files=binary a f
    expect 0 'a1\na\0000\na\0377\na2\n' mscan "${path[@]}" --binary-files=text a f
    for option in -I --binary-files=without-match; do
        expect 0 'a1\na2\n' mscan "${path[@]}" "$option" a f
        expect 0 '1:a1\n4:a2\n' mscan "${path[@]}" -n "$option" a f
        expect 0 '2\n' mscan "${path[@]}" -c "$option" a f
        expect 0 '2\n' mscan "${path[@]}" --count-matches "$option" a f
        expect 0 'a1\na2\n' mscan "${path[@]}" "$option" -v b f
        expect 0 'a1\na2\n' mscan "${path[@]}" "$option" '' f
        expect 0 '2\n' mscan "${path[@]}" "$option" -c '' f
        expect 0 '4:a2\n' mscan "${path[@]}" "$option" -nm1 'a($|2|\x00|\xff)' f
        expect 0 'f\n' mscan "${path[@]}" "$option" -l a f g
        expect 1 'f\ng\n' mscan "${path[@]}" "$option" -L 'a\x00' f g
        expect 1 '' mscan "${path[@]}" "$option" -q a g
        expect 1 '' mscan "${path[@]}" "$option" a g
    done
    # The last one counts.
    expect 0 'a1\na2\n' mscan "${path[@]}" -a -I a f
    expect 0 'a1\na\0000\na\0377\na2\n' mscan "${path[@]}" -I -a a f
}
each_path each
expect_like 2 '' 'mscan: .*expected binary, text or without-match.*' mscan --binary-files=x a f

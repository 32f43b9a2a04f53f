#!/usr/bin/env bash
# -b: the offset of the line, with -o of the match.
. "$(dirname "$0")/check.sh"

file f 'a\n\nb\na'
file u 'äa\naäa\n'

expect 0 '0:a\n5:a\n' mscan -b a f
expect 0 '0:a\n5:a\n' mscan --byte-offset a f
expect 0 '1:0:a\n4:5:a\n' mscan -nb a f
expect 0 '1:0:a\n4:5:a\n' mscan -bn a f
expect 0 'f:1:0:a\nf:4:5:a\n' mscan -bnH a f
expect 0 '2:\n3:b\n' mscan -bv a f
# Bytes, not characters.
expect 0 '2:a\n4:a\n7:a\n' mscan -bo a u
expect 0 '0:äa\n4:aäa\n' mscan -b a u
expect 0 '1:2:a\n2:4:a\n2:7:a\n' mscan -bon a u
expect 0 '0:a\n1:a\n' mscan -bo a <(printf 'aa\n')
expect 0 '5:a\n' mscan -bo 'a$' <(printf 'aa aaa\n')
seq 300000 >long
grep -b 99 long >wanted
grep -bo 9 long >nines
each()
{
    expect_file 0 wanted mscan "${path[@]}" -b 99 long
    expect_file 0 nines mscan "${path[@]}" -bo 9 long
}
each_path each
behind() { { head -c 4 >/dev/null; mscan "$@"; } <f; }
# The offset counts from where the search begins, as grep's does.
expect 0 '1:a\n' behind -b a
expect 0 '0:\n1:a\n' behind -b ''
expect 0 '2:a\n' behind -n a

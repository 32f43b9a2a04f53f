#!/usr/bin/env bash
# -o prints each match that is not empty on a line of its own.
. "$(dirname "$0")/check.sh"

file f 'foo bar foo\nbar\nfoo'

expect 0 'foo\nfoo\nfoo\n' mscan -o foo f
expect 0 'foo\nfoo\nfoo\n' mscan --only-matching foo f
expect 0 '1:foo\n1:foo\n3:foo\n' mscan -on foo f
expect 0 '0:foo\n8:foo\n16:foo\n' mscan -ob foo f
expect 0 'f:1:0:foo\nf:1:8:foo\nf:3:16:foo\n' mscan -obnH foo f
expect 0 'foo\nfoo\n' mscan -om1 foo f
expect 0 'foo bar foo\nbar\nfoo\n' mscan -o '.*' f
expect 0 'o\no\no\no\no\no\n' mscan -o o f
expect 0 'oo\noo\noo\n' mscan -o 'o*' f
expect 0 'foo\nfoo\n' mscan -o '^foo' f
expect 0 'foo\nfoo\n' mscan -o 'foo$' f
expect 0 'foo\nfoo\nfoo\n' mscan -ow foo f
expect 0 'bar\nfoo\n' mscan -ox 'bar|foo' f
expect 0 'foo\nbar\nfoo\nbar\nfoo\n' mscan -o -e foo -e bar f
expect 0 'FOO\n' mscan -oi foo <(printf 'FOO\n')
# Selected, but nothing to print.
expect 0 '' mscan -ov foo f
expect 0 '' mscan -o '' f
expect 0 '' mscan -o 'x*' f
expect 0 '' mscan -o '(?=foo)' f
expect 1 '' mscan -o x f
expect 0 '2\n' mscan -oc foo f
expect 0 'f\n' mscan -ol foo f
# Matches that follow each other, and empty ones between them.
expect 0 'a\na\n' mscan -o 'a|(?=b)' <(printf 'aba\n')
expect 0 'ab\nab\n' mscan -o 'ab' <(printf 'ababx\n')
expect 0 'aba\n' mscan -o 'aba' <(printf 'ababa\n')
expect 0 'b\n' mscan -o 'a\Kb' <(printf 'abb\n')
expect 0 'b\nb\n' mscan -o '(?<=[ab])b' <(printf 'abb\n')
expect 0 'ä\nö\n' mscan -o '[^x]' <(printf 'äxö\n')
expect 0 'ä\nö\n' mscan -o '(?:x*+\K)[^x]' <(printf 'äxö\n')
# A long line with many matches.
each()
{
    expect 0 '100000\n' counted
}
counted() { head -c 200000 /dev/zero | tr '\0' 'x' | sed 's/xx/xy/g' | mscan "${path[@]}" -o y | grep -c '^y$'; }
each_path each

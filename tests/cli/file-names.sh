#!/usr/bin/env bash
# -H, -h and --label: the file's name before each line.
. "$(dirname "$0")/check.sh"

file f 'a\n'
file g 'a\n'

expect 0 'a\n' mscan a f
expect 0 'f:a\ng:a\n' mscan a f g
expect 0 'f:a\n' mscan -H a f
expect 0 'f:a\n' mscan --with-filename a f
expect 0 'a\na\n' mscan -h a f g
expect 0 'a\na\n' mscan --no-filename a f g
expect 0 './f:a\n' mscan -H a ./f
expect 0 "$PWD/f:a\n" mscan -H a "$PWD/f"
expect_error 2 'f:a\n' 'mscan: missing: No such file or directory\n' mscan a f missing

expect 0 'a\n' mscan a <f
expect 0 '(standard input):a\n' mscan -H a <f
expect 0 '(standard input):a\n' mscan -H a - <f
expect 0 'f:a\n(standard input):a\n' mscan a f - <g
expect 0 'x y:a\n' mscan -H --label='x y' a <f
expect 0 'x:a\n' mscan -H --label=x a - <f
expect 0 'f:a\nx:a\n' mscan --label=x a f - <g
expect 0 'a\n' mscan --label=x a <f
expect 0 ':a\n' mscan -H --label= a <f
expect 0 'x:1\n' mscan -cH --label=x a <f
expect 0 'x:1:0:a\n' mscan -nbH --label=x a <f
# A label is for standard input only.
expect 0 'f:a\n' mscan -H --label=x a f
# A file with that name is reached by another.
file - 'b\n'
expect 0 './-:b\n' mscan -H b ./-

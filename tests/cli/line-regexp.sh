#!/usr/bin/env bash
# -x: the match is the whole line.
. "$(dirname "$0")/check.sh"

file f 'foo\nfoobar\nfoo\r\n foo\n\nfoo'

expect 0 'foo\nfoo\n' mscan -x foo f
expect 0 'foo\nfoo\n' mscan --line-regexp foo f
expect 0 'foo\nfoo\n' mscan -Fx foo f
expect 0 'foo\nfoobar\nfoo\n' mscan -x 'foo|foobar' f
expect 0 'foobar\nfoo\r\n foo\n\n' mscan -xv foo f
expect 0 'foo\nfoo\n' mscan -xo foo f
expect 0 '\n' mscan -x '' f
expect 0 '\n' mscan -x 'x*' f
expect 0 'foo\nfoobar\nfoo\r\n foo\n\nfoo\n' mscan -x '.*' f
expect 0 'foobar\n' mscan -x 'foo.{3}' f
expect 0 'foobar\n' mscan -x 'a|b|foobar' f
expect 0 'foo\nfoo\n' mscan -xi FOO f
expect 0 'foobar\n' mscan -x -e bar -e foobar f
expect 1 '' mscan -x 'o' f
expect 0 '2\n' mscan -xc foo f
expect 0 'foo\nfoo\n' mscan -x '^foo$' f

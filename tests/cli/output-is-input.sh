#!/usr/bin/env bash
# An output file that is also an input is refused.
. "$(dirname "$0")/check.sh"

file f 'a\n'
file g 'a\n'
message='input file is also the output\n'

into() { local target=$1; shift; mscan "$@" >>"$target"; }
expect_error 2 '' "mscan: f: $message" into f a f
expect_error 2 '' "mscan: f: $message" into f a f g
[ "$(cat f)" = "$(printf 'a\ng:a')" ] || fail "f holds $(cat f)"
file f 'a\n'
expect_error 2 '' "mscan: ./f: $message" into f a ./f
ln f hard
ln -s f soft
expect_error 2 '' "mscan: hard: $message" into f a hard
expect_error 2 '' "mscan: f: $message" into soft a f
expect_error 2 '' "mscan: f: $message" into f -v x f
expect_error 2 '' "mscan: f: $message" into f -n a f
expect_error 2 '' "mscan: f: $message" into f -o a f
expect_error 2 '' "mscan: f: $message" into f -m2 a f
expect 2 '' into f -s a f
from() { mscan "$@" <f >>f; }
expect_error 2 '' "mscan: (standard input): $message" from a
expect_error 2 '' "mscan: x: $message" from --label=x a -
[ "$(cat f)" = a ] || fail "f holds $(cat f)"
over() { cp g h; mscan "$@" >h; }
expect_error 2 '' "mscan: h: $message" over a h
# Both read and written.
both() { mscan "$@" 1<>f; }
expect_error 2 '' "mscan: f: $message" both a f
# What prints once at the end, or one line, does no harm.
expect 0 '' into h -c a f
expect 0 '' into f -q a f
expect 0 '' into f -m1 a f
expect 0 '' into f -l a f
expect 0 '' into f -c a f
expect 1 '' into f -m0 a f
[ "$(cat f)" = "$(printf 'a\na\nf\n2')" ] || fail "f holds $(cat f)"
# A device is nobody's file.
null() { mscan "$@" >/dev/null; }
expect 1 '' null a /dev/null

#!/usr/bin/env bash
# -q prints nothing, and ends with success at the first selected line.
. "$(dirname "$0")/check.sh"

file f 'a\n'
file g 'b\n'

expect 0 '' mscan -q a f
expect 0 '' mscan --quiet a f
expect 0 '' mscan --silent a f
expect 1 '' mscan -q x f
expect 1 '' mscan -q a g
expect 0 '' mscan -q a g f
expect 0 '' mscan -qc a f
expect 0 '' mscan -ql a f
expect 0 '' mscan -qo a f
expect 0 '' mscan -qv b f
expect 0 '' mscan -q a <f
expect 1 '' mscan -q x <f
expect 1 '' mscan -q -m0 a f
# A match makes up for an error, which is still said where it came first.
expect_error 0 '' 'mscan: missing: No such file or directory\n' mscan -j1 -q a missing f
expect_error 2 '' 'mscan: missing: No such file or directory\n' mscan -q a missing g
expect 0 '' mscan -j1 -q a f missing
expect 0 '' mscan -qs a missing f
expect 2 '' mscan -qs a missing g
file zero 'a\0000\n'
expect 0 '' mscan -q a zero
# What comes behind the first match is not read.
each() { expect 0 '' mscan "${path[@]}" -q 1 <(seq 10; sleep 20) ; }
SECONDS=0
each_path each
[ $SECONDS -lt 15 ] || fail "-q waited for the rest of a pipe"

#!/usr/bin/env bash
# Standard input is closed.
. "$(dirname "$0")/check.sh"

file f 'a\n'

closed() { mscan "$@" <&-; }
expect_error 2 '' 'mscan: (standard input): Bad file descriptor\n' closed a
expect_error 2 'f:a\n' 'mscan: (standard input): Bad file descriptor\n' closed a - f
expect 0 'a\n' closed a f
expect 2 '' closed -s a
expect_error 2 '' 'mscan: -: Bad file descriptor\n' closed -f - f

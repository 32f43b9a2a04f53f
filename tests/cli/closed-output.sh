#!/usr/bin/env bash
# Standard output or standard error is closed.
. "$(dirname "$0")/check.sh"

file f 'a\n'

closed() { mscan "$@" >&-; }
expect_error 2 '' 'mscan: write error: Bad file descriptor\n' closed a f
expect_error 2 '' 'mscan: write error: Bad file descriptor\n' closed -c a f
expect 1 '' closed x f
expect 0 '' closed -q a f

file g "b\n"
read_only() { mscan "$@" 1<g; }
expect_error 2 '' 'mscan: write error: Bad file descriptor\n' read_only a f

# A message that cannot be written is no error by itself, and goes into no file.
mute() { mscan "$@" 2>&-; }
expect 0 'a\n' mute a f
expect 2 'f:a\n' mute a f missing
expect 2 '' mute --nonsense
both() { mscan "$@" >&- 2>&-; }
expect 2 '' both a f
expect 1 '' both x f
all() { mscan "$@" <&- >&- 2>&-; }
expect 2 '' all a f
expect 0 '' all -q a f
[ "$(cat f)" = a ] || fail "the file was changed"

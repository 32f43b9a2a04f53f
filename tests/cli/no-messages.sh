#!/usr/bin/env bash
# -s says nothing about files that cannot be read; the status is the same.
. "$(dirname "$0")/check.sh"

file f 'a\n'

expect 2 'f:a\n' mscan -s a f missing
expect 2 '' mscan -s a missing
expect 2 'f:a\n' mscan --no-messages a missing f
expect 2 '' mscan -s a .
expect 0 '' mscan -qs a missing f
expect 2 'f:1\n' mscan -cs a missing f
# Other mistakes are said.
expect_like 2 '' 'mscan: bad pattern: .*' mscan -s '(' f
expect_error 2 '' 'mscan: missing: No such file or directory\n' mscan -s -f missing f

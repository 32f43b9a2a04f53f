#!/usr/bin/env bash
# Options that are there for grep's sake: -U, --binary and -y.
. "$(dirname "$0")/check.sh"

file f 'a\r\nA\r\n'
expect 0 'a\r\n' mscan -U a f
expect 0 'a\r\n' mscan --binary a f
expect 0 '2\n' mscan -y -c a f
expect 0 'a\r\n' mscan -y --no-ignore-case a f
expect_like 0 '.*' '' mscan --help
mscan --help | grep -q -e '-y' && fail "--help shows the obsolete -y"
expect_like 2 '' '.*invalid option -- .u.*' mscan -u a f

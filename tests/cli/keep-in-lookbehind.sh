#!/usr/bin/env bash
# A match that begins before the place where the search goes on: PCRE2 allows it where \K stands in a group that a
# lookbehind calls.
. "$(dirname "$0")/check.sh"

printf 'xxccc\n' >f
pattern='(?(DEFINE)(\K..))(?<=(?1))'
expect 0 'xxccc\n' mscan "$pattern" f
expect 0 'xx\n' timeout 20 "$MSCAN" -o "$pattern" f
expect 0 '1\n' timeout 20 "$MSCAN" --count-matches "$pattern" f
timeout 20 "$MSCAN" --mmap --color=always "${pattern}c" f >out || fail "status $?"

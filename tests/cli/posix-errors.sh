#!/usr/bin/env bash
# -G and -E: what is wrong with a pattern, in grep's words, and where.
. "$(dirname "$0")/check.sh"

file f 'a\n'

bad()
{
    local message=$1 caret=$2
    shift 2
    expect_like 2 '' "mscan: bad pattern: $message"$'\n'"  .*"$'\n'"  $caret"$'\n' mscan "$@" f
}

bad 'Unmatched \( or \\\(' ' \^' -E 'a(b'
bad 'Unmatched \( or \\\(' ' \^' -G 'a\(b'
bad 'Unmatched \) or \\\)' ' \^' -G 'a\)b'
bad 'Unmatched \\\{' '   \^' -G 'a\{1'
bad 'Invalid content of \\\{\\\}' '  \^' -E 'a{2,1}'
bad 'Invalid content of \\\{\\\}' '   \^' -G 'a\{x\}'
bad 'Regular expression too big' '  \^' -E 'a{32768}'
bad 'Invalid back reference' '   \^' -E '(a)\2'
bad 'Invalid back reference' '    \^' -E '(a)|\1'
bad 'Trailing backslash' ' \^' -E 'a\'
bad 'Unmatched \[, \[\^, \[:, \[\., or \[=' ' \^' -E 'a[b'
bad 'Unmatched \[, \[\^, \[:, \[\., or \[=' ' \^' -E 'a[[:alpha:]'
bad 'Invalid range end' ' \^' -E 'a[z-a]'
bad 'Invalid range end' ' \^' -E 'a[a-[:alpha:]]'
bad 'Invalid character class name' '\^' -E '[[:nope:]]'
bad 'Invalid collation character' '\^' -E '[[.space.]]'
bad 'character class syntax is \[\[:space:\]\], not \[:space:\]' '\^' -E '[:space:]'
# Of several patterns the one that is wrong is shown.
expect_error 2 '' 'mscan: bad pattern: Unmatched ( or \\(\n  (b\n  ^\n' mscan -E -e a -e '(b' -e c f
expect_error 2 '' 'mscan: bad pattern: Unmatched ( or \\(\n  (b\n  ^\n' mscan -E $'a\n(b\nc' f
# A parenthesis cannot close the one that -w and -x put around a pattern.
expect 0 'a)\n' mscan -Ex 'a)' <(printf 'a)\na\n')
expect 0 'a)\n' mscan -Ew 'a)' <(printf 'a)\na\n')
# What is not valid UTF-8.
expect_error 2 '' \
    'mscan: bad pattern: not valid UTF-8 (--no-unicode searches for bytes, and so does -F)\n  a\0377\n   ^\n' \
    mscan -E $'a\xff' f
expect 0 'a\0377\n' mscan -E --no-unicode $'a\xff' <(printf 'a\377\n')
expect 0 'a\0377\n' mscan -Fa $'a\xff' <(printf 'a\377\n')

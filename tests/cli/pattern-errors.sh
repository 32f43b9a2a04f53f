#!/usr/bin/env bash
# A pattern that cannot be compiled: the message, the pattern, and a caret under the place.
. "$(dirname "$0")/check.sh"

file f 'a\n'

bad()
{
    local message=$1 shown=$2 caret=$3
    shift 3
    expect_error 2 '' "mscan: bad pattern: $message\n  $shown\n  $caret\n" mscan "$@" f
}

bad 'missing closing parenthesis' 'a(b' '   ^' 'a(b'
bad 'unmatched closing parenthesis' 'a)b' ' ^' 'a)b'
bad 'missing terminating ] for character class' 'a[b' '   ^' 'a[b'
bad 'quantifier does not follow a repeatable item' '*a' '^' '*a'
bad '\\ at end of pattern' 'a\\' '  ^' 'a\'
bad 'numbers out of order in {} quantifier' 'a{3,2}' '     ^' 'a{3,2}'
bad 'range out of order in character class' '[z-a]' '   ^' '[z-a]'
bad 'reference to non-existent subpattern' 'a\\2' '  ^' 'a\2'
bad 'unknown property after \\P or \\p' '\\p{Nope}' '        ^' '\p{Nope}'
# Of several, the one that is wrong.
bad 'missing closing parenthesis' '(b' '  ^' -e a -e '(b' -e c
bad 'missing closing parenthesis' '(b' '  ^' $'a\n(b\nc'
# Of a file, its name and the line.
file p 'a\n\n(b\n(b\n'
file q 'x\na\n[b'
listed()
{
    local place=$1 shown=$2 caret=$3
    shift 3
    expect_error 2 '' "mscan: $place: bad pattern: $shown\n  $caret\n" mscan "$@" f
}
listed p:3 'missing closing parenthesis\n  (b' '  ^' -f p
listed q:3 'missing terminating ] for character class\n  [b' '  ^' -f q
listed p:3 'missing closing parenthesis\n  (b' '  ^' -e c -e a -f p -f q
listed ./p:3 'missing closing parenthesis\n  (b' '  ^' -w --file=./p -e c
listed p:3 'Unmatched ( or \\(\n  (b' '^' -E -f p
listed -:2 'missing closing parenthesis\n  (b' '  ^' -f - < <(printf 'a\n(b\n')
bad 'missing closing parenthesis' '(b' '  ^' -e '(b' -f p
# Wrapped patterns show what was given.
bad 'missing closing parenthesis' 'a(b' '   ^' -w 'a(b'
bad 'missing closing parenthesis' 'a(b' '   ^' -x 'a(b'
bad 'missing closing parenthesis' 'a(b' '   ^' -i -v -c 'a(b'
# A parenthesis cannot escape the wrapping.
bad 'unmatched closing parenthesis' 'a)|(b' ' ^' -x 'a)|(b'
bad 'unmatched closing parenthesis' 'a)|(b' ' ^' -e x -e 'a)|(b'
# Characters count, not bytes; what cannot be shown is a question mark.
bad 'missing closing parenthesis' 'äö(b' '    ^' 'äö(b'
LC_ALL=C bad 'missing closing parenthesis' 'äö(b' '      ^' 'äö(b'
bad 'missing closing parenthesis' 'a?(b' '    ^' $'a\t(b'
# Pieces of long ones.
long=$(printf '%200s' '' | tr ' ' x)
expect_like 2 '' 'mscan: bad pattern: [a-z ]+.  [x(]+.   +\^.' mscan "$long($long" f
# Nothing is searched, and no file looked at.
expect_like 2 '' 'mscan: bad pattern: .*' mscan -q '(' missing
expect_like 2 '' 'mscan: bad pattern: .*' mscan -s '(' missing
expect_like 2 '' 'mscan: bad pattern: .*' mscan --explain '(' missing
expect 1 '' mscan -F '(' f

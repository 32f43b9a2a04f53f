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
printf 'a\n(b\n' >p
bad 'missing closing parenthesis' '(b' '  ^' -f p
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

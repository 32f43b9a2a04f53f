#!/usr/bin/env bash
# Matches of thousands of words: -o, --color, --count-matches, -w and -x.
. "$(dirname "$0")/check.sh"

seq 1000 9999 | sed 's/^/w/' >words
printf 'w12\nw123\nw12345\n' >>words
file f 'w12\nxw1234y w9999\nw123 w12345 w123456\nnone\nW1234 w1234\xc3\xa9 \xe2\x80\x99w1235\xe2\x80\x99\n'

expect 0 'w12\nw1234\nw9999\nw123\nw12345\nw12345\nw1234\nw1235\n' mscan -o -F -f words f
expect 0 'w12\nw1234\nw9999\nw123\nw12345\nw12345\nW1234\nw1234\nw1235\n' mscan -o -i -F -f words f
expect 0 'w12\nw9999\nw123\nw12345\nw1235\n' mscan -o -w -F -f words f
expect 0 'w12\n' mscan -o -x -F -f words f
expect 0 '9\n' mscan --count-matches -i -F -f words f
# Without -F, of the words at a place the first of the list is the match.
expect 0 'w12\nw1234\nw9999\nw12\nw1234\nw1234\nw1234\nw1235\n' mscan -o -f words f
expect 0 '\x1b[01;31m\x1b[Kw12\x1b[m\x1b[K\n' mscan --color=always -x -F -f words f
expect 0 '1:w12\n2:xw1234y w9999\n3:w123 w12345 w123456\n5:W1234 w1234\xc3\xa9 \xe2\x80\x99w1235\xe2\x80\x99\n' \
    mscan -n -F -f words f
expect 1 '' mscan -o -v -x -F -f words words

# One that is empty, and one with a character beyond ASCII that has two cases, leave the others to the engine.
{ cat words; echo; } >with-empty
{ cat words; printf '\xc3\xa9\nke\n'; } >with-wide
file g 'w1000\n\nW1000 \xc3\x89\n\xe2\x84\xaaey\nnone\n \n'
expect 0 '1:w1000\n2:\n' mscan -n -x -F -f with-empty g
expect 0 '1:w1000\n2:\n' mscan -n -x -f with-empty g
expect 0 '2\n' mscan -c -x -F -f with-empty g
expect 0 'w1000\n' mscan -o -x -F -f with-empty g
expect 0 '1:w1000\n2:\n6: \n' mscan -n -w -F -f with-empty g
expect 0 '1:w1000\n3:W1000 \xc3\x89\n4:\xe2\x84\xaaey\n' mscan -n -i -F -f with-wide g
expect 0 'w1000\nW1000\n\xc3\x89\n\xe2\x84\xaae\n' mscan -o -i -F -f with-wide g
expect 0 '3\n' mscan -c -i -F -f with-wide g
expect 0 '2:\n5:none\n6: \n' mscan -n -v -i -F -f with-wide g
expect 0 '1:w1000\n3:W1000 \xc3\x89\n' mscan -m2 -n -i -F -f with-wide g
expect_like 0 '.*for PCRE2 alone, in text beyond ASCII:.*' '' mscan --explain -i -F -f with-wide g
# One pattern that the parser does not understand, likewise; of two at a place the first of the list is the match.
file p 'w10\n(?|n(o)|w(1))\\1?\nw1000\n'
expect 0 '1:w1000\n3:W1000 \xc3\x89\n5:none\n' mscan -n -i -f p g
expect 0 'w10\nW10\nno\n' mscan -o -i -f p g
expect_like 0 '.*for PCRE2 alone, in all text:.*' '' mscan --explain -f p g
# A wrong one among them is told of, and of several the first.
file p 'a\nb(\n(?|c)\nd(?R\n'
expect_error 2 '' 'mscan: p:2: bad pattern: missing closing parenthesis\n  b(\n    ^\n' mscan -f p g

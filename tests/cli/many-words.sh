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

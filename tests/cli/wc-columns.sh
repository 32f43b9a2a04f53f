#!/usr/bin/env bash
# -L: the columns of the longest line.
. "$(dirname "$0")/check.sh"

width()
{
    printf %b "$2" >text
    expect 0 "$1 text\n" mwc -L text
    expect 0 "$1 text\n" mwc -L -j3 --mmap --chunk-size=3 text
}

width 0 ''
width 0 '\n\n'
width 3 'a\nabc\nab\n'
width 4 'a\nabc\nabcd'
width 8 '\t'
width 8 '\t\n1234567\t\n'
width 16 '12345678\t\n'
width 17 'a\tb\tc\n'
width 9 'ab\r123456789\fx\n'
width 3 'a\vb\001\177c\n'
width 3 'жук\n'
width 4 '你好\n'
width 1 'e\xcc\x81\n'
width 2 '\xf0\x9f\x98\x80\n'
width 2 'a\xff\x80b\xe2\x80\n'
width 10 '\t\xe2\x80\x83\xc2\xa0\n'
printf 'ж%.0s' {1..300} >long
expect 0 '300 long\n' mwc -L long
expect 0 '0 long\n' env LC_ALL=C "$MSCAN" --wc -L long
printf 'ab\tжж%.0s' {1..300} >long
expect 0 '2402 long\n' mwc -L long
expect 0 '2402 long\n' mwc -L -j4 --mmap --chunk-size=11 long

# The longest of all files is the total's.
file a 'abc\n'
file b 'abcde\n'
expect 0 ' 3 a\n 5 b\n 5 total\n' mwc -L a b

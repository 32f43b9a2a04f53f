#!/usr/bin/env bash
# --count-matches prints the number of matches of each file.
. "$(dirname "$0")/check.sh"

file f 'aa\nb\naba\n'
file g 'b\n'

expect 0 '4\n' mscan --count-matches a f
expect 0 'f:4\ng:0\n' mscan --count-matches a f g
expect 0 'f:4\n' mscan --count-matches -H a f
expect 0 '4\n0\n' mscan --count-matches -h a f g
expect 1 '0\n' mscan --count-matches x f
expect 0 '4\n' mscan --count-matches a <f
expect 0 '4\n' mscan --count-matches -c a f
expect 0 '4\n' mscan -c --count-matches a f
expect 0 '4\n' mscan --count-matches -o a f
expect 0 '3\n' mscan --count-matches -e aa -e a f
expect 0 '1\n' mscan --count-matches -w aa f
expect 0 '0\n' mscan --count-matches 'x*' f
expect 0 '3\n' mscan --count-matches 'a*' f
expect 0 '4\n' mscan --count-matches -i A f
# Lines are what -m counts.
expect 0 '2\n' mscan --count-matches -m1 a f
expect 0 '4\n' mscan --count-matches -m2 a f
# Lines without a match have none: then it is lines that are counted.
expect 0 '1\n' mscan --count-matches -v a f
expect 0 'f\n' mscan --count-matches -l a f g
expect 0 '' mscan --count-matches -q a f g
file zero 'aa\0000a\n'
expect 0 '3\n' mscan --count-matches a zero
seq 100000 >long
expect 0 '50000\n' mscan --count-matches 7 long

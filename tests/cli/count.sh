#!/usr/bin/env bash
# -c prints the number of selected lines of each file.
. "$(dirname "$0")/check.sh"

file f 'aa\nb\na\n'
file g 'b\n'
file none ''

expect 0 '2\n' mscan -c a f
expect 0 '2\n' mscan --count a f
expect 1 '0\n' mscan -c x f
expect 0 'f:2\ng:0\nnone:0\n' mscan -c a f g none
expect 0 '2\n0\n' mscan -ch a f g
expect 0 'f:2\n' mscan -cH a f
expect 0 '1\n' mscan -cv a f
expect 0 '2\n' mscan -c a <f
expect 0 '(standard input):2\n' mscan -cH a <f
expect 0 'x:2\n' mscan -cH --label=x a - <f
expect 0 '1\n' mscan -cm1 a f
expect 0 '2\n' mscan -cm2 a f
expect 0 '2\n' mscan -cm3 a f
expect 0 'f:1\ng:0\n' mscan -cm1 a f g
expect 0 '1\n' mscan -cvm1 a f
# What goes before lines is not printed, and neither are lines.
expect 0 '2\n' mscan -cn a f
expect 0 '2\n' mscan -cb a f
expect 0 '2\n' mscan -co a f
expect 0 '2\n' mscan -cno a f
# Names and silence are stronger.
expect 0 'f\n' mscan -cl a f g
expect 0 'g\n' mscan -cL a f g
expect 0 '' mscan -cq a f g
expect_error 2 'f:2\n' 'mscan: missing: No such file or directory\n' mscan -c a f missing
file zero 'a\0000\na\n\0377a\n'
expect 0 '3\n' mscan -c a zero
seq 300000 >long
expect 0 '300000\n' mscan -c . long
expect 0 '122853\n' mscan -c 7 long
expect 0 '177147\n' mscan -vc 7 long
each() { expect 0 '122853\n' mscan "${path[@]}" -c 7 long; }
each_path each

#!/usr/bin/env bash
# -l and -L print names instead of lines.
. "$(dirname "$0")/check.sh"

file f 'a\n'
file g 'b\n'
file none ''

expect 0 'f\n' mscan -l a f g none
expect 0 'f\n' mscan --files-with-matches a f g none
expect 0 'g\nnone\n' mscan -L a f g none
expect 0 'g\nnone\n' mscan --files-without-match a f g none
expect 1 '' mscan -l x f g none
expect 1 'f\ng\nnone\n' mscan -L x f g none
# Its status is that of a search: whether a line was selected.
expect 0 '' mscan -L a f
expect 1 'g\n' mscan -L a g
expect 0 'g\n' mscan -L a f g
# Inverted.
expect 0 'g\n' mscan -lv a f g none
expect 0 'f\nnone\n' mscan -Lv a f g none
# The last of the two counts; other options do not matter.
expect 0 'f\n' mscan -L -l a f g
expect 0 'g\n' mscan -l -L a f g
expect 0 'f\n' mscan -lc a f g
expect 0 'f\n' mscan -lon a f g
expect 0 'f\n' mscan -lh a f g
expect 0 'f\n' mscan -lH a f
# Standard input.
expect 0 '(standard input)\n' mscan -l a <f
expect 0 'x\n' mscan -l --label=x a <f
expect 1 '(standard input)\n' mscan -L a <g
# -m 0 selects nothing.
expect 1 '' mscan -l -m0 a f g
expect 1 'f\ng\n' mscan -L -m0 a f g
expect 0 'f\n' mscan -l -m1 a f g
# -q prints nothing.
expect 0 '' mscan -lq a f g
expect 0 '' mscan -Lq a f g
# A file that cannot be read is on neither list.
expect_error 2 'f\n' 'mscan: missing: No such file or directory\n' mscan -l a f missing g
expect_error 2 'g\n' 'mscan: missing: No such file or directory\n' mscan -L a f missing g
# Binary files are like others.
file zero 'a\0000\n'
expect 0 'zero\n' mscan -l a zero
expect 0 '' mscan -L a zero
# Large files, from each of which the first line is enough.
seq 300000 >long
cp long longer
each() { expect 0 'long\nlonger\n' mscan "${path[@]}" -l 299999 long f longer; }
each_path each
each() { expect 0 'f\n' mscan "${path[@]}" -L 1 long f longer; }
each_path each

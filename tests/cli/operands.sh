#!/usr/bin/env bash
# Which arguments are the pattern, files and options, in any order.
. "$(dirname "$0")/check.sh"

file f 'one\ntwo\nthree\n'
file g 'two\n'
file -v 'one\n'

expect 0 'two\n' mscan two f
expect 0 'f:two\ng:two\n' mscan two f g
expect 1 '' mscan four f

# Standard input where there is no file, and for "-".
expect 0 'two\n' mscan two <f
expect 0 'two\n' mscan two - <f
expect 0 '(standard input):two\ng:two\n' mscan two - g <f

# Options behind operands.
expect 0 '2:two\n' mscan two f -n
expect 0 '2:two\n' mscan two -n f
expect 0 'f:2:two\n' mscan two f --line-number -H
expect 0 'f:1\n' mscan f -H -e two -c

# Behind -- there is no option.
expect 0 'one\n' mscan -- one -v
expect 0 'f:one\n-v:one\n' mscan one -- f -v
expect 1 '' mscan -- -v f
expect 0 'two\nthree\n' mscan -v one f --
expect 0 'one\n' mscan -e one -- f

# With -e or -f the first operand is a file.
expect 0 'f:two\ng:two\n' mscan -e two f g
expect_error 2 'f:two\n' 'mscan: two: No such file or directory\n' mscan two f -e two

# A pattern that looks like an option; a file whose name has a newline or a space.
file dash '-v\n'
expect 0 '-v\n' mscan -e -v dash
expect 0 '-v\n' mscan -- -v dash
file 'a b' 'x\n'
file $'c\nd' 'x\n'
expect 0 'a b:x\nc\nd:x\n' mscan x 'a b' $'c\nd'

# The same file twice.
expect 0 'g:two\ng:two\n' mscan two g g

#!/usr/bin/env bash
# The empty pattern matches every line, and nothing in it.
. "$(dirname "$0")/check.sh"

file f 'one\n\ntwo\n'
file none ''
file unfinished 'one\n\ntwo'

expect 0 'one\n\ntwo\n' mscan '' f
expect 0 'one\n\ntwo\n' mscan -e '' f
expect 0 'one\n\ntwo\n' mscan -F '' f
expect 0 'one\n\ntwo\n' mscan '' unfinished
expect 0 '1:one\n2:\n3:two\n' mscan -n '' f
expect 0 '0:one\n4:\n5:two\n' mscan -b '' f
expect 0 '3\n' mscan -c '' f
expect 0 '3\n' mscan -c '' unfinished
expect 0 'f\n' mscan -l '' f
expect 1 '' mscan '' none
expect 1 '0\n' mscan -c '' none
expect 1 '' mscan -l '' none
expect 0 '' mscan -q '' f
expect 1 '' mscan -q '' none

# Inverted, nothing can be selected, and grep does not even look.
expect 1 '' mscan -v '' f
expect 1 '' mscan -v '' missing
expect 1 '' mscan -c -v '' f
expect 1 'f\n' mscan -L -v '' f

# Nothing to print or to colour.
expect 0 '' mscan -o '' f
expect 0 'one\n\ntwo\n' mscan --color=always '' f
expect 0 '0\n' mscan --count-matches '' f

# The whole line, or a whole word, can be empty.
expect 0 '\n' mscan -x '' f
expect 0 'one\ntwo\n' mscan -xv '' f
file words 'one\n\n   \n a\n'
expect 0 '\n   \n a\n' mscan -w '' words
expect 0 'one\n' mscan -wv '' words

# Patterns that can match nothing are no different.
expect 0 'one\n\ntwo\n' mscan 'x*' f
expect 0 '' mscan -o 'x*' f
expect 0 'o\no\n' mscan -o 'o*' f
expect 0 '0:o\n7:o\n' mscan -ob 'o*' f
expect 0 'one\n\ntwo\n' mscan '^' f
expect 0 'one\n\ntwo\n' mscan '$' f
expect 0 '\n' mscan '^$' f
expect 0 '2:\n' mscan -n '^$' f

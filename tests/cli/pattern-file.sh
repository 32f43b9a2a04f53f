#!/usr/bin/env bash
# -f: patterns from files, one a line.
. "$(dirname "$0")/check.sh"

file f 'one\ntwo\nthree\nfour\n'
file p 'one\nthree\n'
file q 'two'
file empty ''
file blank '\n'

expect 0 'one\nthree\n' mscan -f p f
expect 0 'one\nthree\n' mscan --file=p f
expect 0 'two\n' mscan -f q f
expect 0 'one\ntwo\nthree\n' mscan -f p -f q f
expect 0 'one\nthree\nfour\n' mscan -f p -e four f
expect 0 'one\nthree\n' mscan -F -f p f

# From standard input.
expect 0 'one\nthree\n' mscan -f - f <p
expect 0 'f:one\nf:three\n' mscan -H -f - f <p
expect 0 'p:one\np:three\n' mscan -H -f p p
piped() { printf 'o\nt\n' | mscan -c -f - f; }
expect 0 '4\n' piped
# What was read as patterns is not there any more to be searched.
expect 1 '' mscan -f - - <p
expect 1 '' mscan -f - <p

# No pattern at all matches nothing; an empty line is the empty pattern, which matches everything.
expect 1 '' mscan -f empty f
# So nothing is read, as for -m 0, and nothing counted; unless what does not match is asked for.
expect 1 '' mscan -c -f empty f
expect 1 '' mscan -f empty f missing
expect 1 '' mscan -x -l --stats -f empty missing
expect 1 '' mscan --and one -c -f empty f missing
expect 1 'f\n' mscan -L -f empty f
expect_error 2 'f\n' 'mscan: missing: No such file or directory\n' mscan -L -f empty f missing
expect_error 2 '' 'mscan: missing: No such file or directory\n' mscan -v -f empty missing
expect 1 'one\ntwo\nthree\nfour\n' mscan --passthru -f empty f
expect 0 'one\ntwo\nthree\nfour\n' mscan -v -f empty f
expect 0 '4\n' mscan -vc -f empty f
expect 0 'two\n' mscan -f empty -f q f
expect 0 'two\n' mscan -f empty -e two f
expect 1 '' mscan -f /dev/null f
expect 1 '' mscan -w -f empty f
expect 1 '' mscan -x -f empty f
expect 0 'one\ntwo\nthree\nfour\n' mscan -f blank f
expect 0 'one\ntwo\nthree\nfour\n' mscan -f blank -f p f
file gap 'one\n\nzzz\n'
expect 0 '4\n' mscan -c -f gap f

# Files that are not there.
expect_error 2 '' 'mscan: nothing: No such file or directory\n' mscan -f nothing f
expect_error 2 '' 'mscan: nothing: No such file or directory\n' mscan -f p -f nothing f
expect_error 2 '' 'mscan: .: Is a directory\n' mscan -f . f
expect_error 2 '' 'mscan: nothing: No such file or directory\n' mscan -s -f nothing f

# A NUL byte in a pattern is a byte like others.
file nul 'x\0000y\n'
file data 'xy\nx\0000y\nx\n'
expect 0 'x\0000y\n' mscan -a -f nul data
expect 0 'x\0000y\n' mscan -a -F -f nul data
expect 0 '1\n' mscan -c -f nul data
expect 0 '2\n' mscan -n -c -f nul -e '^x$' data

# A carriage return belongs to the pattern.
file crlf 'two\r\n'
expect 1 '' mscan -f crlf f
file dos 'one\r\ntwo\r\n'
expect 0 'two\r\n' mscan -f crlf dos

# Tens of thousands.
seq -f '%06.0fz' 20000 >long
file hay '000000z\n019999z\n020000z\n020001z\n'
expect 0 '019999z\n020000z\n' mscan -F -f long hay
expect 0 '019999z\n020000z\n' mscan -f long hay

#!/usr/bin/env bash
# -G: basic regular expressions with GNU's extensions.
. "$(dirname "$0")/check.sh"

file f 'a\naa\nab\nb\na+\na|b\na?\n(a)\na{2}\n*a\n^a\na$\n\n'

expect 0 'a\naa\nab\na+\na|b\na?\n(a)\na{2}\n*a\n^a\na$\n' mscan -G a f
expect 0 'aa\n' mscan --basic-regexp 'aa*a' f
# What is a character without a backslash is an operator with one.
expect 0 'a+\n' mscan -G 'a+' f
expect 0 'aa\n' mscan -G 'aa\+' f
expect 0 'a|b\n' mscan -G 'a|b' f
expect 0 'ab\nb\na|b\n' mscan -G '^b\|b$' f
expect 0 'a?\n' mscan -G 'a?' f
expect 0 'a\naa\n' mscan -G '^aa\?$' f
expect 0 '(a)\n' mscan -G '(a)' f
expect 0 'aa\n' mscan -G '\(a\)\1' f
expect 0 'a{2}\n' mscan -G 'a{2}' f
expect 0 'aa\n' mscan -G 'a\{2\}' f
expect 0 'a\naa\n' mscan -Gx 'a\{1,2\}' f
expect 0 'aa\n' mscan -Gx 'a\{2,\}' f
expect 0 'a\naa\n\n' mscan -Gx 'a\{,2\}' f
# * + ? { } at the start, and after \( \| and ^, are characters.
expect 0 '*a\n' mscan -G '*a' f
expect 0 '*a\n' mscan -G '^*a' f
expect 0 '*a\n' mscan -G '\(*a\)' f
expect 0 '*a\n' mscan -G 'x\|*a' f
expect_error 0 'a{2}\n' 'mscan: warning: stray \\ before {\n' mscan -Go '\{2}\|a{2}' f
# ^ and $ are anchors at the ends, and in groups and alternatives; elsewhere characters.
expect 0 '^a\n' mscan -G '^^a' f
expect 0 'x^a\n' mscan -G 'x^a' <(printf 'x^a\n')
expect 0 'a$\n' mscan -G 'a$$' f
expect 0 'a$b\n' mscan -G 'a$b' <(printf 'a$b\nab\n')
expect 0 'a\nab\n' mscan -G '\(^a$\)\|^ab' f
# Words and the ends of the line.
file w 'one two\nonetwo\n_ one\n'
expect 0 'one two\n_ one\n' mscan -G '\<one\>' w
expect 0 'one two\nonetwo\n' mscan -G '\`one' w
expect 0 'one two\nonetwo\n' mscan -G "two\\'" w
expect 0 'onetwo\n' mscan -G 'one\B' w
expect 0 'one two\n_ one\n' mscan -G 'one\b' w
expect 0 'one two\n' mscan -G 'e\st' w
expect 0 'onetwo\n' mscan -G 'e\wwo' w
expect 0 'one two\n_ one\n' mscan -G '\W' w
# Several patterns, by lines and options, each with back-references of its own.
expect 0 'aa\nbb\n' mscan -G -e '\(a\)\1' -e '\(b\)\1' <(printf 'aa\nab\nbb\n')
expect 0 'aa\nbb\n' mscan -G $'\\(a\\)\\1\n\\(b\\)\\1' <(printf 'aa\nab\nbb\n')
# The last syntax given counts.
expect 0 'a|b\n' mscan -E -G 'a|b' f
expect 0 'a|b\n' mscan -P -F 'a|b' f
expect 0 'a+\n' mscan -E -F 'a+' f
expect 0 'aa\n' mscan -G -P '(?<=a)a' f

#!/usr/bin/env bash
# -E: extended regular expressions with GNU's extensions.
. "$(dirname "$0")/check.sh"

file f 'a\naa\nab\nb\na+\na|b\na{2}\na{1\na)\n(a)\n\n'

expect 0 'aa\n' mscan -E 'aa+' f
expect 0 'aa\n' mscan --extended-regexp 'a{2}' f
expect 0 'ab\nb\na|b\n' mscan -E '^b|b$' f
expect 0 'a\naa\n\n' mscan -Ex 'a?|aa' f
expect 0 'aa\n' mscan -E '(a)\1' f
# A backslash makes characters of them.
expect 0 'a+\n' mscan -E 'a\+' f
expect 0 'a|b\n' mscan -E 'a\|b' f
expect 0 'a{2}\n' mscan -E 'a\{2' f
# A brace that begins no interval, and a parenthesis that closes nothing, are characters.
expect 0 'a{1\n' mscan -E 'a{1' f
expect 0 'a{1a}\n' mscan -E 'a{1a}' <(printf 'a{1a}\naa\n')
expect 0 'a)\n(a)\n' mscan -E 'a)' f
# Operators after operators.
expect 0 'a\naa\n\n' mscan -Ex 'a*+' f
expect 0 'a\naa\n\n' mscan -Ex 'a+?' f
expect 0 'aaaa\n' mscan -Ex 'a{2}{2}' <(printf 'aa\naaa\naaaa\naaaaa\n')
# Empty alternatives and groups.
expect 0 'a\n\n' mscan -Ex 'a|' f
expect 0 'a\n\n' mscan -Ex '(|a)()' f
# ^ and $ are anchors everywhere.
expect 1 '' mscan -E 'a^b|a$b' <(printf 'a^b\na$b\n')
expect 0 'ab\n' mscan -Ex '(^a)(b$)' f
# Nothing to repeat: a warning, and nothing is repeated.
expect_error 0 'b\n' 'mscan: warning: * at start of expression\n' mscan -Ex '*b' f
expect_error 0 'b\n' 'mscan: warning: + at start of expression\n' mscan -Ex '(+b)' f
expect_error 0 'b\n' 'mscan: warning: {...} at start of expression\n' mscan -Ex 'x|{1}b' f
# A backslash without a meaning.
expect_error 0 'aa\n' 'mscan: warning: stray \\ before a\n' mscan -E '\aa' f
expect_error 1 '' 'mscan: warning: stray \\ before white space\n' mscan -E '\ ' f
# Options that go with a pattern.
expect 0 'aa\nab\na+\na|b\na{2}\na{1\na)\n(a)\n' mscan -Ev '^(a|b|)$' f
expect 0 '3:ab\n6:a|b\n' mscan -Eni 'A(|\|)B' f
expect 0 'a\na+\na|b\na{2}\na{1\na)\n(a)\n' mscan -Ew 'a|x' f
expect 0 '5\n' mscan -Ec '[[:punct:]]' <(printf 'a+\na|b\na{2}\na)\n(a)\na\n')
# Where PCRE2 would backtrack for ever, the line is matched without.
printf '%5000s\n' '' | tr ' ' a >long
expect 1 '0\n' mscan -Ec '(a|a|aa)+b$' <(head -c 100 long)
expect 0 '1\n' mscan -Ec '(x+x+)+y|^(a|a)*$' <(head -c 100 long)

#!/usr/bin/env bash
# -S: case is ignored where no pattern has an upper case letter.
. "$(dirname "$0")/check.sh"

file f 'abc\nABC\naBc\nabd\n'

expect 0 'abc\nABC\naBc\n' mscan -S abc f
expect 0 'aBc\n' mscan -S aBc f
expect 0 'abc\nABC\naBc\n' mscan --smart-case -F abc f
expect 0 'ABC\n' mscan -SF ABC f
expect 0 'abc\nABC\naBc\n' mscan -SE 'a(b)c' f
expect 0 'aBc\n' mscan -SE 'a(B)c' f
expect 0 'abc\nABC\naBc\n' mscan -SG 'a\(b\)c' f
expect 0 'aBc\n' mscan -SG 'a\(B\)c' f
expect 0 'abc\nABC\naBc\n' mscan -S 'a\Sc' f
expect 0 'abc\nABC\naBc\n' mscan -S '\x41b' --not d f
expect 0 'abc\nABC\naBc\nabd\n' mscan -S '[a]b' f
expect 0 'ABC\naBc\n' mscan -S '[aA]B' f
expect 0 'ABC\naBc\n' mscan -S '[[:upper:]]' f
expect 0 'abc\nABC\naBc\nabd\n' mscan -S 'a|[[:upper:]]' f
expect 0 'ABC\n' mscan -S '(?-i)A' f
expect 0 'abd\n' mscan -Sv abc f

# All patterns together.
expect 0 'aBc\nabd\n' mscan -S -e aBc -e abd f
expect 0 'ABC\n' mscan -S $'abc d\nABC' f
expect 0 'abc\nABC\naBc\n' mscan -S -f <(echo abc) f
expect 0 'aBc\n' mscan -S a --and Bc f
expect 0 'abc\nabd\n' mscan -S a --not B f

# The last one counts.
expect 0 'abc\n' mscan -S --no-ignore-case abc f
expect 0 'abc\nABC\naBc\n' mscan -S -i ABC f
expect 0 'abc\nABC\naBc\n' mscan -S -y ABC f
expect 0 'ABC\n' mscan -i -S ABC f
expect 0 'abc\nABC\naBc\n' mscan --no-ignore-case -S abc f

# Beyond ASCII.
file u 'été\nÉTÉ\nпривет\nПРИВЕТ\n'
expect 0 'été\nÉTÉ\n' mscan -S été u
expect 0 'ÉTÉ\n' mscan -S ÉTÉ u
expect 1 '' mscan -S Été u
expect 0 'привет\nПРИВЕТ\n' mscan -SF привет u
expect 0 'ПРИВЕТ\n' mscan -SF ПРИВЕТ u
LC_ALL=C expect 0 'été\n' mscan -aS été u

expect_like 0 '(.*)ignoring case(.*)' '' mscan --explain -S abc f
expect_like 0 'Lines are found by .*.syntax: PCRE2.text(.*)' '' mscan --explain -S Abc f
expect_like 2 '' 'mscan: bad pattern: missing closing parenthesis(.*)' mscan -S '(A' f

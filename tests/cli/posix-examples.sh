#!/usr/bin/env bash
# The examples of POSIX: those of its page of grep, and those of its chapter on regular expressions that a file can show.
. "$(dirname "$0")/check.sh"

# grep, EXAMPLES 1: all uses of the word Posix, with line numbers.
file text.mm 'About POSIX\nnothing\na Posix system\nposixly\n'
expect 0 '1:About POSIX\n3:a Posix system\n4:posixly\n' mscan -G -i -n posix text.mm
# 2: all empty lines in standard input, in both ways that are given.
file lines 'a\n\n \n\nb\n'
expect 0 '\n\n' mscan -G '^$' lines
expect 0 '\n\n' mscan -G -v . lines
expect 0 '2:\n4:\n' mscan -G -n '^$' lines
# 3: two commands each that print all lines with abc or def or both.
file words 'abc\ndef\nabcdef\nxyz\nab c\n'
expect 0 'abc\ndef\nabcdef\n' mscan -E 'abc|def' words
expect 0 'abc\ndef\nabcdef\n' mscan -F $'abc\ndef' words
# 4: lines that are exactly abc or def.
expect 0 'abc\ndef\n' mscan -E '^abc$|^def$' words
expect 0 'abc\ndef\n' mscan -F -x $'abc\ndef' words

# XBD 9.3.3: an asterisk at the start of a basic expression, after \( and after a first ^ is itself.
file stars '*\na*\n**\n'
expect 0 '*\na*\n**\n' mscan -G '*' stars
expect 0 '*\n**\n' mscan -G '^*' stars
expect 0 '*\n**\n' mscan -Gx '\(*\)*' stars
# 9.3.5: [^.[.a.]] and the like; ] first, - last, the range of hyphens.
expect 0 ']\n' mscan -G '[]]' <(printf ']\n[\n')
expect 0 'x\n' mscan -G '[^]-a]' <(printf 'x\n_\n')
expect 0 '+\n-\n' mscan -G '[+--]' <(printf '+\n-\n.\n')
expect 0 'b\n' mscan -G '[[.a.]-c]$' <(printf 'b\nd\n')
# 9.3.6: \(ab\)\1, the last of what a repeated group matched, and the longest of the leftmost matches.
expect 0 'abab\nababa\n' mscan -G '^\(ab\)\1' <(printf 'abab\nababa\nabba\n')
expect 0 'abbabb\n' mscan -Gx '\(ab*\)*\1' <(printf 'abbabb\nabb\n')
expect 0 'xabcdxabcd\n' mscan -Gx '\(.*\)\1' <(printf 'xabcdxabcd\nxabcd\n')
# 9.3.8 and 9.4.9: anchors.
expect 0 'abcdef\n' mscan -G '^ab' <(printf 'abcdef\ncdefab\n')
expect 0 'cdefab\n' mscan -G 'ab$' <(printf 'abcdef\ncdefab\n')
expect 1 '' mscan -E 'a^b' <(printf 'a^b\n')
expect 0 'a^b\n' mscan -G 'a^b' <(printf 'a^b\n')
expect 0 'abcdef\n' mscan -E '(^a)b' <(printf 'abcdef\nba\n')
# 9.4.6: repetition binds closer than concatenation, and that closer than alternation.
expect 0 'abba\nabde\n' mscan -Ex 'abba|abcde|ab+de' <(printf 'abba\nabde\nabade\n')
expect 0 'abbbbde\n' mscan -Ex 'ab*de' <(printf 'abbbbde\nababde\n')
expect 0 'ababab\n' mscan -Ex '(ab){3}' <(printf 'ababab\nabbb\n')
# 9.1: the longest of the leftmost matches.
expect 0 'weeknights\n' mscan -Eo '(wee|week)(knights|night)' <(printf 'weeknights\n')
expect 0 'abbb\n' mscan -Go 'bb*\|ab*' <(printf 'abbb\n')

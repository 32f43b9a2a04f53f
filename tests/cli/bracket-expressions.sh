#!/usr/bin/env bash
# Bracket expressions of -G and -E.
. "$(dirname "$0")/check.sh"

file f 'a\nB\n1\n-\n]\n^\n\\\n.\n \n_\n'

expect 0 'a\n' mscan -G '[abc]' f
expect 0 'a\n1\n' mscan -G '[a-c0-9]' f
expect 0 'B\n1\n-\n]\n^\n\\\n.\n \n_\n' mscan -G '[^abc]' f
expect 0 ']\n' mscan -G '[]]' f
expect 0 'a\n]\n' mscan -G '[]a]' f
expect 0 'B\n' mscan -G '[^]a1^.\ _-]' f
expect 0 'a\n-\n' mscan -G '[a-]' f
expect 0 'a\n-\n' mscan -G '[-a]' f
expect 0 '-\n.\n' mscan -G '[--.]' f
expect 0 '\\\n' mscan -G '[\]' f
expect 0 'a\n^\n' mscan -E '[a^]' f
expect 0 '1\n]\n' mscan -G '[1[.].]]' f
expect 0 '-\n' mscan -E '[[.-.]]' f
expect 0 'a\n' mscan -E '[[=a=]]' f
expect 0 'a\n' mscan -E '[[.a.]-[.c.]]' f
expect 0 'a\nB\n' mscan -E '[[:alpha:]]' f
expect 0 'a\nB\n1\n_\n' mscan -E '[[:alnum:]_]' f
expect 0 '-\n]\n^\n\\\n.\n_\n' mscan -E '[[:punct:]]' f
expect 0 ' \n' mscan -E '[[:space:]]' f
expect 0 'a\n1\n' mscan -E '[[:lower:][:digit:]]' f
expect 0 'a\nB\n' mscan -Ei '[[:lower:]]' f
expect 0 'a\nB\n1\n' mscan -Ei '[[:xdigit:]]' f
expect 0 'a\nB\n' mscan -Ei '[A-C]' f
expect 0 'a\nB\n' mscan -Ei '[A-z]' f
# Letters, digits and marks of all languages, as the C library has them; ranges by code point.
file u 'é\n日\nि\n٣\n²\n→\n\0302\0240\n\n'
expect 0 'é\n日\nि\n' mscan -E '[[:alpha:]]' u
expect 0 'é\n日\nि\n٣\n' mscan -E '[[:alnum:]]' u
expect 0 'é\n日\nि\n٣\n' mscan -E '\w' u
expect 1 '' mscan -E '[[:digit:]]' u
expect 0 '²\n→\n\0302\0240\n' mscan -E '[[:punct:]]' u
expect 0 '٣\n²\n→\n\0302\0240\n' mscan -E '[^[:alpha:]]' u
expect 0 '٣\n²\n\0302\0240\n' mscan -E '[^[:alpha:]→]' u
expect 0 'é\n日\nि\n٣\n' mscan -E '[^[:punct:]]' u
expect 0 '日\nि\n٣\n' mscan -E '[^[:punct:]é]' u
expect 0 'é\n²\n→\n\0302\0240\n' mscan -E '[[:punct:]é]' u
expect 1 '' mscan -E '[[:space:]]' u
expect 0 'é\n' mscan -E '[à-ü]' u
expect 0 'é\n' mscan -E '[[=é=]]' u
expect 0 'é\n' mscan -Ei '[À-Ü]' u
expect 0 'é\n' mscan -Eix '[[.É.]]' u
expect 0 '٣\n' mscan -E '[^[:alpha:][:punct:]]' u
LC_ALL=C expect 1 '' mscan -E '[[:alpha:]]' u
LC_ALL=C expect 0 'é\n' mscan -E '[é]$' <(printf 'é\n')
# Words: a vowel sign belongs to one, a raised digit does not.
expect 1 '' mscan -Ew 'क' <(printf 'कि\n')
expect 1 '' mscan -Fw 'क' <(printf 'कि\n')
expect 0 'x²\n' mscan -Ew 'x' <(printf 'x²\n')
# A byte that is no character is in no bracket expression.
expect 1 '' mscan -Ea '[^a]' <(printf '\377\n')
expect 1 '' mscan -Ea '\W|\w|\s|.' <(printf '\377\n')
LC_ALL=C expect 0 '\0377\n' mscan -Ea '[^a]' <(printf '\377\n')

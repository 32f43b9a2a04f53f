#!/usr/bin/env bash
# --crlf: patterns do not see the carriage return at the end of a line.
. "$(dirname "$0")/check.sh"

file f 'foo\r\nfoo bar\r\nfoo\rx\r\nfoo\r\r\nfoo\n\r\n\nfoo\r'

# lines WANTED OPTION... PATTERN: the numbers of the lines that match, by every engine, and with the file cut to pieces.
lines()
{
    local wanted=$1 engine
    shift
    for engine in auto pcre2 literal dfa; do
        expect 0 "$wanted" numbers --engine=$engine --crlf -n "$@" f
    done
    expect 0 "$wanted" numbers -j3 --chunk-size=1 --crlf -n "$@" f
    expect 0 "$wanted" numbers -j2 --chunk-size=7 --engine=pcre2 --crlf -n "$@" f
}
numbers() { mscan "$@" | sed 's/:.*//' | tr '\n' ' '; }

lines '1 2 3 4 5 8 ' foo
lines '1 5 8 ' 'foo$'
lines '1 5 8 ' '^foo\z'
lines '1 5 8 ' 'foo\Z'
lines '1 5 8 ' -x foo
lines '1 5 8 ' -xF foo
lines '1 5 8 ' -xE 'fo+'
lines '1 5 8 ' -G '^fo*$'
lines '1 5 8 ' -x --no-unicode foo
lines '2 3 4 ' 'foo.'
lines '4 ' 'foo.$'
lines '2 3 4 ' 'foo[^a]'
lines '2 3 4 ' 'foo\s'
lines '2 3 4 ' 'foo\W'
lines '3 4 ' '\r'
lines '3 4 ' -F $'\r'
lines '3 4 ' 'foo\R'
lines '3 4 ' -E $'o\r'
lines '4 ' '\r$'
lines '6 7 ' '^$'
lines '6 7 ' -x ''
lines '6 7 ' -v .
lines '2 3 4 6 7 ' -v 'foo$'
lines '1 5 8 ' 'foo(?!.)'
lines '1 2 5 8 ' 'foo(?!\r)'
lines '1 5 8 ' 'foo(?!\s)'
lines '2 3 4 ' 'foo(?=\s)'
lines '1 2 3 4 5 8 ' -w foo
lines '1 2 3 4 5 8 ' 'foo\b'
lines '4 6 7 ' '\B$'
lines '1 5 8 ' '(?<=o)$'
lines '4 6 7 ' '(?<!\w)$'
lines '3 4 ' '(?<=\r)'
lines '1 5 8 ' '(o)\1$'
lines '1 2 3 4 5 6 7 8 ' ''
lines '1 2 3 4 5 6 7 8 ' 'x*$'
lines '1 3 5 8 ' -e 'foo$' -e 'x$'
lines '3 4 ' foo --and '\r'
lines '2 3 4 ' foo --not 'foo$'

# Lines are printed as they are; without the option, the carriage return is a character.
expect 0 'foo\n' mscan 'foo$' f
expect 0 'foo\r\nfoo\nfoo\r\n' mscan --crlf 'foo$' f
expect 0 'foo\rx\r\nfoo\r\r\n' mscan --crlf '\r' f
expect 0 '3\n' mscan --crlf -c 'foo$' f
expect 0 '1:0:foo\r\n5:27:foo\n8:34:foo\r\n' mscan --crlf -nb 'foo$' f
expect 0 'f\n' mscan --crlf -l 'foo$' f
expect 0 'foo\r\n' mscan --crlf -m 1 'foo$' f

# What -o prints ends as its line does.
expect 0 'foo\r\nfoo\nfoo\r\n' mscan --crlf -o 'foo$' f
expect 0 'f\r\nf\r\nf\r\nf\r\nf\nf\r\n' mscan --crlf -o f f
expect 0 '1:o\r\n1:o\r\n' mscan --crlf -m 1 -on o f
expect 0 '12\n' mscan --crlf --count-matches o f
expect 0 'foo\r\nfoo bar\r\nfoo\rx\r\nfoo\r\r\nfoo\nfoo\r\n' mscan --crlf -o '.*' f
expect 0 '4:\r\r\n' mscan --crlf -on '\r$' f
expect 0 '\033[01;31m\033[Kfoo\033[m\033[K\r\n' mscan --crlf -m 1 --color=always '.*' f
expect 0 '\033[01;31m\033[Kfoo\033[m\033[K\r\n' mscan --crlf -m 1 -o --color=always '.*' f

# Beyond ASCII.
file u 'été\r\né\r\n\0377\r\n'
expect 0 'été\r\né\r\n' mscan --crlf 'é$' u
expect 0 'é\r\n' mscan --crlf -x . u
expect 0 'été\r\n' mscan --crlf -xi 'É.É' u
LC_ALL=C expect 0 '\0377\r\n' mscan --crlf -ax . u

# With -z it has no effect.
printf 'a\r\0b\r\n\0' >z
expect 1 '' mscan --crlf -z 'a$' z
expect 0 'a\r\0' mscan --crlf -z 'a\r$' z
expect 0 'a\0' mscan --crlf -zo 'a' z

# A line that PCRE2 gives up is one as ever.
printf 'a\r\n%s\r\naa\r\n' "$(printf '%40s' '' | tr ' ' a)b" >g
expect_error 2 'a\r\naa\r\n' 'mscan: g: line at offset 3: match limit exceeded\n' mscan --engine=pcre2 --crlf '(a+)+$' g
expect 0 'a\r\naa\r\n' mscan --engine=dfa --crlf '(a+)+$' g

expect_like 0 '(.*)scope: line by line .lines may end in CR LF.(.*)' '' mscan --explain --crlf 'foo$' f

# Patterns from a file that was written on Windows lose the carriage return that ends their line there, too.
printf '\357\273\277foo\r\nb.r$\r\n' >p
printf 'foo\r\nbar\r\nbaz\r\n' >g
expect 0 'foo\r\nbar\r\n' mscan --crlf -f p g
expect 0 'foo\r\nbar\r\n' mscan -f p --crlf g
expect 0 'foo\r\n' mscan --crlf -xF -f p g
expect 0 'foo\r\n' mscan -f p g
expect 1 '' mscan -f p --crlf -z -x g
expect 1 '' mscan --crlf -e $'foo\r' g
printf 'zoo\r\nfoo\r' >p
expect 0 'foo\r\n' mscan --crlf -xf p g
printf 'zoo\r\n\r\n' >p
expect 0 '3\n' mscan --crlf -cf p g
expect_like 0 '.*patterns: 2 of 2 end in a carriage return.*--crlf.*' '' mscan --explain -f p g
explained() { mscan --explain --crlf "$@" | grep -c 'patterns:'; }
expect 1 '0\n' explained -f p g
expect 1 '0\n' explained -e $'a\r' g

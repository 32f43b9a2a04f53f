#!/usr/bin/env bash
# -x: the match is the whole line.
. "$(dirname "$0")/check.sh"

file f 'foo\nfoobar\nfoo\r\n foo\n\nfoo'

expect 0 'foo\nfoo\n' mscan -x foo f
expect 0 'foo\nfoo\n' mscan --line-regexp foo f
expect 0 'foo\nfoo\n' mscan -Fx foo f
expect 0 'foo\nfoobar\nfoo\n' mscan -x 'foo|foobar' f
expect 0 'foobar\nfoo\r\n foo\n\n' mscan -xv foo f
expect 0 'foo\nfoo\n' mscan -xo foo f
expect 0 '\n' mscan -x '' f
expect 0 '\n' mscan -x 'x*' f
expect 0 'foo\nfoobar\nfoo\r\n foo\n\nfoo\n' mscan -x '.*' f
expect 0 'foobar\n' mscan -x 'foo.{3}' f
expect 0 'foobar\n' mscan -x 'a|b|foobar' f
expect 0 'foo\nfoo\n' mscan -xi FOO f
expect 0 'foobar\n' mscan -x -e bar -e foobar f
expect 1 '' mscan -x 'o' f
expect 0 '2\n' mscan -xc foo f
expect 0 'foo\nfoo\n' mscan -x '^foo$' f

# A pattern that calls itself: the line is that of the whole match, not of what the call matches.
file r '(a(b)c)\n(a(b)c\naabb\naab\nxaabby\n'
for options in '' --no-jit --engine=pcre2; do
    for call in '(?R)' '(?0)' '\g<0>' "\\g'0'"; do
        expect 0 '(a(b)c)\n' mscan $options -x '\((?:[^()]|'"$call"')*\)' r
        expect 0 'aabb\n' mscan $options -xo "a$call?b" r
        expect 0 'ab\n' mscan $options -x "a$call?b" --replace 'ab' <(printf 'aabb\n')
    done
    expect 0 'xaabby\n' mscan $options -x 'x(a(?1)?b)y|q(?R)' r
    expect 0 '(a(b)c)\naabb\n' mscan $options -x -e 'a(?R)?b' -e '\((?:[^()]|(?R))*\)' r
    expect 0 '[b]\n' mscan $options -x '(?#(?R)(a)+(b)\2' --replace '[$2]' <(printf 'aabb\n')
    # A group that is named R takes the condition's place.
    expect 0 'aab\n' mscan $options -x '(?<R>a)+b|c(?0)' r
done

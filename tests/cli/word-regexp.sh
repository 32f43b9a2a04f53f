#!/usr/bin/env bash
# -w: what is before and behind the match is not a letter, digit or underscore.
. "$(dirname "$0")/check.sh"

file f 'foo\nfoobar\nbarfoo\nfoo_\nfoo-bar\n(foo)\n1foo\nfoo foobar\nfoobar foo\n'

expect 0 'foo\nfoo-bar\n(foo)\nfoo foobar\nfoobar foo\n' mscan -w foo f
expect 0 'foo\nfoo-bar\n(foo)\nfoo foobar\nfoobar foo\n' mscan --word-regexp foo f
expect 0 'foo\nfoo-bar\n(foo)\nfoo foobar\nfoobar foo\n' mscan -Fw foo f
expect 0 'foo\nfoobar\nbarfoo\nfoo_\nfoo-bar\n(foo)\n1foo\nfoo foobar\nfoobar foo\n' mscan -w 'foo|.*' f
expect 0 'foobar\nfoo foobar\nfoobar foo\n' mscan -w 'foo(bar)?(?<=bar)' f
expect 0 'foobar\nbarfoo\nfoo_\n1foo\n' mscan -wv foo f
expect 0 '0:foo\n0:foo\n0:foo\n0:foo\n0:foo\n' mscan -wob foo <(printf 'foo\n') <(printf 'foo foobar\n') \
    <(printf 'foo\n') <(printf 'foo\n') <(printf 'foo\n') -h
expect 0 '0:foo\n42:foo\n60:foo\n' mscan -wob 'foo(?=$| foob)' f -h
expect 0 'foo\nfoo\n' mscan -ow 'foo(?!.)' f
# A shorter match may do where a longer one does not.
expect 0 'foo-bar\n' mscan -w 'foo-bar|foo-ba' f
expect 0 'foo-ba\n' mscan -ow 'foo-bar|foo-ba' <(printf 'foo-ba\n')
expect 0 'ab\n' mscan -ow 'a|ab' <(printf 'ab\n')
expect 1 '' mscan -w '[a-z]' <(printf 'ab\n')
# With -i and -x.
expect 0 'FOO bar\n' mscan -wi foo <(printf 'FOO bar\nFOOBAR\n')
expect 0 'foo\n' mscan -wx foo f
# What is not a word itself.
expect 0 'a - b\n' mscan -w -e '-' <(printf 'a - b\na-b\n')
# Letters are Unicode's, or ASCII's.
file u 'füße\nüße\nфу\nxфу\n'
expect 0 'üße\n' mscan -w 'üße' u
expect 0 'фу\n' mscan -w 'фу' u
LC_ALL=C expect 0 'füße\nüße\n' mscan -w 'e' u
expect 1 '' mscan -w 'e' u

# A pattern that calls itself: what the call matches need not be a word.
for options in '' --no-jit; do
    expect 0 '5:aabb\n16:ab\n' mscan $options -wob 'a(?R)?b' <(printf 'aab. aabb aabbc ab')
    expect 0 'x(a(b)c)\n' mscan $options -wo 'x?\((?:\w|(?R))*\)' <(printf 'x(a(b)c) (d)e\n')
done

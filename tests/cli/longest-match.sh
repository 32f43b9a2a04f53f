#!/usr/bin/env bash
# -G, -E and -F show the longest of the leftmost matches, over all patterns; -P the one that it finds first.
. "$(dirname "$0")/check.sh"

file f 'abcd foobar xyz\n'

expect 0 'foobar\n' mscan -Eo 'foo|foobar' f
expect 0 'foobar\n' mscan -Go 'foo\|foobar' f
expect 0 'foo\n' mscan -Po 'foo|foobar' f
expect 0 'foobar\n' mscan -Eo -e foo -e foobar -e fo f
expect 0 'foobar\n' mscan -Fo -e foo -e foobar -e fo f
expect 0 'foobar\n' mscan -Fio -e FOO -e FooBar f
expect 0 'a\n' mscan -Fo -e '' -e a <(printf 'a\n')
expect 0 'foo\n' mscan -Po -e foo -e foobar f
expect 0 'abcd\n' mscan -Eo '(a|ab)(c|bcd)' f
expect 0 'abcd\na\n' mscan -Eo 'a?(ab)?(abcd)?' f
expect 0 'xyz\n' mscan -Eo 'x(|y|yz)' f
expect 0 '0:abcd\n5:foobar\n' mscan -Eob 'ab|abcd|foo(bar)*' f
expect 0 'abcd \033[01;31m\033[Kfoobar\033[m\033[K xyz\n' mscan -E --color=always 'foo|foobar' f
expect 0 '2\n' mscan -E --count-matches 'a|ab|abab' <(printf 'ababab\n')
expect 0 '3\n' mscan -P --count-matches 'ab|abab' <(printf 'ababab\n')
# Patterns that cannot be joined.
expect 0 'foobar\n' mscan -Eo -e '(f)o\1?' -e 'foobar' f
expect 0 'foobar\n' mscan -Eo -e 'foobar' -e '(f)o+\1?' f
# With back-references all that they can match is tried.
expect 0 'aabaa\n' mscan -Eo '(a|aa)b\1|aab' <(printf 'aabaa\n')
expect 0 'abab\n' mscan -Eo '(a|ab)(ab|\1)*' <(printf 'abab\n')
# -w takes the longest that is a word, and a shorter one where a longer is none.
expect 0 'foo-ba\nfoo-bar\nfoo-ba\n' mscan -Eow 'foo|foo-bar|foo-ba' <(printf 'foo-ba foo-bar foo-ba\n')
expect 0 'ab\nab\n' mscan -Eow 'ab|ab c' <(printf 'ab cd ab cx\n')
expect 0 'ab\n' mscan -Fow -e ab -e abc <(printf 'ab abcd\n')
expect 0 'foobar\n' mscan -Eox 'foo|foobar' <(printf 'foobar\n')
# Characters beyond ASCII, and bytes that are none.
expect 0 'éèé\n' mscan -Eo 'é|éè|éèé' <(printf 'aéèéa\n')
expect 0 'ab\nabc\n' mscan -Eoa 'a|ab|abc$' <(printf 'ab\377 abc\n')
expect 0 'ab\n' mscan -Eoa 'a|ab|ab.' <(printf 'ab\377\n')
expect 0 'é\n' mscan -Eoa '\<(é|éx)|x' <(printf '\377é\377\n')
# The same for any split of the input.
for i in $(seq 100); do printf 'abcd %d foobar xyz\n' "$i"; done >many
mscan -j1 -Eonb 'foo|foobar|a|ab(c|cd)|[0-9]+' many >wanted
expect 0 '300\n' mscan -c '' wanted
for size in 1 7 64 1000; do
    expect_file 0 wanted mscan -j3 --chunk-size="$size" -Eonb 'foo|foobar|a|ab(c|cd)|[0-9]+' many
done
# Where there are too many matches at a place to go through all of them.
a100=$(printf '%100s' '' | tr ' ' a)
expect 0 "${a100}b\n" mscan -Eo '(a*)*(a|aa)*(a*|aab)*' <(printf '%sb\n' "$a100")
expect 0 "${a100}b\nb\n" mscan -Eo '(a+|aa+)+(a{2,}|a+)*b?|b' <(printf '%sbb\n' "$a100")
expect 0 "x${a100}é\n" mscan -Eo 'x([a-z]+){2,}(a+|a+é)*' <(printf '%sx%sé\n' 1 "$a100")

# Without Unicode a byte is a character: the longer of two strings is the one with more bytes.
printf 'd\200\n' >bytes
expect 0 'd\0200\n' mscan --no-unicode -aoF -e d -e $'d\200' bytes

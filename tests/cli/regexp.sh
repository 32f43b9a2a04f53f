#!/usr/bin/env bash
# -e: any number of patterns, each line of one a pattern by itself.
. "$(dirname "$0")/check.sh"

file f 'one\ntwo\nthree\nfour\n'

expect 0 'one\nthree\n' mscan -e one -e three f
expect 0 'one\nthree\n' mscan -e three --regexp=one f
expect 0 'one\nthree\n' mscan $'one\nthree' f
expect 0 'one\ntwo\nthree\n' mscan -e $'one\nthree' -e two f
expect 0 'one\n' mscan -e one -e one -e one f
expect 1 '' mscan -e five -e six f

# A pattern that ends with a newline holds an empty one too.
expect 0 'one\ntwo\nthree\nfour\n' mscan $'one\n' f
expect 0 'one\ntwo\nthree\nfour\n' mscan -e five -e '' f
expect 1 '' mscan -v -e five -e '' f
expect 1 '0\n' mscan -vc -e five -e '' f
expect_error 2 '' 'mscan: missing: No such file or directory\n' mscan -v -e five -e '' missing

# Alternation, groups, anchors and options of one pattern stay its own.
expect 0 'one\ntwo\nfour\n' mscan -e '^o|o$' -e 'r$' f
expect 0 'two\nfour\n' mscan -e 'tw|zz' -e '(?i)FOUR' f
expect 0 'two\n' mscan -e '(?i)TWO' -e 'THREE' f
file d 'aa\nab\nbb\nxyxy\n'
expect 0 'aa\nbb\nxyxy\n' mscan -e '^(.)\1$' -e '^(xy)\1$' d
expect 0 'aa\nbb\nxyxy\n' mscan -e '^(?<c>.)\k<c>$' -e '^(?<c>xy)\k<c>$' d
expect 0 'aa\nab\nbb\n' mscan -e '\Qa' -e 'b' d
expect 0 'aa\nab\nbb\n' mscan -e '(?x) a # comment' -e 'b' d

# The first match of any, the longest in order of the patterns at one place.
file s 'foobar bar foo\n'
expect 0 'foo\nbar\nbar\nfoo\n' mscan -o -e bar -e foo s
expect 0 'foobar\nbar\nfoo\n' mscan -o -e foobar -e foo -e bar s
expect 0 '0:foo\n3:bar\n7:bar\n11:foo\n' mscan -ob -e bar -e foo s

# \K moves the start of a match, but not the place where it is looked for: as in their alternation.
file k 'xxab ab\n'
for engine in auto pcre2 literal dfa; do
    expect 0 '1:xa\n6:b\n' mscan --engine=$engine -ob -e xa -e 'a\Kb' k
    expect 0 '1:xa\n6:b\n' mscan --engine=$engine -ob -e 'a\Kb' -e xa k
    expect 0 '1:xa\n6:b\n' mscan --engine=$engine -ob -f <(printf '%s\n' 'a\Kb' xa) k
    expect 0 '1:xa\n6:b\n' mscan --engine=$engine -ob 'xa|a\Kb' k
    expect 0 '2\n' mscan --engine=$engine --count-matches -e '(x)a' -e '(a)\Kb' k
    expect 0 'x<xa>b a<b>\n' mscan --engine=$engine --replace '<$0>' -e xa -e 'a\Kb' k
    expect 0 '3:b\n6:b\n' mscan --engine=$engine -ob -e 'xab\Kq|(?|a\Kb)' -e ' (?=b)' k
    expect 0 '6:b\n' mscan --engine=$engine -wob -e 'xa' -e '(?<=a)b' -e 'a\Kb' <(printf 'xxab ab\n')
done

# Several with -w, -x, -v, -i.
expect 0 'bar\nfoo\n' mscan -ow -e bar -e foo s
expect 0 'two\n' mscan -x -e two -e 'thre' f
expect 0 'two\nfour\n' mscan -v -e one -e three f
expect 0 'one\nthree\n' mscan -i -e ONE -e Three f
expect 0 'one\nthree\n' mscan -F -e one -e three f

# A thousand patterns.
patterns=$(seq 1000 | sed 's/.*/x&y/')
file many 'x1y\nx1001y\nx1000y\nx500y x501y\nx0y\n'
expect 0 'x1y\nx1000y\nx500y x501y\n' mscan "$patterns" many
expect 0 'x1y\nx1000y\nx500y x501y\n' mscan -F "$patterns" many
expect 0 'x1y\nx1000y\nx500y\nx501y\n' mscan -o "$patterns" many

#!/usr/bin/env bash
# --replace: another text in the place of each match.
. "$(dirname "$0")/check.sh"

file f 'foo bar foo\nbar\nfoo'

each()
{
    expect 0 'X bar X\nX\n' mscan "${path[@]}" --replace X foo f
    expect 0 ' bar \n\n' mscan "${path[@]}" --replace= foo f
    expect 0 'X\nX\nX\n' mscan "${path[@]}" -o --replace X foo f
    expect 0 '' mscan "${path[@]}" -o --replace '' foo f
    expect 0 'o-f-oo bar o-f-oo\no-f-oo\n' mscan "${path[@]}" --replace '$2-$1-${2}o' '(f)(o)o' f
    expect 0 '<foo>$1 bar <foo>$1\n<foo>$1\n' mscan "${path[@]}" --replace '<$0>$$1' foo f
    expect 0 'oof bar oof\noof\n' mscan "${path[@]}" --replace '$rest${first}' '(?<first>f)(?<rest>oo)' f
    # Groups that were not set are empty, and those that a pattern lacks.
    expect 0 '[f] [] [f]\n[]\n[f]\n' mscan "${path[@]}" --replace '[$1]' -e bar -e '(f)oo' f
    # Numbers, names and offsets are those of the file.
    expect 0 'f:1:1:0:XX bar XX\nf:3:1:16:XX\n' mscan "${path[@]}" -Hb --column --replace XX foo f
    expect 0 '1:1:0:XX\n1:9:8:XX\n3:1:16:XX\n' mscan "${path[@]}" -ob --column --replace XX foo f
    # Context and what -v selects stay as they are.
    expect 0 'X bar X\nbar\nX\n' mscan "${path[@]}" -C1 --replace X foo f
    expect 0 'X bar X\nbar\nX\n' mscan "${path[@]}" --passthru --replace X foo f
    expect 0 'X bar X\nbar\nfoo\n' mscan "${path[@]}" -m1 -A5 --replace X foo f
    expect 0 'bar\n' mscan "${path[@]}" -v --replace X foo f
    expect 0 'foo bar foo\nbar\nfoo\n' mscan "${path[@]}" -v -C1 --replace X foo f
    expect 0 '2\n' mscan "${path[@]}" -c --replace X foo f
    expect 0 '3\n' mscan "${path[@]}" --count-matches --replace X foo f
    # Empty matches are replaced as by sed, none behind another match.
    expect 0 '-f- -b-a-r- -f-\n-b-a-r-\n-f-\n' mscan "${path[@]}" --replace - 'o*' f
    expect 0 '-foo bar foo\n-bar\n-foo\n' mscan "${path[@]}" --replace - '^' f
    expect 0 'foo bar foo-\nbar-\nfoo-\n' mscan "${path[@]}" --replace - '$' f
    expect 0 '-f-o-o- -b-a-r- -f-o-o-\n-b-a-r-\n-f-o-o-\n' mscan "${path[@]}" --replace - '' f
    expect 0 '-\n-\n-\n-\n-\n-\n' mscan "${path[@]}" -o --replace - '\b' <(printf 'a b\nc')
    # All syntaxes; the longest match where that is wanted.
    expect 0 'a$c\n' mscan "${path[@]}" --replace '$$' -F . <(printf 'a.c\n')
    expect 0 '[ab]c\n' mscan "${path[@]}" --replace '[$0]' -F -e a -e ab <(printf 'abc\n')
    expect 0 '[a/bcd]\n' mscan "${path[@]}" --replace '[$1/$2]' -E '(a|ab)(c|bcd)?' <(printf 'abcd\n')
    expect 0 'ba\n' mscan "${path[@]}" --replace '$2$1' -G '\(a\)\(b\)' <(printf 'ab\n')
    expect 0 'a\33[01;31m\33[K[b]\33[m\33[Kc\n' mscan "${path[@]}" --color=always --replace '[$0]' b <(printf 'abc\n')
    expect 0 '\33[01;31m\33[K[b]\33[m\33[K\n' mscan "${path[@]}" --color=always -o --replace '[$0]' b <(printf 'abc\n')
}
each_path each

# A tab of -T stands before what is not empty.
expect 0 'f:\n' mscan -HT -m1 --replace '' '.*' f
expect 0 'f:\t-\n' mscan -HT -m1 --replace '-' '.*' f
expect 0 '\33[2m\33[Ka\33[01;31m\33[KX\33[m\33[K\33[2m\33[Kc\33[m\33[K\r\n' \
    eval "GREP_COLORS=sl=2 mscan --color=always --replace X b <<<$'abc\\r'"
# Without a colour of their own, matches have the line's.
expect 0 '\33[2m\33[Ka\33[2m\33[KX\33[m\33[K\33[2m\33[Kc\33[m\33[K\n' \
    eval "GREP_COLORS=sl=2:mt= mscan --color=always --replace X b <<<abc"
# What is not text is not printed, replaced or not.
expect 0 'Binary file (standard input) matches\n' eval "printf 'a\\0b\\n' | mscan --replace X '\\0'"
expect 0 'aXb\n' eval "printf 'a\\0b\\n' | mscan -a --replace X '\\0'"
expect 0 'Xb\0' eval "printf 'a\\nb\\0' | mscan -z --replace X 'a\\n'"

# Longer than any buffer.
{ head -c 3000000 /dev/zero | tr '\0' a; echo; } >long
sed 's/.*/[&][&]/' long >wanted
expect_file 0 wanted mscan --replace '[$0][$0]' '.*' long
sed 's/a/bc/g' long >wanted
expect_file 0 wanted mscan --replace bc a long

# Mistakes are found before anything is searched.
wrong() { expect_error 2 '' "mscan: bad replacement: $2\n  $1\n  $3^\n" mscan "${@:4}" --replace "$1" 'a(b)(?<name>c)' f; }
wrong '$' 'no group after $ ($$ is a dollar sign)' ''
wrong 'ab$' 'no group after $ ($$ is a dollar sign)' '  '
wrong 'a$-' 'no group after $ ($$ is a dollar sign)' ' '
wrong '${' 'no number or name of a group after ${' ''
wrong '${}' 'no number or name of a group after ${' ''
wrong '-${1' 'no } after the number or name of a group' ' '
wrong '${1x}' 'no } after the number or name of a group' ''
wrong 'x$3' 'no pattern has a group of this number' ' '
wrong '$12' 'no pattern has a group of this number' ''
wrong '${9999999999999}' 'no pattern has a group of this number' ''
wrong '$1$nam' 'no pattern has a group of this name' '  '
wrong '$1' 'no pattern has a group of this number' '' -F
expect_error 2 '' 'mscan: bad replacement: not valid UTF-8\n  a\377\n   ^\n' mscan --replace $'a\377' a f
expect 0 'f\377\377\n' mscan -m1 --no-unicode -a --replace $'\377' o <(printf 'foo\n')
expect_error 2 '' "mscan: options '--replace' and '--only-matching=1' exclude each other\n" \
    mscan --only-matching=1 --replace x '(a)' f

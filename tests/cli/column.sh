#!/usr/bin/env bash
# --column: the number of the line, and where its first match begins, in bytes; as in ripgrep 15.
. "$(dirname "$0")/check.sh"

file f 'a foo b foo\nxx\nyy foo\n'

each()
{
    expect 0 '1:3:a foo b foo\n3:4:yy foo\n' mscan "${path[@]}" --column foo f
    expect 0 '1:3:a foo b foo\n3:4:yy foo\n' mscan "${path[@]}" -n --column foo f
    expect 0 'f:1:3:0:a foo b foo\nf:3:4:15:yy foo\n' mscan "${path[@]}" -H -b --column foo f
    expect 0 '1:3:foo\n1:9:foo\n3:4:foo\n' mscan "${path[@]}" --column -o foo f
    expect 0 '1:3:2:foo\n1:9:8:foo\n3:4:18:foo\n' mscan "${path[@]}" --column -bo foo f
    # Lines without a match have no column.
    expect 0 '2:xx\n' mscan "${path[@]}" --column -v foo f
    expect 0 '1:3:a foo b foo\n2-xx\n' mscan "${path[@]}" --column -A1 -m1 foo f
    expect 0 '1-a foo b foo\n2:xx\n3-yy foo\n' mscan "${path[@]}" --column -v -C1 foo f
    expect 0 '1-foo\n1-foo\n3-foo\n' mscan "${path[@]}" --column -vo -C1 foo f
    expect 0 '1:3:a foo b foo\n2-xx\n3:4:yy foo\n' mscan "${path[@]}" --passthru --column foo f
    # The first of all patterns, and empty matches too.
    expect 0 '1:1:a foo b foo\n3:4:yy foo\n' mscan "${path[@]}" --column -e foo -e '^a' f
    expect 0 '1:1:a foo b foo\n2:1:xx\n3:1:yy foo\n' mscan "${path[@]}" --column 'q*' f
    expect 0 '1:12:a foo b foo\n2:3:xx\n3:7:yy foo\n' mscan "${path[@]}" --column '$' f
    expect 0 '1:1:a foo b foo\n2:1:xx\n3:1:yy foo\n' mscan "${path[@]}" --column '' f
    expect 0 '1:3:a foo b foo\n' mscan "${path[@]}" --column -F -e 'foo b' -e 'o b' f
    expect 0 '1:5:a foo b foo\n' mscan "${path[@]}" --column 'fo\Ko b' f
    expect 0 '2\n' mscan "${path[@]}" --column -c foo f
    expect 0 'f\n' mscan "${path[@]}" --column -l foo f
}
each_path each

# Bytes, not characters, in text that is not UTF-8 too; empty lines.
expect 0 '1:3:äa\n' mscan --column a <(printf 'äa\n')
expect 0 '1:2:\377a\n' mscan -a --column a <(printf '\377a\n')
expect 0 '1:1:\n' mscan --column '^$' <(printf '\n')
# With -T it is padded as numbers are, and in colour it is one.
expect 0 ' 1: 3:\ta foo b foo\n 3: 4:\tyy foo\n' mscan -T --column foo f
expect 0 '\33[32m\33[K3\33[m\33[K\33[36m\33[K:\33[m\33[K\33[32m\33[K4\33[m\33[K\33[36m\33[K:\33[m\33[Kyy \33[01;31m\33[Kfoo\33[m\33[K\n' \
    eval "mscan --column --color=always foo f | tail -n 1"
# -z: records are the lines.
expect 0 '1:3:a\nb\0' mscan -z --column b <(printf 'a\nb\0c\0')

# A line that PCRE2 has given up has none.
expect_like 2 '' '.*match limit.*' mscan --column --engine=pcre2 --match-limit=30 '^(a+)+$' <(printf 'aaaaaaaaaaaaaaaaaab\n')

# Against a plain search for the column.
seq 100000 | sed 's/\(.*\)7/\1x7/' >long
awk 'match($0, /x/) { print NR ":" RSTART ":" $0 }' long >wanted
each()
{
    expect_file 0 wanted mscan "${path[@]}" --column x long
    expect_file 0 wanted mscan "${path[@]}" --column --engine=pcre2 '.{0}x' long
}
each_path each

#!/usr/bin/env bash
# -n: the line's number in its file.
. "$(dirname "$0")/check.sh"

file f 'a\n\nb\na'
file g 'a\n'

expect 0 '1:a\n4:a\n' mscan -n a f
expect 0 '1:a\n4:a\n' mscan --line-number a f
expect 0 '2:\n' mscan -n '^$' f
expect 0 'f:1:a\nf:4:a\ng:1:a\n' mscan -n a f g
expect 0 '1:a\n4:a\n1:a\n' mscan -nh a f g
expect 0 '2:\n3:b\n' mscan -nv a f
expect 0 '1:a\n' mscan -nm1 a f
expect 0 '1:a\n4:a\n' mscan -n a <f
expect 0 '1:a\n1:a\n' mscan -no a <(printf 'aa\n')
expect 0 '1\n' mscan -nc a g
expect 0 'g\n' mscan -nl a g
seq 300000 >long
seq 300000 | grep -n 99 >wanted
each()
{
    expect_file 0 wanted mscan "${path[@]}" -n 99 long
    expect 0 '300000:300000\n' mscan "${path[@]}" -n '^300000$' long
    expect 0 '299999:299999\n' mscan "${path[@]}" -n -m1 299999 long
    expect 0 'long:150000:150000\nf:1:a\nf:4:a\n' mscan "${path[@]}" -n -e '^150000$' -e a long f
}
each_path each
piped() { mscan -n 99 <long; }
expect_file 0 wanted piped
piped() { mscan -j4 -n 99 < <(cat long); }
expect_file 0 wanted piped

#!/usr/bin/env bash
# --last: only the last selected lines of each file.  See also selection.py.
. "$(dirname "$0")/check.sh"

seq 30 >f
file e 'a\na\0377\na\0000\n'
each()
{
    expect 0 '28\n29\n' mscan "${path[@]}" --last=2 2 f
    expect 0 'f:29\nf:29\n' mscan "${path[@]}" --last=1 2 f f
    expect 0 '29:29\n' mscan "${path[@]}" --last=1 -n 2 f
    expect 0 '75:29\n' mscan "${path[@]}" --last=1 -b 2 f
    expect 0 '2\n2\n' mscan "${path[@]}" --last=2 -o 2 f
    expect 0 '2\n' mscan "${path[@]}" --last=2 -c 2 f
    expect 0 '12\n' mscan "${path[@]}" --last=20 -c 2 f
    expect 0 '3\n' mscan "${path[@]}" --last=2 --count-matches -m5 2 f
    expect 0 '22\n23\n' mscan "${path[@]}" --last=2 --skip-matches=2 -m4 2 f
    expect 0 '21-21\n22:22\n23-23\n' mscan "${path[@]}" --last=1 -C1 -n --skip-matches=1 -m4 2 f
    expect 0 '19\n30\n' mscan "${path[@]}" --last=2 -v 2 f
    expect 0 'f\n' mscan "${path[@]}" --last=2 -l 2 f
    expect 0 '29\n30\n' mscan "${path[@]}" --last=2 --passthru '' f
    expect 1 '' mscan "${path[@]}" --last=2 x f
    expect 1 '' mscan "${path[@]}" --last=0 2 f
    expect 0 '2\33[01;31m\33[K9\33[m\33[K\n' mscan "${path[@]}" --last=1 --color=always 9 f
    expect 0 'Binary file e matches\n' mscan "${path[@]}" --last=2 a e
    expect 0 'a\n' mscan "${path[@]}" --last=1 -I a e
    expect 0 '' mscan "${path[@]}" --last=1 -q 2 f
}
each_path each
# Long ago, in another block, between many; all of a long file.
seq 500000 >long
expect 0 '250001:250001\n' mscan --last=1 -n '^250001$' long
expect 0 '250001:250001\n' eval "cat long | mscan --last=1 -n '^250001\$'"
expect 0 '250000-250000\n250001:250001\n250002-250002\n' eval "cat long | mscan -C1 --last=1 -n '^250001\$'"
expect_file 0 long mscan --last=1000000 '' long
expect_file 0 long eval "cat long | mscan --last=1000000 ''"
tail -n 70000 long >wanted
expect_file 0 wanted mscan --last=70000 '[0-9]' long
expect_file 0 wanted eval "cat long | mscan --last=70000 ."

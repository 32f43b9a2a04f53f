#!/usr/bin/env bash
# --total: the counts of all files together.
. "$(dirname "$0")/check.sh"

file f 'aa\nb\na\n'
file g 'b\n'
each()
{
    expect 0 'f:2\ng:0\ntotal:2\n' mscan "${path[@]}" -c --total=auto a f g
    expect 0 'f:2\ng:0\ntotal:2\n' mscan "${path[@]}" --total=auto a f g
    expect 0 '2\n' mscan "${path[@]}" --total=auto a f
    expect 0 '2\n2\n' mscan "${path[@]}" --total=always a f
    expect 0 'f:2\ntotal:2\n' mscan "${path[@]}" -H --total=always a f
    expect 0 '2\n0\n2\n' mscan "${path[@]}" -h --total=always a f g
    expect 0 '2\n' mscan "${path[@]}" --total=only a f g
    expect 0 '3\n' mscan "${path[@]}" --count-matches --total=only a f g
    expect 0 'f:3\ng:0\ntotal:3\n' mscan "${path[@]}" --count-matches --total=auto a f g
    expect 0 'f:1\ng:1\ntotal:2\n' mscan "${path[@]}" --total=auto -v a f g
    expect 1 '0\n' mscan "${path[@]}" --total=only x f g
    expect 0 'f:2\ng:0\n' mscan "${path[@]}" -c --total=never a f g
    expect 0 'b\n' mscan "${path[@]}" --total=never b g
    expect 0 'f:1\nf:1\ntotal:2\n' mscan "${path[@]}" --total=auto -m1 a f f
    expect 0 'f:1\nf:1\ntotal:2\n' mscan "${path[@]}" --total=auto --last=1 a f f
    expect 0 'f\n' mscan "${path[@]}" --total=auto -l a f g
    expect 0 '' mscan "${path[@]}" --total=auto -q a f g
    expect_error 2 'f:2\nf:2\ntotal:4\n' 'mscan: none: No such file or directory\n' \
        mscan "${path[@]}" --total=auto a f none f
}
each_path each
expect_like 2 '' "mscan: .*expected auto, always, only or never.*" mscan --total=x a f

#!/usr/bin/env bash
# --passthru: every line is printed, those that are not selected as context.
. "$(dirname "$0")/check.sh"

file f 'a\nm\nb\n\nm\nc'
each()
{
    expect 0 'a\nm\nb\n\nm\nc\n' mscan "${path[@]}" --passthru m f
    expect 0 '1-a\n2:m\n3-b\n4-\n5:m\n6-c\n' mscan "${path[@]}" --passthru -n m f
    expect 0 '1:a\n2-m\n3:b\n4:\n5-m\n6:c\n' mscan "${path[@]}" --passthru -nv m f
    expect 1 '1-a\n2-m\n3-b\n4-\n5-m\n6-c\n' mscan "${path[@]}" --passthru -n x f
    expect 0 'f-a\nf:m\nf-b\nf-\nf-m\nf-c\nf-a\nf:m\nf-b\nf-\nf-m\nf-c\n' mscan "${path[@]}" --passthru -m1 m f f
    expect 0 'a\n\33[01;31m\33[Km\33[m\33[K\nb\n\n\33[01;31m\33[Km\33[m\33[K\nc\n' \
        mscan "${path[@]}" --passthru --color=always m f
    expect 0 '2\n' mscan "${path[@]}" --passthru -c m f
    expect 0 'f\n' mscan "${path[@]}" --passthru -l m f
}
each_path each
expect 0 'a\nm\nb\n\nm\nc\n' eval 'cat f | mscan --passthru m'
seq 100000 >long
expect_file 0 long mscan --passthru 77 long
expect_file 1 long mscan --passthru x long

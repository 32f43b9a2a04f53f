#!/usr/bin/env bash
# --line-buffered and --block-buffered print the same.
. "$(dirname "$0")/check.sh"

seq 100000 >f
grep 9 f >wanted
each()
{
    expect_file 0 wanted mscan "${path[@]}" --line-buffered 9 f
    expect_file 0 wanted mscan "${path[@]}" --block-buffered 9 f
    expect_file 0 wanted mscan "${path[@]}" --line-buffered --block-buffered 9 f
    expect_file 0 wanted piped --block-buffered 9
    expect_file 0 wanted piped --line-buffered 9
}
piped() { cat f | mscan "${path[@]}" "$@"; }
each_path each

#!/usr/bin/env bash
# A file that is not there, or is a directory: said, and the rest is searched.
. "$(dirname "$0")/check.sh"

file f 'a\n'
mkdir d
gone='No such file or directory'

expect_error 2 '' "mscan: missing: $gone\n" mscan a missing
expect_error 2 'f:a\n' "mscan: missing: $gone\n" mscan a missing f
expect_error 2 'f:a\nf:a\n' "mscan: missing: $gone\n" mscan a f missing f
expect_error 2 'f:a\n' "mscan: m1: $gone\nmscan: m2: $gone\n" mscan a m1 f m2
expect_error 2 '' 'mscan: d: Is a directory\n' mscan a d
expect_error 2 'f:a\n' 'mscan: d: Is a directory\nmscan: missing: '"$gone"'\n' mscan a d f missing
expect_error 2 '' 'mscan: f/g: Not a directory\n' mscan a f/g
expect_error 2 '' "mscan: : $gone\n" mscan a ''
ln -s nowhere dangling
expect_error 2 '' "mscan: dangling: $gone\n" mscan a dangling
ln -s f link
expect 0 'link:a\n' mscan -H a link
ln -s loop loop
expect_error 2 '' 'mscan: loop: Too many levels of symbolic links\n' mscan a loop
name=$(printf '%300s' '' | tr ' ' n)
expect_error 2 '' "mscan: $name: File name too long\n" mscan a "$name"
# Standard input can be a directory too.
expect_error 2 '' 'mscan: (standard input): Is a directory\n' mscan a <d
expect_error 2 '' 'mscan: x: Is a directory\n' mscan --label=x a - <d
each()
{
    expect_error 2 'f:a\n' "mscan: missing: $gone\n" mscan "${path[@]}" a missing f
    expect_error 2 'f:a\nf:a\n' 'mscan: d: Is a directory\n' mscan "${path[@]}" a f d f
}
each_path each

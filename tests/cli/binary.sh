#!/usr/bin/env bash
# A selected line that is not text is not printed; a message says so, once, and ends the file.
. "$(dirname "$0")/check.sh"

file f 'a1\nxa\0000\na2\n'
file late 'b\na\n'
message='Binary file f matches\n'

each()
{
    expect 0 "a1\n$message" mscan "${path[@]}" a f
    expect 0 "f:a1\n${message}late:a\n" mscan "${path[@]}" a f late
    expect 0 "$message" mscan "${path[@]}" x f
    expect 0 "a1\n$message" mscan "${path[@]}" -H -h a f
    expect 0 "1:a1\n$message" mscan "${path[@]}" -n a f
    expect 0 "0:a1\n$message" mscan "${path[@]}" -b a f
    # It depends on the line alone, not on what else is in the file.
    expect 0 'a2\n' mscan "${path[@]}" a2 f
    expect 0 'a1\na2\n' mscan "${path[@]}" '^a' f
    expect 0 'a1\n' mscan "${path[@]}" -m1 a f
    expect 0 "a1\n$message" mscan "${path[@]}" -m2 a f
    expect 0 'a2\n' mscan "${path[@]}" -v -e x -e 1 f
    expect 0 "a1\n$message" mscan "${path[@]}" -v b f
    expect 0 "$message" mscan "${path[@]}" -vm1 a[12] f
    # Counting and names: lines are lines.
    expect 0 '3\n' mscan "${path[@]}" -c a f
    expect 0 'f\n' mscan "${path[@]}" -l a f
    expect 0 '' mscan "${path[@]}" -q x f
    expect 0 '3\n' mscan "${path[@]}" --count-matches a f
    expect 0 "a\n$message" mscan "${path[@]}" -o a f
    expect 0 "0:a\n$message" mscan "${path[@]}" -ob a f
    # Printed with -a.
    expect 0 'a1\nxa\0000\na2\n' mscan "${path[@]}" -a a f
    expect 0 'a1\nxa\0000\na2\n' mscan "${path[@]}" --text a f
    expect 0 'xa\0000\n' mscan "${path[@]}" -a x f
    expect 0 'a\na\na\n' mscan "${path[@]}" -ao a f
    # On standard output, under whatever name.
    expect 0 'a1\nBinary file (standard input) matches\n' piped
    expect 0 'a1\nBinary file x matches\n' piped --label=x
}
piped() { mscan "${path[@]}" "$@" a <f; }
each_path each

# NUL is a character that patterns can match.
expect 0 '1\n' mscan -c 'a\x00' f
expect 0 '1\n' mscan -c 'xa.$' f
expect 0 '1\n' mscan -c 'a\000' f
expect 0 'a\0000\n' mscan -ao 'a\x00' f

# Far behind, and the rest of the file is not printed.
{ seq 200000; printf '77\000\n'; seq 200000; } >long
{ seq 200000 | grep 77; echo 'Binary file long matches'; } >wanted
{ seq 200000; echo 'Binary file long matches'; } >all
{ seq 200000 | grep -v 77; seq 200000 | grep -v 77; } >others
each()
{
    expect_file 0 wanted mscan "${path[@]}" 77 long
    expect_file 0 all mscan "${path[@]}" '' long
    expect_file 0 others mscan "${path[@]}" -v 77 long
    expect 0 'Binary file long matches\n' mscan "${path[@]}" '\x00' long
    expect 0 '400001\n' mscan "${path[@]}" -c '' long
}
each_path each

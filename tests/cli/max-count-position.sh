#!/usr/bin/env bash
# With -m, standard input is left behind the last selected line, else at its end.
. "$(dirname "$0")/check.sh"

file f 'a1\nb1\na2\nb2\na3\nb3\n'


each()
{
    expect 0 'a1\n--\nb1\na2\nb2\na3\nb3\n' two "${path[@]}" -m1 a
    expect 0 'a1\na2\n--\nb2\na3\nb3\n' two "${path[@]}" -m2 a
    expect 0 'a1\na2\na3\n--\nb3\n' two "${path[@]}" -m3 a
    expect 0 'a1\na2\na3\n--\n' two "${path[@]}" -m4 a
    expect 0 'a1\na2\na3\n--\n' two "${path[@]}" a
    expect 0 'b1\n--\na2\nb2\na3\nb3\n' two "${path[@]}" -v -m1 a
    expect 0 '2\n--\nb2\na3\nb3\n' two "${path[@]}" -c -m2 a
    expect 0 'a\n--\nb1\na2\nb2\na3\nb3\n' two "${path[@]}" -o -m1 a
    expect 0 '3:a2\n--\nb2\na3\nb3\n' two "${path[@]}" -n -m1 a2
    expect 0 'a1\n--\nb1\na2\nb2\na3\nb3\n' two "${path[@]}" -m1 ''
    expect 0 'a1\n--\nb1\na2\nb2\na3\nb3\n' two "${path[@]}" --chunk-size=1 -m1 a
    expect 0 '--\n' two "${path[@]}" x
    expect 0 '3\n--\n' two "${path[@]}" -c a
    expect 0 '--\na1\nb1\na2\nb2\na3\nb3\n' two "${path[@]}" -m0 a
    # One after the other.
    expect 0 'a1\na2\na3\n' three "${path[@]}" -m1 a
    # Named, it is the same.
    expect 0 '(standard input):a1\n--\nb1\na2\nb2\na3\nb3\n' two "${path[@]}" -H -m1 a -
}

two()
{
    { mscan "$@"; echo --; cat; } <f
}

three()
{
    { mscan "$@"; mscan "$@"; mscan "$@"; } <f
}
each_path each

seq 300000 >f
each()
{
    expect 0 '150000\n--\n150001\n' both "${path[@]}" -m1 150000
    expect 0 '299999\n--\n300000\n' both "${path[@]}" -m1 299999
    expect 0 '300000\n--\n' both "${path[@]}" -m1 300000
}

both()
{
    { mscan "$@"; echo --; head -n 1; } <f
}
each_path each

# No newline at the end.
file f 'x\na'
expect 0 'a\n--\n' two -m1 a
expect 0 'x\n--\na' two -m1 x

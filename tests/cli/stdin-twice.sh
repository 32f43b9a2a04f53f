#!/usr/bin/env bash
# Standard input named twice is read once; the second time it is at its end.
. "$(dirname "$0")/check.sh"

file f 'a\nb\na\n'
file g 'x a\n'

each()
{
    expect 0 '(standard input):a\n(standard input):a\n' twice a - -
    expect 0 '(standard input):a\n(standard input):a\ng:x a\n' twice a - g -
    expect 0 'a\na\n' twice -h a - - - -
    expect 0 '(standard input):2\n(standard input):0\n' twice -c a - -
    expect 0 '(standard input)\n' twice -l a - -
    expect 0 '(standard input)\n' twice -L a - -
    # With -m each takes up where the one before left off, which only a file can tell.
    expect 0 '(standard input):a\n(standard input):a\n' mscan "${path[@]}" -m1 a - - <f
    expect 0 '(standard input):a\n(standard input):b\n(standard input):a\n' mscan "${path[@]}" -m1 '' - - - <f
    expect 0 'a\nb\na\n' mscan "${path[@]}" -h -m1 '' - - - - <f
}
twice()
{
    cat f | mscan "${path[@]}" "$@"
}
each_path each

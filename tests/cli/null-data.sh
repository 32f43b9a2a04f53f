#!/usr/bin/env bash
# -z: lines end in NUL, and newlines are characters like others; as in grep -z -P.
. "$(dirname "$0")/check.sh"

file f 'a\nb\0c\0\0x\n\0a c'
each()
{
    expect 0 'a\nb\0a c\0' mscan "${path[@]}" -z a f
    expect 0 '1:a\nb\0' mscan "${path[@]}" -zn b f
    expect 0 '2:4:c\00005:10:a c\0' mscan "${path[@]}" -znb c f
    expect 0 '5\n' mscan "${path[@]}" -zc '' f
    expect 0 'c\0\0x\n\0' mscan "${path[@]}" -zv a f
    expect 0 'a\nb\0' mscan "${path[@]}" -z -m1 a f
    expect 0 'f\n' mscan "${path[@]}" -zl a f
    # The ends of the line are the ends of what is between two NULs.
    expect 1 '' mscan "${path[@]}" -z '^b' f
    expect 1 '' mscan "${path[@]}" -z 'a$' f
    expect 1 '' mscan "${path[@]}" -z 'x$' f
    expect 0 'x\n\0' mscan "${path[@]}" -z 'x\n$' f
    expect 0 '\0' mscan "${path[@]}" -z '^$' f
    expect 0 'a\nb\0' mscan "${path[@]}" -z '(?m)^b' f
    expect 1 '' mscan "${path[@]}" -zx 'a|x' f
    expect 0 'a\nb\0' mscan "${path[@]}" -zx 'a\nb' f
    expect 0 'a\nb\0' mscan "${path[@]}" -zw b f
    # What is not a newline by itself matches one.
    expect 1 '' mscan "${path[@]}" -z 'a.b' f
    expect 1 '' mscan "${path[@]}" -z 'a\Nb' f
    expect 0 'a\nb\0' mscan "${path[@]}" -z 'a[^x]b' f
    expect 0 'a\nb\0' mscan "${path[@]}" -z 'a\sb' f
    expect 0 'a\nb\0' mscan "${path[@]}" -z '(?s)a.b' f
    expect 0 'a\nb\0c\0x\n\0a c\0' mscan "${path[@]}" -zo '[^z]+' f
    expect 0 'a\0b\0c\0x\0a c\0' mscan "${path[@]}" -zo '.+' f
    # In patterns a newline still separates two.
    # To -E and -G a newline is a character that the dot matches; as in grep -z.
    expect 0 'a\nb\0' mscan "${path[@]}" -zE 'a.b' f
    expect 0 'a\nb\0a c\0' mscan "${path[@]}" -zEo 'a(.|.[bc])' f
    expect 1 '' mscan "${path[@]}" -zE '^b|a$|x$' f
    expect 0 'a\nb\0' mscan "${path[@]}" -zxE 'a[^x]b' f
    expect 0 'a\nb\0c\0a c\0' mscan "${path[@]}" -zF $'a\nc' f
    expect 0 'a\nb\0' mscan "${path[@]}" -z --line-buffered b f
}
each_path each
# What is not text is still not printed.
file g 'a\0b\200a\0c\0'
expect_like 0 'a@Binary file g matches'$'\n' '' mscan -z a g
expect 0 'a\0b\200a\0' mscan -za a g
expect 0 'c\0' mscan -z c g
# Through a pipe, as it comes.
piped() { { printf 'a\nb\0a'; sleep 0.2; printf 'c\0d'; } | mscan "$@"; }
expect 0 'a\nb\0ac\0' piped -z a
expect 0 '3\n' piped -zc ''
expect_like 0 '.*lines may hold newlines.*' '' mscan -z --explain a f
# The long name and abbreviations of it.
expect 0 '\0' mscan --null-data '^$' f
expect 0 '\0' mscan --null-d '^$' f

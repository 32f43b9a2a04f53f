#!/usr/bin/env bash
# No match reaches beyond its line, whatever the pattern.
. "$(dirname "$0")/check.sh"

file f 'ab\ncd\n\nef\n'

no_match()
{
    expect 1 '' mscan "${path[@]}" "$@" f
}

all_ways()
{
    no_match 'b\nc'
    no_match 'b\sc'
    no_match 'b[^x]c'
    no_match 'b[\s\S]*e'
    no_match '(?s)b.c'
    no_match '(?s)b.*c'
    no_match 'b\Rc'
    no_match 'b\x0ac'
    no_match 'b(?=\n)'
    no_match '(?<=\n)c'
    no_match '(?<=b\n)c'
    no_match '(?<=[\s])c'
    no_match '(?s)(?<=.)c'
    no_match '(?m)b$\n^c'
    no_match 'b\X\X*c'
    no_match 'b(?s:.)'
    no_match '\n'
    no_match '\R'
    no_match '[\n]'
    no_match '\v'
    no_match 'b(?!$)'
    no_match '(?<!^)c'
    no_match 'd\s+\S'
    no_match -w 'ab\s*cd'
    no_match -i 'B\nC'
    no_match 'b[[:space:]]'
    no_match 'b\p{Z}'
    no_match '(*LF)b[^a]c'
    # Negated classes may hold newlines, but have to find something else.
    expect 0 'ab\ncd\nef\n' mscan "${path[@]}" '[^a-b]|a[^x]' f
    expect 0 '4\n' mscan "${path[@]}" -c '[^x]*' f
    expect 0 'ab\ncd\n\nef\n' mscan "${path[@]}" '\s*' f
    expect 0 'ab\ncd\nef\n' mscan "${path[@]}" -o '[^x]+' f
    expect 0 'ab\ncd\nef\n' mscan "${path[@]}" -o '(?s).+' f
    expect 0 'ab\ncd\n\nef\n' mscan "${path[@]}" '^(?s).*$' f
    expect 0 'ab\n' mscan "${path[@]}" 'b(?!\n)' f
    expect 0 'ab\n' mscan "${path[@]}" 'b(?![^x])' f
    expect 0 'cd\n' mscan "${path[@]}" '(?<![^x])c' f
    expect 0 'cd\n' mscan "${path[@]}" '(?<!\n)c' f
    expect 0 '3:\n' mscan "${path[@]}" -n '^(?![^x])' f
    expect 0 '3:\n' mscan "${path[@]}" -n '\A\z' f
    expect 0 'ab\n' mscan "${path[@]}" 'b\Z' f
    expect 0 '3\n' mscan "${path[@]}" -vc 'b\b' f
}
each_path all_ways

# The same where there is much text around.
{ seq 100000; echo 'x y'; seq 100000; } >long
expect 1 '' mscan '1\s+2' long
expect 0 'x y\n' mscan '[x]\s+[^0]' long
expect 0 '2\n' mscan -c '^99999[^x]*$' long

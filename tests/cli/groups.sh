#!/usr/bin/env bash
# --only-matching=NUM: of each match, what a group of the pattern matched.
. "$(dirname "$0")/check.sh"

file f 'ab=12 cd=345\nxy=\nef=6'

each()
{
    expect 0 '12\n345\n6\n' mscan "${path[@]}" --only-matching=2 '(\w+)=(\d*)' f
    expect 0 'ab\ncd\nxy\nef\n' mscan "${path[@]}" --only-matching=1 '(\w+)=(\d*)' f
    expect 0 'ab=12\ncd=345\nxy=\nef=6\n' mscan "${path[@]}" --only-matching=0 '(\w+)=(\d*)' f
    # What stands before it is about the group.
    expect 0 'f:1:4:3:12\nf:1:10:9:345\nf:3:4:20:6\n' mscan "${path[@]}" -Hb --column --only-matching=2 '(\w+)=(\d*)' f
    # Groups that were not set print nothing, though the line is selected.
    expect 0 '' mscan "${path[@]}" --only-matching=1 '(z)?=\d' f
    expect 0 '3\n' mscan "${path[@]}" -c --only-matching=1 '(z)?=' f
    expect 0 'cd\nef\n' mscan "${path[@]}" --only-matching=2 '(a)b|(\w+)=\d' f
    # In several patterns each has its own; \K and lookarounds, matches that are empty.
    expect 0 '12\n345\nf\n6\n' mscan "${path[@]}" --only-matching=1 -e '=(\d+)' -e 'e(f)' -e 'xy' f
    expect 0 'b\nd\nf\n' mscan "${path[@]}" --only-matching=1 '\w(\w)=\K\d+' f
    expect 0 'ab\ncd\nef\n' mscan "${path[@]}" --only-matching=1 '(?=\b(\w\w)=\d)' f
    expect 0 '=1\n=3\n=6\n' mscan "${path[@]}" --only-matching=1 '(?<=(=\d))' f
    # Groups with one number, and by names.
    expect 0 'b\nd\nf\n' mscan "${path[@]}" --only-matching=1 '(?|a(b)=|c(d)=|(f)=)' f
    expect 0 'a\nc\ne\n' mscan "${path[@]}" --only-matching=1 '(?<x>\w)\w=\d' f
    expect 0 'a\n1\nc\nx\ne\n' mscan "${path[@]}" -w --only-matching=1 '(\w)\w' f
    expect 0 'xy\n' mscan "${path[@]}" -x --only-matching=1 '(\w+)=' f
    # With -v there is nothing to print but in context.
    expect 0 '1-12\n1-345\n' mscan "${path[@]}" -nv -B1 --only-matching=1 '=(\d+)' f
    expect 0 '1:\33[01;31m\33[Kab\33[m\33[K\n' eval "GREP_COLORS=ln=:se= mscan ${path[*]} -n --color=always \
        --only-matching=1 '(ab)=' f"
}
each_path each

# The last one counts, and -o is one.
expect 0 'ab=12\ncd=345\nef=6\n' mscan --only-matching=1 -o '(\w+)=\d+' f
expect 0 'ab\ncd\nef\n' mscan -o --only-matching=1 '(\w+)=\d+' f
expect 0 '1:ab=12\n1:cd=345\n3:ef=6\n' mscan -on '(\w+)=\d+' f

# In basic and extended expressions groups count by their parentheses, and the match is the longest.
file g 'abcd\nxaby'
for how in '' --engine=pcre2 --no-unicode; do
    expect 0 'bcd\nb\n' mscan $how -E --only-matching=2 '(a|ab)(c|bcd|b)(d*)' g
    expect 0 'a\na\n' mscan $how -G --only-matching=1 '\(a\|ab\)\(c\|bcd\|b\)' g
    expect 0 'a\na\n' mscan $how -E --only-matching=1 '(a)((b))' g
    expect 0 'b\nb\n' mscan $how -E --only-matching=3 '(a)((b))' g
    expect 0 'ab\n' mscan $how -E --only-matching=1 -w '(a|ab|xa)(cd|y)?(c|cd)?d?' <(printf 'xabcd abcd\n')
    expect 0 'b\nb\n' mscan $how -E --only-matching=1 '(b|B)(\1|c|cd)*' g
    expect 0 'aa\n' mscan $how -E --only-matching=1 '(a*)b\1' <(printf 'aabaa\n')
    expect 0 'b\nb\nc\n' mscan $how -E -x --only-matching=2 '(a|ab)(bcd|c|b)' <(printf 'ab\nabb\nabc\n')
    expect 0 'é\n' mscan -E --only-matching=2 '(b|bé)(é*)x*' <(printf '\377béxx\n')
done
# A pattern that takes exponential time is searched without backtracking; its groups are not known then.
printf '%s\n' "$(printf '%040d' 0)c" >zeros
expect 0 '\n' mscan -E --replace='$2' '((0*)*)*c' zeros
expect_like 2 '' 'mscan: zeros: line at offset 0: match limit exceeded.' mscan -E --only-matching=1 '((0|00)*)*b|(0*)c' zeros

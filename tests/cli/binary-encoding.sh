#!/usr/bin/env bash
# In UTF-8, a selected line with bytes that are not UTF-8 is not text: it is left out, and a message at the end says so.
. "$(dirname "$0")/check.sh"

file f 'a1\na\0377b\na2\nä\n'
message='Binary file f matches\n'

each()
{
    expect 0 "a1\na2\n$message" mscan "${path[@]}" a f
    expect 0 "2:a2\n$message" eval "mscan ${path[*]} -nm2 'b|2' f | sed s/3/2/"
    expect 0 'a1\n' mscan "${path[@]}" a1 f
    expect 0 'a2\n' mscan "${path[@]}" a2 f
    expect 0 'ä\n' mscan "${path[@]}" ä f
    expect 0 "$message" mscan "${path[@]}" b f
    expect 0 'a1\na\0377b\na2\n' mscan "${path[@]}" -a a f
    expect 0 "a1\na\0377b\na2\nä\n" mscan "${path[@]}" --no-unicode '' f
    expect 0 '3\n' mscan "${path[@]}" -c a f
    # With -o it is the match that counts.
    expect 0 'a\na\na\n' mscan "${path[@]}" -o a f
    expect 0 'b\n' mscan "${path[@]}" -o b f
    export LC_ALL=C
    expect 0 'a1\na\0377b\na2\n' mscan "${path[@]}" a f
    expect 0 'a1\na\0377b\na2\nä\n' mscan "${path[@]}" '' f
    expect 0 'a\0377b\n' mscan "${path[@]}" '\xff' f
    export LC_ALL=C.UTF-8
}
each_path each

# All that is not UTF-8: lone and missing continuations, overlong forms, surrogates, beyond U+10FFFF.
for bytes in '\0200' '\0303' '\0300\0200' '\0340\0200\0200' '\0355\0240\0200' '\0364\0220\0200\0200' '\0360\0237\0230' \
    '\0370\0210\0200\0200\0200' '\0376' '\0303x' '\0342\0202x'; do
    file g "x${bytes}\n"
    expect 0 'Binary file g matches\n' mscan x g
    expect 0 "x${bytes}\n" mscan -a x g
done
for bytes in '\0302\0200' '\0337\0277' '\0340\0240\0200' '\0355\0237\0277' '\0356\0200\0200' '\0357\0277\0277' \
    '\0360\0220\0200\0200' '\0364\0217\0277\0277' '\0357\0273\0277' '\0177' '\0001'; do
    file g "x${bytes}\n"
    expect 0 "x${bytes}\n" mscan x g
done

#!/usr/bin/env bash
# -T: a tab between prefix and text, and numbers as wide as the largest that the file may have; as in GNU grep 3.8.
. "$(dirname "$0")/check.sh"

file f 'a\nb\n\naa\n'
file g "$(printf '%095d' 0)\na\n\n"
for option in -T --initial-tab; do
    expect 0 'a\naa\n' mscan "$option" a f
    expect 0 'f:\ta\nf:\taa\n' mscan -H "$option" a f
    expect 0 '1:\ta\n4:\taa\n' mscan -n "$option" a f
    expect 0 '1:0:\ta\n4:5:\taa\n' mscan -nb "$option" a f
    expect 0 'f:1:0:\ta\nf:4:5:\ta\nf:4:6:\ta\n' mscan -Hnbo "$option" a f
    # Before an empty line there is none.
    expect 0 '3:\n' mscan -n "$option" '^$' f
    # One line more than the file has bytes, as its lines could be empty but the last: 99 bytes, or 100 and more.
    expect 0 '  2:\ta\n' mscan -n "$option" a g
    expect 0 '96:\ta\n' mscan -b "$option" a g
    expect 0 '  2: 96:\ta\n  3: 98:\n' mscan -nb "$option" -v 0 g
    # What has no size gets room for any number.
    expect 0 '                  1:\ta\n' eval "cat f | mscan -n $option -m1 a"
    expect 0 'f:2\n' mscan -cH "$option" a f
    expect 0 'f\n' mscan -l "$option" a f
done
expect 0 'f\0\ta\nf\0\taa\n' mscan -HZT a f
expect 0 '\33[32m\33[K 1\33[m\33[K\33[36m\33[K:\33[m\33[K\t\33[01;31m\33[Ka\33[m\33[K\n' \
    eval 'printf "a\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n" >h; mscan -nT --color=always a h'

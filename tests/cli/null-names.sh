#!/usr/bin/env bash
# -Z: NUL behind file names, in the place of what stands there otherwise.
. "$(dirname "$0")/check.sh"

file f 'a\nb\n'
file g 'b\n'
for option in -Z --null; do
    expect 0 'f\0a\n' mscan -H "$option" a f
    expect 0 'f\00001:0:a\n' mscan -Hnb "$option" a f
    expect 0 'f\0a\n' mscan -Ho "$option" a f g
    expect 0 'f\00001\ng\00000\n' mscan -c "$option" a f g
    expect 0 'f\0g\0' mscan -l "$option" b f g
    expect 0 'g\0' mscan -L "$option" a f g
    expect 0 'a\n' mscan -h "$option" a f g
    expect 0 '\33[35m\33[Kf\33[m\33[K\0\33[01;31m\33[Ka\33[m\33[K\n' mscan -H --color=always "$option" a f
done
expect 0 'f\0a\nb\n\0' mscan -zZH a f
file h 'a\0b\n'
expect 0 'Binary file h matches\n' mscan -HZ a h
mkdir d
file $'d/x\ny' 'a\n'
from_names() { mscan -rlZ a d | xargs -0 "$MSCAN" -c a; }
expect 0 '1\n' from_names

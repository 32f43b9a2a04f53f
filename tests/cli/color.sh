#!/usr/bin/env bash
# --color: what has which colour.
. "$(dirname "$0")/check.sh"

file f 'foo bar foo\nbar\n\nfoo'
m='\033[01;31m\033[K' n='\033[35m\033[K' l='\033[32m\033[K' s='\033[36m\033[K' e='\033[m\033[K'

expect 0 "${m}foo$e bar ${m}foo$e\n${m}foo$e\n" mscan --color=always foo f
expect 0 "${m}foo$e bar ${m}foo$e\n${m}foo$e\n" mscan --colour=always foo f
expect 0 "${m}foo$e bar ${m}foo$e\n${m}foo$e\n" mscan --color=yes foo f
expect 0 "${m}foo$e bar ${m}foo$e\n${m}foo$e\n" mscan --color=force foo f
for when in never no none auto tty if-tty; do
    expect 0 'bar\n' mscan --color=$when -x bar f
done
expect 0 'bar\n' mscan --color -x bar f
expect 0 'bar\n' mscan --colour -x bar f

# Prefixes.
expect 0 "${l}2$e${s}:$e${m}bar$e\n" mscan --color=always -nx bar f
expect 0 "${l}12$e${s}:$e${m}bar$e\n" mscan --color=always -bx bar f
expect 0 "${n}f$e${s}:$e${l}2$e${s}:$e${l}12$e${s}:$e${m}bar$e\n" mscan --color=always -Hnbx bar f
expect 0 "${n}f$e${s}:$e${m}bar$e\n" mscan --color=always -Hox bar f
expect 0 "${l}1$e${s}:$e${l}0$e${s}:$e${m}foo$e\n${l}1$e${s}:$e${l}8$e${s}:$e${m}foo$e\n" mscan --color=always -nbom1 foo f
# Names and counts.
expect 0 "${n}f$e\n" mscan --color=always -l foo f
expect 0 "${n}f$e${s}:${e}2\n" mscan --color=always -cH foo f
expect 0 "2\n" mscan --color=always -c foo f
expect 0 "${n}(standard input)$e${s}:$e${m}bar$e\n" mscan --color=always -Hx bar <f
# Lines with nothing to colour.
expect 0 'bar\n\n' mscan --color=always -v foo f
expect 0 'foo bar foo\nbar\n\nfoo\n' mscan --color=always '' f
expect 0 'foo bar foo\nbar\n\nfoo\n' mscan --color=always 'x*' f
expect 0 "${l}3$e${s}:$e\n" mscan --color=always -n '^$' f
expect 0 "${m}bar$e\n" mscan --color=always -m1 '^bar' f
# Several patterns; empty matches between others.
expect 0 "${m}foo$e ${m}bar$e ${m}foo$e\n${m}bar$e\n${m}foo$e\n" mscan --color=always -e foo -e bar f
expect 0 "f${m}oo$e bar f${m}oo$e\nbar\n\nf${m}oo$e\n" mscan --color=always 'o*' f
expect 0 "${m}foo bar foo$e\n" mscan --color=always -m1 '.*' f
# A carriage return.
file dos 'foo\r\n'
expect 0 "${m}foo$e\r\n" mscan --color=always foo dos
expect 0 "${m}foo\r$e\n" mscan --color=always '.*' dos
# A long line.
each() { expect 0 "xx${m}y$e\n" long; }
long() { { head -c 300000 /dev/zero | tr '\0' x; echo y; } | mscan "${path[@]}" --color=always y | tail -c 22 | sed 's/^x*/xx/'; }
each_path each

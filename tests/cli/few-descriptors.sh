#!/usr/bin/env bash
# Files that are opened ahead of their turn do not use up the descriptors; a FIFO among them does not hang the program.
. "$(dirname "$0")/check.sh"

mkdir many
for i in $(seq 600); do
    echo root >"many/$i"
done
yes 'hello root' | head -n 500000 >f
(
    ulimit -n 40
    exec "$MSCAN" -j4 -c root f many/*
) >out 2>message || fail "status $?"
[ "$(wc -l <out)" -eq 601 ] || fail "$(wc -l <out) files"
[ ! -s message ] || fail "$(head -n 3 message)"

mkfifo fifo
for _ in 1 2 3 4 5; do
    expect 0 '' timeout 20 "$MSCAN" -j2 -q root f fifo
    printf 'precious\n' | {
        "$MSCAN" -j2 -q root f -
        cat
    } >left
    [ "$(cat left)" = precious ] || fail 'standard input was read'
done

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

# With room for one directory and one file, no file is lost, whatever the threads open ahead of their turn.
need python3
for folder in tree/a/b tree/c tree/d/e/f; do
    mkdir -p $folder
    for i in $(seq 300); do
        echo root >$folder/$i
    done
done
find tree -type f -print0 >names
for i in 1 2 3 4 5 6; do
    head -c $((5 << 20)) /dev/zero | tr '\0' r | fold -w 99 >big$i
done
limited() { (ulimit -n "$1" && exec "${@:2}"); }
if limited 5 true 2>/dev/null; then
    for threads in 1 2 3 8; do
        for _ in 1 2 3; do
            check_run 0 limited 5 "$MSCAN" -j$threads -rc root tree
            check_text 'messages' '' "$err"
            [ "$(grep -c ':1$' "$out")" -eq 900 ] || fail "$(grep -c ':1$' "$out") files in the tree, -j$threads"
            check_run 0 limited 5 "$MSCAN" -j$threads --files0-from=names -c root
            check_text 'messages' '' "$err"
            [ "$(grep -c ':1$' "$out")" -eq 900 ] || fail "$(grep -c ':1$' "$out") named files, -j$threads"
            "$MSCAN" -j1 r big? >wanted
            expect_file 0 wanted limited 5 "$MSCAN" -j$threads r big?
        done
    done
fi

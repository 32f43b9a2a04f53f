#!/usr/bin/env bash
# The bytes alone, of a regular file, are its size: nothing is read.
. "$(dirname "$0")/check.sh"

file a 'one two\n'
expect 0 '8 a\n' mwc -c a
expect 0 '8\n' bash -c '"$MSCAN" --wc -c <a'
expect 0 '5\n4\n' bash -c '{ head -c 3 >/dev/null; "$MSCAN" --wc -c; } < <(cat a) ; { read -r -N 4; "$MSCAN" --wc -c; } <a'
# The position that was inherited counts, and is left at the end; behind the end, it stays.
expect 0 '4\nend 8\n' bash -c 'exec <a; read -r -N 4; "$MSCAN" --wc -c; printf "end %d\n" "$(awk "/pos/ {print \$2}" /proc/self/fdinfo/0)"'
# In C, a character is a byte.
expect 0 '8 8 a\n' env LC_ALL=C "$MSCAN" --wc -mc a

# Larger than could be read in the time of a test.
if truncate -s 4T sparse 2>/dev/null; then
    expect 0 '4398046511104 sparse\n' timeout 20 "$MSCAN" --wc -c sparse
    truncate -s 4398046511105 sparse
    expect 0 '4398046511105 sparse\n' timeout 20 "$MSCAN" --wc -c sparse
fi

# Sizes that are whole pages are not trusted: files of /proc and /sys say so whatever they hold.
head -c 8192 /dev/zero >pages
expect 0 '8192 pages\n' mwc -c pages
for name in /proc/version /sys/kernel/mm/transparent_hugepage/enabled; do
    [ -r "$name" ] || continue
    bytes=$(cat $name | wc -c)
    expect 0 "$bytes $name\n" mwc -c "$name"
done

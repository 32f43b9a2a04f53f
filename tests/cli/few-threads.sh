#!/usr/bin/env bash
# Where threads are refused, there are fewer, or it is an error: never the status of "no match".
. "$(dirname "$0")/check.sh"

yes 'hello root' | head -n 500000 >f
for limit in 300000 1000000; do
    status=0
    (
        ulimit -v $limit
        exec "$MSCAN" --mmap -j 64 -q root f
    ) 2>/dev/null || status=$?
    # clang's OpenMP library may abort.
    [ "$status" -ne 1 ] || fail "status 1 with $limit KiB of addresses"
done

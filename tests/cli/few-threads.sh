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

# Where there is room for just as many threads as are asked for, all of them work. A limit of processes does not hold
# for root, and counts all of a user's: it is tried as one who has no other.
cpus=$(nproc)
few() { setpriv --reuid=$((100000 + $$)) --clear-groups bash -c "ulimit -u $cpus && exec \"\$@\"" - "$@"; }
if [ "$cpus" -gt 1 ] && few "$MSCAN" --version >/dev/null 2>&1 && few test -r f; then
    threads=$(few "$MSCAN" --stats --mmap -q -j "$cpus" zzz f f 2>&1 | sed -n 's/^threads: //p')
    [ "$threads" = "$cpus" ] || fail "$threads threads at work where there was room for $cpus"
fi

#!/usr/bin/env bash
# Without memory to begin, the status is that of an error; with more memory, what worked with less still works.
. "$(dirname "$0")/check.sh"

nm "$MSCAN" 2>/dev/null | grep -q -m1 -E '__asan|__tsan' && skip 'sanitizers take more memory'
file f 'root\n'
yes 'hello root' | head -n 300000 >g

# OpenMP's library finds none before main() does.
for data in 180 200 220 250 300 500 700; do
    for arguments in '-j2 -c root' '-c zzz' '-q root' '--wc'; do
        status=0 wanted=2
        [ "$arguments" = --wc ] && wanted=1
        # shellcheck disable=SC2086
        (ulimit -c 0 && ulimit -d $data && exec "$MSCAN" $arguments f) >out 2>message || status=$?
        # Below some size the dynamic linker does not get as far.
        [ $status -gt 2 ] && continue
        [ $status -eq $wanted ] || fail "status $status with $data KiB of data: $arguments"
        grep -q 'memory exhausted' message || fail "no message with $data KiB of data: $arguments"
    done
done

worked=
for ((addresses = 16000; addresses < 80000; addresses += 1000)); do
    status=0
    (ulimit -v $addresses && exec "$MSCAN" --mmap -j2 -c root g) >out 2>message || status=$?
    if [ $status -eq 0 ]; then
        worked=$addresses
        [ "$(cat out)" = 300000 ] || fail "$(cat out) lines with $addresses KiB of addresses"
    elif [ -n "$worked" ]; then
        fail "status $status with $addresses KiB of addresses, but 0 with $worked"
    fi
done
[ -n "$worked" ] || fail 'it never worked'

#!/usr/bin/env bash
# MSCAN_KERNELS: each set of kernels that runs here gives the same.
. "$(dirname "$0")/check.sh"

seq 300000 | sed '1000s/$/\o0/; 2000s/$/ä/; 3000s/$/\o377/; s/7$/7\r/' >f
names=$(mscan --version | sed -n 's/.*usable: *\(.*\)).*/\1/p')
[ -n "$names" ] || fail "--version names no kernels"

run()
{
    mscan "$@" -n 99 f
    mscan "$@" -b -a 00 f
    mscan "$@" -c '' f
    mscan "$@" -v 5 f
    mscan "$@" '^1000' f
    mscan "$@" '^2000' f
    mscan "$@" '^3000' f
    mscan "$@" -i -F 'Ä' f
    mscan "$@" -n -m 12345 3 f
    mscan "$@" -o '\d+$' f
}
MSCAN_KERNELS=c run -j1 >wanted
for name in $names; do
    for threads in 1 4; do
        for size in 1M 1k; do
            MSCAN_KERNELS=$name expect_file 0 wanted run -j $threads --chunk-size=$size
        done
    done
    MSCAN_KERNELS=$name expect_like 0 ".*kernels: $name.*" '' mscan --version
done
[[ " $names " == *" c "* ]] || fail "no portable kernels"
MSCAN_KERNELS=nonsense expect_like 2 '' "mscan: MSCAN_KERNELS: .*'nonsense'.*" mscan a f
MSCAN_KERNELS='' expect 0 '300000\n' mscan -c '' f

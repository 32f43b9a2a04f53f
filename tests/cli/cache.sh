#!/usr/bin/env bash
# --cache: with drop, what was not in the page cache before leaves it again, and what was there stays.
. "$(dirname "$0")/check.sh"

file f 'a\nb\n'
expect 0 'a\n' mscan --cache=drop a f
expect 0 'a\n' mscan --cache=keep a f
expect 0 'a\n' eval 'cat f | mscan --cache=drop a'
expect 0 'a\n' eval 'mscan --cache=drop a <f'
expect_like 2 '' ".*expected keep or drop.*" mscan --cache=all a f
expect 0 '2 f\n' mscan --wc -l --cache=drop f

need fincore
yes 'a line of some length, of which there are many' | head -c 160M >big

# Takes the file out of the cache but for its first MiB given.
evict()
{
    sync big
    dd if=big iflag=nocache count=0 status=none
    [ "$1" -eq 0 ] || dd if=big of=/dev/null bs=1M count="$1" status=none
}

# The MiB of the file that are cached.
cached()
{
    echo $(($(fincore --bytes --noheadings --output RES big) >> 20))
}
evict 0
[ "$(cached)" -lt 8 ] || skip 'the file system keeps its pages'

# left KEPT OPTION...: whether at most 64 MiB are cached more than the first MiB that were, and not less than those.
left()
{
    evict "$1"
    local before after
    before=$(cached)
    mscan "${@:2}" >/dev/null
    after=$(cached)
    [ "$after" -ge "$1" ] && [ $((after - before)) -le 64 ] && echo little
}
each()
{
    expect 0 'little\n' left 0 "${path[@]}" --cache=drop absent big
    expect 0 'little\n' left 60 "${path[@]}" --cache=drop absent big
    expect 0 'little\n' left 0 "${path[@]}" --cache=drop -m1 line big
    expect 1 '' left 0 "${path[@]}" --cache=keep absent big
}
each_path each
for count in --lines --words; do
    expect 0 'little\n' left 0 --wc --cache=drop $count big
done
# The answer is the same.
mscan -n 'line' big | cksum >expected
evict 0
expect_file 0 expected eval 'mscan --cache=drop -n line big | cksum'

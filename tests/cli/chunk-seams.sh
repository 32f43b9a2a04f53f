#!/usr/bin/env bash
# Lines that begin, end or match exactly where one piece of work meets the next.
. "$(dirname "$0")/check.sh"

# Lines of each length, so that with every chunk size some line begins, ends or spans there.
for ((i = 0; i < 140; i++)); do
    printf -v line '%*s' $i ''
    printf '%s\n' "${line// /x}"
done >f
{ cat f; printf 'no newline'; } >g
awk '{ print NR ":" $0 }' f >numbered
awk 'length % 7 == 3 { print NR ":" $0 }' f >sevenths
grep -v '^x\{64\}$' f >others
tail -n 20 f | head -n 1 >last

for size in 1 2 3 7 63 64 65 100 4096 4097; do
    each()
    {
        local options=("${path[@]}" --chunk-size=$size)
        expect_file 0 f mscan "${options[@]}" '' f
        expect_file 0 f mscan "${options[@]}" '^x*$' f
        expect_file 0 numbered mscan "${options[@]}" -n '^x*$' f
        expect_file 0 sevenths mscan "${options[@]}" -n '^(x{7})*xxx$' f
        expect_file 0 others mscan "${options[@]}" -vx 'x{64}' f
        expect 0 '140\n' mscan "${options[@]}" -c '^' f
        expect 0 '1\n' mscan "${options[@]}" -c '^$' f
        expect 0 '1:\n' mscan "${options[@]}" -n '^$' f
        expect_file 0 last mscan "${options[@]}" -x 'x{120}' f
        expect 0 'no newline\n' mscan "${options[@]}" ' ' g
        expect 0 '9730\n' mscan "${options[@]}" --count-matches x f
    }
    each_path each
done

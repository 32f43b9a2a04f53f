#!/usr/bin/env bash
# A literal at the seams of chunks in a line that is longer than several of them, and in the lines around it.
. "$(dirname "$0")/check.sh"

size=3000000
head -c $size /dev/zero | tr '\0' x >xs
for ((i = 0; i < 100; i++)); do echo "word$i"; done >words
echo needle >>words

# Where the literal is: the long line begins at 6.
for at in 6 299998 300000 1048573 1048576 1900000 2000006 $((size)); do
    { echo first; head -c $((at - 6)) xs; printf 'needle'; head -c $((size - at)) xs; echo; echo last; } >f
    tr a-z A-Z <f >F
    { head -c $size xs; echo; head -c $((at - 6)) xs; printf 'needle'; } >second
    for options in '-j2' '--mmap -j1' '--mmap -j2' '--mmap -j3 --chunk-size=300000' \
        '--mmap -j4 --chunk-size=1000' '--mmap -j1 --chunk-size=1000000'; do
        read -ra how <<<"$options"
        expect 0 "$at:needle\n" mscan "${how[@]}" -bo needle f
        expect 0 "$at:NEEDLE\n" mscan "${how[@]}" -bo -i NEEDLE F
        expect 0 "$((size + 1 + at - 6)):needle\n" mscan "${how[@]}" -bo needle second
        expect 0 '1\n' mscan "${how[@]}" -c -e needle -e zqxjkvb f
        expect 0 '1\n' mscan "${how[@]}" -c -F -f words f
        expect 0 'first\nlast\n' mscan "${how[@]}" -v needle f
        expect 0 '3:last\n' mscan "${how[@]}" -n last f
        expect 0 'f\n' mscan "${how[@]}" -l needle f
        expect 0 "$at:need\n" mscan "${how[@]}" -bo 'need(?=[kl]e)' f
        expect 1 '0\n' mscan "${how[@]}" -c needlf f
        expect 1 '0\n' mscan "${how[@]}" -c -w needle f
        expect 0 '3\n' mscan "${how[@]}" -c -v zqxjkvb f
        expect 0 '1\n' mscan "${how[@]}" -z -c needle f
    done
done

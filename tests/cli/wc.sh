#!/usr/bin/env bash
# Counting: what is counted, in which order it is printed, and that neither chunks nor threads nor the way of reading
# change it.
. "$(dirname "$0")/check.sh"

file text 'one two\n\tthree  four\n\nжук ёж\r\nlast'
each_way()
{
    expect 0 ' 4  7 39 text\n' mwc "${path[@]}" text
    expect 0 '4 text\n' mwc "${path[@]}" -l text
    expect 0 '7 text\n' mwc "${path[@]}" -w text
    expect 0 '34 text\n' mwc "${path[@]}" -m text
    expect 0 '39 text\n' mwc "${path[@]}" -c text
    expect 0 '19 text\n' mwc "${path[@]}" -L text
    expect 0 ' 4  7 34 39 19 text\n' mwc "${path[@]}" -Lcmwl text
    expect 0 ' 4 34 text\n' mwc "${path[@]}" --chars --lines text
    expect 0 ' 7 39 19 text\n' mwc "${path[@]}" --words --bytes --max-line-length text
    expect 0 ' 7 19 text\n' mwc "${path[@]}" --w --m text
    for size in 1 2 7 64; do
        expect 0 ' 4  7 34 39 19 text\n' mwc "${path[@]}" -lwmcL --chunk-size=$size text
    done
}
each_path each_way

expect 0 '4 7 34 39 19\n' bash -c '"$MSCAN" --wc -lwmcL <text | tr -s " " | sed "s/^ //"'
expect 0 '      4       7      39\n' bash -c 'cat text | "$MSCAN" --wc'
expect 0 '4\n' bash -c 'cat text | "$MSCAN" --wc -l'
: >empty
expect 0 '0 0 0 empty\n' mwc empty
expect 0 '0 0 0 0 0 empty\n' mwc -lwmcL --mmap empty

# Larger than a chunk, and a word, a character and a line that go on over many.
head -c 3000001 /dev/zero | tr '\0' x >word
expect 0 '      0       1 3000001 word\n' mwc -lwc word
expect 0 '      1 3000001 word\n' mwc -wL -j4 word
for _ in $(seq 20000); do printf 'ёжик в тумане\t'; done >line
expect 0 '     0  60000 280000 500000 320000 line\n' mwc -lwmcL -j4 --mmap line
expect 0 '     0  60000 280000 500000 320000 line\n' mwc -lwmcL -j4 --mmap --chunk-size=1001 line
expect 0 '     0  60000 280000 500000 320000 line\n' mwc -lwmcL -j4 --no-mmap --chunk-size=1001 line

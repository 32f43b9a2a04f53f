#!/usr/bin/env bash
# Many files, their total, the width of the columns, and names from a file.
. "$(dirname "$0")/check.sh"

file a 'one\n'
file b 'one two\nthree\n'
head -c 1000 /dev/zero >c
expect 0 ' 1  1  4 a\n 2  3 14 b\n 3  4 18 total\n' mwc a b
expect 0 '   0    1 1000 c\n   1    1    4 a\n   1    2 1004 total\n' mwc c a
expect 0 '1 a\n2 b\n3 total\n' bash -c '"$MSCAN" --wc -l a b | tr -d " " | sed "s/[ab]\$/ &/; s/total/ total/"'
expect 0 ' 1 a\n 2 b\n 3 total\n' mwc -l a b
expect 0 '1 1 4 a\n' mwc a --total=never
expect 0 ' 1  1  4 a\n 2  3 14 b\n' mwc --total=never a b
expect 0 '3 4 18\n' mwc --total=only a b
expect 0 '1 1 4\n' mwc --total=only a
expect 0 '1 1 4 a\n1 1 4 total\n' mwc --total=always a
expect 0 '1 1 4 a\n1 1 4 total\n' mwc --total=al a
# What has no size is given seven columns.
expect 0 '      1       1       4 a\n      0       0       0 /dev/null\n      1       1       4 total\n' mwc a /dev/null
expect 0 '      1       1       4 -\n' bash -c 'cat a | "$MSCAN" --wc -'
expect 0 ' 1  1  4 a\n 2  3 14 -\n 3  4 18 total\n' bash -c '"$MSCAN" --wc a - <b'
expect 0 ' 2  3 14 -\n 0  0  0 -\n 2  3 14 total\n' bash -c '"$MSCAN" --wc - - <b'

# In order, whatever the threads.
names=()
for i in $(seq 300); do
    head -c "$i" /dev/zero | tr '\0' '\n' >"n$i"
    names+=("n$i")
    printf '%5d %5d n%d\n' "$i" "$i" "$i"
done >wanted
printf '45150 45150 total\n' >>wanted
expect_file 0 wanted mwc -lc -j4 "${names[@]}"
expect_file 0 wanted mwc -lc -j1 --mmap --chunk-size=7 "${names[@]}"

printf '%s\0' "${names[@]}" >list
expect_file 0 wanted mwc -lc --files0-from=list
tr -s ' ' <wanted | sed 's/^ //' >narrow
expect_file 0 narrow bash -c '"$MSCAN" --wc -lc --files0-from=- < <(cat list)'
printf 'a\0b' >list
expect 0 ' 1  1  4 a\n 2  3 14 b\n 3  4 18 total\n' mwc --files0-from=list
expect 0 ' 1  1  4 a\n 2  3 14 b\n 3  4 18 total\n' bash -c '"$MSCAN" --wc --files0-from=- <list'
: >list
expect 0 '' mwc --files0-from=list
expect 0 '0 0 0 total\n' mwc --files0-from=list --total=always

# A name with a newline would be taken for two lines.
file $'x\ny' 'z'
expect 0 "0 1 1 'x'\$'\\\\n''y'\n" mwc $'x\ny'

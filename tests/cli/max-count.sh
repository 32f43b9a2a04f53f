#!/usr/bin/env bash
# -m ends a file's search behind so many selected lines.
. "$(dirname "$0")/check.sh"

file f 'a1\na2\nb\na3\n'
file g 'a4\na5\n'

expect 0 'a1\n' mscan -m1 a f
expect 0 'a1\na2\n' mscan -m 2 a f
expect 0 'a1\na2\na3\n' mscan --max-count=3 a f
expect 0 'a1\na2\na3\n' mscan -m 100 a f
expect 0 'f:a1\ng:a4\n' mscan -m1 a f g
expect 1 '' mscan -m1 x f
# None at all: the files are not even opened.
expect 1 '' mscan -m0 a f
expect 1 '' mscan -m0 a missing
expect 1 '' mscan -c -m0 a f
expect 1 '' mscan -l -m0 a f
expect 1 '' mscan -v -m0 a f
expect 1 '' mscan -q -m0 a f
expect 1 '' mscan -o -m0 a f
# Less than none is no limit, as in grep.
expect 0 'a1\na2\na3\n' mscan -m-1 a f
# Selected lines are counted: with -v the others, with -o and --count-matches not matches.
expect 0 'b\n' mscan -v -m1 a f
expect 0 'a1\na2\n' mscan -v -m2 b f
expect 0 'a\n1\n' mscan -o -m1 '[a1]' f
expect 0 'a\n1\na\n2\n' mscan -o -m2 '[a12]' f
expect 0 '1\n' mscan -c -m1 a f
expect 0 '2\n' mscan -c -m2 a f
expect 0 'f:2\ng:2\n' mscan -c -m2 a f g
expect 0 '4\n' mscan --count-matches -m2 '[a12]' f
expect 0 'f\ng\n' mscan -l -m1 a f g
expect 0 '' mscan -L -m1 a f g
expect 0 '4:a3\n' mscan -n -m1 3 f
expect 0 '0:a1\n3:a2\n' mscan -b -m2 a f
expect 0 'a1\n' mscan -m1 '' f
expect 0 'a1\na2\nb\n' mscan -m3 '' f
expect 0 'a1\na2\n' mscan -F -m2 a f
# Suffixes are taken.
expect 0 'a1\na2\na3\n' mscan -m 1k a f
# Exact where the lines are in different pieces of work.
seq 200000 >long
for count in 1 2 1000 12345 100000 122000; do
    head -n $count long >wanted
    grep 7 long | head -n $count >sevens
    each()
    {
        expect_file 0 wanted mscan "${path[@]}" -m $count . long
        expect_file 0 sevens mscan "${path[@]}" -m $count 7 long
        expect 0 "$(wc -l <sevens)\n" mscan "${path[@]}" -c -m $count 7 long
    }
    each_path each
done

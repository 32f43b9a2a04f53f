#!/usr/bin/env bash
# -v selects the other lines.
. "$(dirname "$0")/check.sh"

file f 'one\ntwo\n\nthree'

expect 0 'two\n\nthree\n' mscan -v one f
expect 0 'one\ntwo\n\n' mscan -v three f
expect 0 'one\ntwo\n\nthree\n' mscan -v four f
expect 0 'one\ntwo\n\nthree\n' mscan --invert-match four f
expect 0 'one\ntwo\nthree\n' mscan -v '^$' f
expect 1 '' mscan -v '.*' f
expect 0 '\n' mscan -v . f
expect 0 '3:\n4:three\n' mscan -nv '^[ot]..$' f
expect 0 '4:two\n8:\n9:three\n' mscan -bv one f
expect 0 '3\n' mscan -cv one f
expect 0 'f\n' mscan -lv one f
expect 0 '' mscan -Lv one f
expect 0 '' mscan -qv one f
expect 1 '' mscan -qv '' f
expect 0 '' mscan -ov one f
expect 0 'two\n' mscan -vm1 one f
expect 0 'f:two\nf:\nf:three\n' mscan -Hv one f
expect 0 'one\ntwo\n\nthree\n' mscan -v -x tw f
expect 0 'one\n\nthree\n' mscan -v -x two f
expect 0 'one\n\n' mscan -v -e two -e three f
# Long runs of lines in one piece.
seq 200000 >long
grep -v 7 long >wanted
expect_file 0 wanted mscan -v 7 long
expect_file 0 long mscan -v x long
sed 1d long >wanted
expect_file 0 wanted mscan -vx 1 long
sed '$d' long >wanted
expect_file 0 wanted mscan -vx 200000 long
sed 100000d long >wanted
expect_file 0 wanted mscan -vx 100000 long
expect 0 '200000\n' mscan -vc x long

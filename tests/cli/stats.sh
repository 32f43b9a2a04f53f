#!/usr/bin/env bash
# --stats: figures on standard error, behind everything else.
. "$(dirname "$0")/check.sh"
CHECK_OPTIONS=

file f 'a a\nb\na'
file g 'b\n'
number='[0-9]+'
report()
{
    echo "files: $1.bytes: $2.lines: $3.lines selected: $4.matches: $5.seconds: $number\.$number.GB/s: $number\.$number.path: $6 mapped, $7 read.bytes in huge pages: $number.page faults: $number minor, $number major.threads: $8."
}

expect_like 0 'a a.a.' "$(report 1 7 3 2 3 0 1 1)" mscan --no-mmap --stats a f
expect_like 0 'a a.a.' "$(report 1 7 3 2 3 1 0 1)" mscan --mmap --stats a f
expect_like 0 'a.a.a.' "$(report 1 7 3 2 3 0 1 1)" mscan --no-mmap --stats -o a f
expect_like 0 '3.' "$(report 1 7 3 2 3 0 1 1)" mscan --no-mmap --stats --count-matches a f
expect_like 0 '2.' "$(report 1 7 3 2 3 0 1 1)" mscan --no-mmap --stats -c a f
expect_like 0 'f:2.g:0.' "$(report 2 9 4 2 3 2 0 2)" mscan --mmap -j2 --stats -c a f g
expect_like 1 '' "$(report 1 7 3 0 0 0 1 1)" mscan --no-mmap --stats x f
# What stops early has its figures, up to there.
for how in "--no-mmap 0 1" "--mmap 1 0"; do
    read -r how mapped read <<<"$how"
    expect_like 0 '' "$(report 1 7 3 1 "$number" $mapped $read '[12]')" mscan $how --stats -q a f
    expect_like 0 '' "$(report 1 7 3 1 "$number" $mapped $read '[12]')" mscan $how --stats -q a f f g
    expect_like 0 '' "$(report 2 9 4 1 "$number" "$number" "$number" '[12]')" mscan $how -j2 --stats -q 'a$' g f g
    expect_like 0 'f.' "$(report 1 7 3 1 "$number" $mapped $read '[12]')" mscan $how --stats -l a f
    expect_like 1 '' "$(report 2 9 4 0 0 "$number" "$number" '[12]')" mscan $how -j2 --stats -q x f g
    expect_like 0 '' "$(report 1 7 3 1 "$number" $mapped $read '[12]')" mscan $how -j2 --stats -qv a f
done
expect_like 0 'b.' "$(report 1 7 3 1 0 0 1 1)" mscan --no-mmap --stats -v a f
expect_like 2 'f:a a.f:a.' "mscan: missing: No such file or directory.$(report 1 7 3 2 3 0 1 1)" \
    mscan -j1 --no-mmap --stats a f missing
from() { mscan "$@" <f; }
expect_like 0 'a a.a.' "$(report 1 7 3 2 3 0 1 1)" from --no-mmap -j2 --stats a -
each()
{
    expect_like 0 '200000.' "$(report 1 1288895 200000 200000 0 '[01]' '[01]' '[14]')" mscan "${path[@]}" --stats -c '' long
    expect_like 0 'long:199999:199999.' "$(report 1 1288895 200000 1 1 '[01]' '[01]' '[14]')" mscan "${path[@]}" --stats -Hn 199999 long
}
seq 200000 >long
each_path each

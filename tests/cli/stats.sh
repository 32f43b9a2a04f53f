#!/usr/bin/env bash
# --stats: figures on standard error, behind everything else.
. "$(dirname "$0")/check.sh"
CHECK_OPTIONS=

file f 'a a\nb\na'
file g 'b\n'
number='[0-9]+'
# What is selected is given as a share of the lines, too.
report()
{
    local share
    share=$(awk "BEGIN { printf \"%.2f\", 100 * $4 / $3 }")
    echo "files: $1.bytes: $2 \($number\.[0-9] MB\).lines: $3.lines selected: $4 \($share %\).matches: $5.engine: [^:]*.seconds: $number\.$number.GB/s: $number\.$number.path: $6 mapped, $7 read.bytes in huge pages: $number.page faults: $number minor, $number major.threads: $8."
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
# What found the lines, and nothing else that might have.
expect_like 0 '.*' '.*.engine: literals.seconds.*' mscan --stats a f
expect_like 0 '.*' '.*.engine: (automaton and )?PCRE2.seconds.*' mscan --stats '(\w) \1' f
expect_like 0 '.*' '.*.engine: literals and PCRE2.seconds.*' mscan --stats 'a(?= a)(?<!b)' f
expect_like 0 '.*' '.*.engine: literals.seconds.*' mscan --stats 'a+\w* ' f
expect_like 1 '' '.*.engine: literals.seconds.*' mscan --stats '[0-9]+x\b' f
expect_like 1 '' '.*.engine: literals and automaton.seconds.*' mscan --stats --and '(a)\1' a f
expect_like 1 '' '.*.engine: none.seconds.*' mscan --stats a /dev/null
expect_like 0 '.*' '.*.engine: PCRE2.seconds.*' mscan --stats -z a f
expect_like 0 '.*' '.*.engine: PCRE2.seconds.*' mscan --stats --engine=pcre2 a f
expect_like 0 '.*' '.*.engine: automaton.seconds.*' mscan --stats --engine=dfa a f
expect_like 0 '.*' '.*.engine: none.seconds.*' mscan --stats '' f
seq 200000 >long
expect_like 0 '20000.' '.*.bytes: 1288895 \(1\.3 MB\).*.lines selected: 20000 \(10\.00 %\).*' mscan --stats -c '0$' long
each_path each

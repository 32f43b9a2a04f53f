#!/usr/bin/env bash
# --record-start: entries of several lines.  See also records.py.
. "$(dirname "$0")/check.sh"

file f 'head\n2026-01-01 ERROR failed\n  at a(B.java:3)\nCaused by: boom\n\n2026-01-02 INFO done\n2026-01-03 WARN x\n more'
each()
{
    records() { mscan "${path[@]}" --record-start='^\d{4}-' "$@"; }
    expect 0 '2026-01-01 ERROR failed\n  at a(B.java:3)\nCaused by: boom\n\n' records boom f
    expect 0 '2:2026-01-01 ERROR failed\n3-  at a(B.java:3)\n4-Caused by: boom\n5-\n' records -n '^Caused.*boom$' f
    expect 0 '2026-01-03 WARN x\n more\n' records 'x\n more\z' f
    expect 0 'head\n' records head f
    expect 1 '' records 'done.*WARN' f
    expect 1 '' records '(?s)done.*WARN' f
    expect 0 '1\n' records -c '2026' --and 'a' f
    expect 0 '3\n' records -vc boom f
    expect 0 'f\n' records -l boom f
    expect 0 '0:head\n' records -vb 2026 f
    expect 0 'failed\n  at a(B.java:3)\nCaused by: b\n' records -o '(?s)failed.*b(?=oom)' f
    expect 0 'f:4:Caused\n' records -Hno Caused f
    expect 0 '1-head\n2:2026-01-01 ERROR failed\n3-  at a(B.java:3)\n4-Caused by: boom\n5-\n6-2026-01-02 INFO done\n' \
        records -nC1 boom f
    expect 0 '2:2026-01-01 ERROR failed\n3-  at a(B.java:3)\n4-Caused by: boom\n5-\n--\n7:2026-01-03 WARN x\n8- more\n' \
        records -nA0 'WARN|ERROR' f
    expect 0 '6:2026-01-02 INFO done\n' records -nm1 --skip-matches=1 2026 f
    expect 0 '7:2026-01-03 WARN x\n8- more\n' records -n --last=1 2026 f
    expect 0 '4\n' records --count-matches 'o' f
    # An empty last line has a start and an end, too.
    expect 0 '1\n' records -c '^$' f
    expect 0 '2\n' records -c '(?i)error|\.*more' f
    expect 0 '1\n' records -cx 'Caused by: boom' f
    expect 0 '1\n' records -cF 'boom' f
    expect 0 '1\n' mscan "${path[@]}" -E --record-start='^[0-9]{4}-' -c '^Caused' f
    expect 1 '0\n' mscan "${path[@]}" -E --record-start='^[0-9]{4}-' -c 'failed.*Caused' f
    expect 0 'Caused by: boom\n' mscan "${path[@]}" -E --record-start='^[0-9]{4}-' -o 'Cau|Caused.*' f
}
path=(--mmap) && each
path=(--no-mmap --chunk-size=3) && each
path=(--mmap -j3 --chunk-size=1) && each
path=(-j3 --chunk-size=7 --no-mmap) && each
expect 0 '2\n' mscan --record-start='^2026' -c 'a' <f

# Several patterns; the syntax and -i are those of all patterns.
expect 0 '3\n' mscan --record-start=WARN --record-start=ERROR -c '' f
expect 0 '3\n' mscan -i --record-start=warn --record-start=error -c '' f
expect 0 '1\n' mscan -F --record-start='a(B.java' -c boom f
expect_error 2 '' 'mscan: bad pattern: missing closing parenthesis\n  (\n   ^\n' mscan --record-start='(' a f

# Parts of a file, and their merge.
for k in 0 1 2 3 4; do
    mscan --record-start='^\d{4}-' --shard=$k/5 -n --line-base=count '' f
done >parts
expect 0 "$(mscan -n '' f | sed -E 's/^([1268]|[0-9]+):(head|2026.*)/\1:\2/; s/^([3458]):/\1-/')\n" cat parts
expect_error 2 '' 'mscan: context of records in a part of a file is not known: --record-start, and options -A, -B and -C\n' \
    mscan --record-start=a --shard=0/2 -A1 a f
for option in -z --crlf --replace=x --max-columns=3 --column --passthru --json; do
    expect_like 2 '' "mscan: options .*'--record-start'.* exclude each other.*" mscan --record-start=a "$option" a f
done

# What is not text; a NUL byte ends what a pattern can match across.
file b '2 a\n\0b\n2 c\n2 a\xff\n'
expect 0 'Binary file b matches\n' mscan --record-start=^2 a b
expect 0 '2\n' mscan --record-start=^2 -c a b
expect 1 '0\n' mscan --record-start=^2 -c '(?s)a.*b' b
file e '2 c\n2 a\n\xff\n2 c\n'
expect 0 '2 c\n2 c\nBinary file e matches\n' mscan --record-start=^2 'a|c' e
expect 0 '2 c\n' mscan -I --record-start=^2 . b
expect 0 '1:2 a\n2-\0b\n' mscan -an --record-start=^2 b b
# A byte-order mark belongs to the first record, and not to its text.
file marked '\xef\xbb\xbf2 a\nb\n2 c\n'
expect 0 '\xef\xbb\xbf2 a\nb\n' mscan --record-start=^2 '\A2 a$' marked
# A record of a megabyte, in small chunks.
{ echo 2 first; seq 200000; echo 2 second; } >long
expect 0 '2 first\n' mscan --record-start=^2\  -j3 --chunk-size=1000 -o '(?s)\A2 first(?=.*200000\z)' long
expect 0 '200002:2 second\n' mscan --record-start=^2\  --no-mmap --chunk-size=1000 -n second long
# A record that never ends takes no more memory than it may.
expect_error 2 '0\n' 'mscan: (standard input): a record takes more memory than it may\n' \
    bash -c 'yes abc | "$MSCAN" --max-memory=1M --record-start=never -c xyz'
# grep's option.
expect 0 'd/f:head\n' bash -c 'mkdir d && cp f d && cd . && exec "$MSCAN" --rec head d'

#!/usr/bin/env bash
# --tally: how often each value occurs.  See also tally.py.
. "$(dirname "$0")/check.sh"

file f 'GET /a 200\nGET /b 404\nGET /a 200\nPUT /a 500\nnothing\nGET /c 404'
expect 0 '      4 GET\n      1 PUT\n' mscan --tally '^[A-Z]+' f
expect 0 '      2 404\n      2 200\n      1 500\n' mscan --tally --only-matching=1 ' (\d+)$' f
expect 0 '      2 404\n' mscan --tally=1 --only-matching=1 ' (\d+)$' f
expect 0 '      2 200\n      2 404\n      1 500\n' mscan --tally --tally-order=first --only-matching=1 ' (\d+)$' f
expect 0 '      2 200\n      2 404\n      1 500\n' mscan --tally --tally-order=value --only-matching=1 ' (\d+)$' f
expect 0 '      2 GET-200\n      2 GET-404\n      1 PUT-500\n' \
    mscan --tally --tally-order=value --replace='$1-$2' '^(\w+) .* (\d+)$' f
expect 1 '' mscan --tally 'never' f
expect 1 '' mscan --tally 'x*' f
expect 0 '      3 GET\n' mscan --tally -m3 GET f
expect 0 '      4 f:GET\n' mscan -H --tally GET f
expect 0 '      8 GET\n' mscan --tally GET f f
expect 0 '      2 200\n' mscan --tally --and a --not PUT '\d+' f
expect 0 '{"type":"tally","data":{"value":{"text":"GET"},"count":4}}\n' mscan --json --tally GET f
expect 0 '      4 GET\n' mscan --tally GET <f
expect 0 '      3 GET\n' mscan --tally --byte-range=1 GET f
expect_error 2 '      4 GET\n' 'mscan: missing: No such file or directory\n' mscan --tally GET missing f
# As the pipeline that it stands for, whatever the memory.
seq 20000 >numbers
mscan -o '.[0-9]?$' numbers | LC_ALL=C sort | uniq -c | LC_ALL=C sort -rn >pipeline
for memory in 1 10K 1G; do
    expect_file 0 pipeline mscan --max-memory=$memory --tally '.[0-9]?$' numbers
done
mscan -o '\d+' numbers | LC_ALL=C sort | uniq -c | LC_ALL=C sort -rn >pipeline
expect_file 0 pipeline mscan --max-memory=100K -j3 --chunk-size=1000 --tally '\d+' numbers
export TMPDIR=/nowhere
expect_error 2 '' 'mscan: temporary file: No such file or directory\n' mscan --max-memory=10K --tally '\d+' numbers
unset TMPDIR
for option in -v -c --count-matches --total=auto -l -L -q --skip-matches=1 --last=1 -n -b --column -T -Z -A1 -B1 -C1 --passthru \
    -z --record-start=a; do
    expect_like 2 '' "mscan: options .*'--tally'.* exclude each other.*" mscan --tally "$option" a f
done
expect_like 2 '' "mscan: option '--tally'.*: expected the number of values.*" mscan --tally=x a f
expect_like 2 '' "mscan: option '--tally-order'.*" mscan --tally --tally-order=x a f
expect_like 2 '' "mscan: option '--max-memory'.*" mscan --max-memory=0 a f
# grep's option.
expect 0 'nothing\n' mscan --t nothing f

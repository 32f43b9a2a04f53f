#!/usr/bin/env bash
# --skip-matches: the first selected lines of each file are not selected.  See also selection.py.
. "$(dirname "$0")/check.sh"

seq 30 >f
each()
{
    expect 0 '20\n21\n' mscan "${path[@]}" --skip-matches=2 2 f -m2
    expect 0 'f:20\nf:21\nf:20\nf:21\n' mscan "${path[@]}" --skip-matches=2 -m2 2 f f
    expect 0 '10\n' mscan "${path[@]}" --skip-matches=2 -c 2 f
    expect 0 '12\n' mscan "${path[@]}" --skip-matches=1 --count-matches 2 f
    expect 0 'f\n' mscan "${path[@]}" --skip-matches=11 -l 2 f
    expect 1 '' mscan "${path[@]}" --skip-matches=12 -l 2 f
    expect 1 'f\n' mscan "${path[@]}" --skip-matches=12 -L 2 f
    expect 1 '' mscan "${path[@]}" --skip-matches=12 -q 2 f
    expect 0 '' mscan "${path[@]}" --skip-matches=11 -q 2 f
    expect 0 '19\n30\n' mscan "${path[@]}" --skip-matches=16 -v 2 f
    expect 0 '27-27\n28-28\n29:29\n30-30\n' mscan "${path[@]}" --skip-matches=11 -nB2 -A3 2 f
    expect 0 '30\n' mscan "${path[@]}" --skip-matches=29 '' f
    expect 0 '2\n2\n2\n' mscan "${path[@]}" --skip-matches=3 -m2 -o 2 f
    expect 1 '' mscan "${path[@]}" --skip-matches=99999999999999999999 2 f
}
each_path each
expect_like 2 '' "mscan: .*'x': expected a number of lines.*" mscan --skip-matches=x a f
# A line that meets a limit is reported once.
printf '%s\nb\nb\n' "$(printf 'a%.0s' {1..40})c" >slow
expect_like 2 'b
' 'mscan: slow: line at offset 0: [^:]*' mscan --engine=pcre2 --skip-matches=1 -e '^(a+)+$' -e b slow

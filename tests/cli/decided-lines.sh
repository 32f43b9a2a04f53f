#!/usr/bin/env bash
# Where an automaton means just the pattern, no line of any length meets PCRE2's limits.
. "$(dirname "$0")/check.sh"

# So low that PCRE2 meets it in each of these lines: what does not is decided without it.
limited() { mscan --match-limit=10 --engine="$engine" "${path[@]}" "$@"; }

repeated() { yes "$1" | head -n "$2" | tr -d '\n'; }
for count in 20 300 20000 200000; do
    repeated 'Watson and Sherlock, ' $count
    echo
done >prose
{ cat prose; repeated 'Watson and Sherlock, ' 60000; echo zzz; } >found
tail -n 1 found >last
for length in 30 600 5000 300000 2000000; do
    head -c $length /dev/zero | tr '\0' x
    echo
done >xs
# Many windows, so that each way of searching is tried.
yes "$(head -c 120 /dev/zero | tr '\0' x)" | head -n 20000 >rows

each()
{
    expect 1 '0\n' limited -c 'Watson.*Sherlock.*zzz' prose
    expect 0 '1\n' limited -c 'Watson.*Sherlock.*zzz' found
    expect_file 0 last limited 'Watson.*Sherlock.*zzz' found
    expect 1 '0\n' limited -c 'Watson.*Watson.*Watson.*never' prose
    expect 1 '0\n' limited -c -e 'Watson.*Sherlock.*zzz' -e 'and.*Watson.*none' prose
    expect 1 '0\n' limited -c '(x+x+)+y' xs
    expect 1 '0\n' limited -c '(x+x+)+[yz]' xs
    expect 1 '0\n' limited -c '^(x|xx)+[yz]$' rows
    expect 0 '5\n' limited -c '^(x|xx)+$' xs
    expect 1 '0\n' limited -wc '(x|xx)+\d' rows
}
for engine in auto dfa; do
    each_path each
done

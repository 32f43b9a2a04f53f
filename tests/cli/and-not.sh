#!/usr/bin/env bash
# --and and --not: further patterns that a line must match, and must not.
. "$(dirname "$0")/check.sh"

file f 'red apple\ngreen apple\nred pear\nRED APPLE\nredapple\nred plum, apple\n'

each()
{
    expect 0 'red apple\nredapple\nred plum, apple\n' mscan "${path[@]}" red --and apple f
    expect 0 'red apple\nred plum, apple\n' mscan "${path[@]}" --and apple red --and ' ' f
    expect 0 'red pear\n' mscan "${path[@]}" red --not apple f
    expect 0 'red apple\nredapple\n' mscan "${path[@]}" red --and apple --not plum f
    expect 0 'red pear\n' mscan "${path[@]}" red --not apple --not plum f
    expect 1 '' mscan "${path[@]}" red --and apple --not e f
}
each_path each

# With -v the other lines.
expect 0 'green apple\nRED APPLE\n' mscan -v red f
expect 0 'green apple\nred pear\nRED APPLE\n' mscan -v red --and apple f
expect 0 'red apple\ngreen apple\nRED APPLE\nredapple\nred plum, apple\n' mscan -v red --not apple f
expect 0 '4\n' mscan -vc red --and apple --not redapple f

# Lines of an argument are alternatives, several options are not.
expect 0 'red pear\nred plum, apple\n' mscan red --and $'pear\nplum' f
expect 1 '' mscan red --and pear --and plum f
expect 0 'red apple\nredapple\n' mscan red --not $'pear\nplum' f

# The options of the patterns hold for them too.
expect 0 'red apple\nRED APPLE\nredapple\nred plum, apple\n' mscan -i red --and APPLE f
expect 0 'red apple\nred plum, apple\n' mscan -w red --and apple f
expect 1 '' mscan -x 'red pear' --not 'red pear' f
expect 0 'red pear\n' mscan -x 'red pear' --not 'red' f
expect 0 'red plum, apple\n' mscan -F 'm,' --and ',' --not '.' f
expect 1 '' mscan -F red --and '.' f
expect 0 'red apple\nred plum, apple\n' mscan -E 'red (apple|plum)' --and 'l{1}' f
expect 0 'red apple\n' mscan -G '\(a\)p*le' --and 'd \(a\)pp' f
expect 0 'red apple\nredapple\nred plum, apple\n' mscan '(?<x>r)ed' --and '(p)\1' f
expect 0 'a\0' mscan -z a --not '\n' <(printf 'a\nb\0a\0b\0')

# Only the patterns have matches.
expect 0 'red\nred\nred\n' mscan -o red --and apple f
expect 0 '5:re\n5:a\n6:re\n6:a\n' mscan -on 're|a' --and p --not 'd a|gr|d p[e]' f
expect 0 '4\n' mscan --count-matches p --and 'red p' f
expect 0 '\033[01;31m\033[Kred\033[m\033[K pear\n' mscan --color=always red --not apple f
expect 0 '2:10:green apple\n' mscan -nb apple --not '(?i)red' f

# What says only whether there are lines, and how many.
expect 0 '3\n' mscan -c red --and apple f
expect 0 'f\n' mscan -l red --and plum f
expect 1 '' mscan -l red --and yellow f
expect 1 'f\n' mscan -L red --and yellow f
expect 0 '' mscan -q red --and plum f
expect 0 'red apple\nredapple\n' mscan -m 2 red --and apple f

# Patterns by options; the first operand is the pattern without them.
expect 0 'green apple\nred pear\n' mscan -e green -e pear --not plum f
expect 0 'red pear\n' mscan -f <(printf 'pear\nplum\n') --not apple f
expect_like 2 '' '(.*)no pattern given(.*)' mscan --and a --not b
expect 1 '' mscan -f /dev/null --not apple f

# Empty patterns match every line.
expect 0 'red apple\nredapple\nred plum, apple\n' mscan '' --and red --and apple f
expect 0 'RED APPLE\n' mscan '' --not '[a-z]' f
expect 0 'red pear\n' mscan pear --and '' f
expect 1 '' mscan red --not '' f
expect 0 '6\n' mscan -vc red --not '' f
expect 0 '6\n' mscan -c '' --and '' f
expect 1 '' mscan -v '' --and '' f

# Mistakes are those of patterns.
expect_error 2 '' 'mscan: bad pattern: missing closing parenthesis\n  a(b\n     ^\n' mscan red --and 'a(b' f
expect_error 2 '' 'mscan: bad pattern: missing closing parenthesis\n  a(b\n     ^\n' mscan red --not x --not 'a(b' f
expect_like 2 '' "mscan: option '--and' requires an argument(.*)" mscan red --and
expect_like 0 '(.*)--and:(.*)apple(.*)--not:(.*)plum(.*)' '' mscan --explain red --and apple --not plum f

# A line that is given up is reported where it is open whether it is wanted, and is not.
hopeless=$(printf '%40s' '' | tr ' ' a)c
slow='(a+)+[bx]'
printf '%s red\naab red\n%s\nblue\n%s blue\naab blue\nred\n' "$hopeless" "$hopeless" "$hopeless" >g
first='mscan: g: line at offset 0: match limit exceeded\n'
fifth='mscan: g: line at offset 101: match limit exceeded\n'
by_pcre2() { mscan --engine=pcre2 "$@"; }
each()
{
    local size
    for size in 1 64; do
        path+=("--chunk-size=$size")
        expect_error 2 'aab red\n' "$first" by_pcre2 "${path[@]}" red --and "$slow" g
        expect_error 2 'red\n' "$first" by_pcre2 "${path[@]}" red --not "$slow" g
        expect_error 2 'aab red\n' "$first" by_pcre2 "${path[@]}" "$slow" --and red g
        expect_error 2 'aab red\n' "$first" by_pcre2 "${path[@]}" "$slow" --not $'blue\n^a*c$' g
        expect_error 2 'aab blue\n' "$fifth" by_pcre2 "${path[@]}" "$slow" --and blue --not red g
        expect 0 'blue\n' by_pcre2 "${path[@]}" blue --not "$slow" --and '^b' g
        # With -v it is selected.
        expect_error 2 "$hopeless red\n$hopeless\nblue\n$hopeless blue\naab blue\nred\n" "$first" \
            by_pcre2 "${path[@]}" -v red --and "$slow" g
    done
}
each_path each

# The windows of the matchers do not show.
awk 'BEGIN { for (i = 0; i < 60000; i++) print i (i % 3 ? "" : " three") (i % 1000 ? "" : " thousand") }' >numbers
for threads in 1 2 3 8; do
    for size in 1000 1000000; do
        expect 0 '20\n' mscan -j $threads --chunk-size=$size -c three --and thousand numbers
        expect 0 '20\n' mscan -j $threads --chunk-size=$size -c thousand --and three numbers
        expect 0 '19980\n' mscan -j $threads --chunk-size=$size -c three --not thousand numbers
        expect 0 '57000 three thousand\n' \
            mscan -j $threads --chunk-size=$size th --and '7.*three' --and 'thousand' --not '[2-4]|[689]' numbers
    done
done

#!/usr/bin/env bash
# A line on which a pattern runs into a limit: said, with its offset; the rest is searched.
. "$(dirname "$0")/check.sh"

hopeless=$(printf '%40s' '' | tr ' ' a)b
printf 'aaa\n%s\nxaa\n%s\naa' "$hopeless" "$hopeless" >f
limit='match limit exceeded\n'
first="mscan: f: line at offset 4: $limit" second="mscan: f: line at offset 50: $limit"

# The engine decides such patterns by itself, with -o too where no line is left for PCRE2.
expect 0 'aaa\nxaa\naa\n' mscan '(a+)+$' f
expect 0 '3\n' mscan -c '(a+)+$' f
expect 0 'aaa\naa\naa\n' mscan -o '(a+)+$' f

by_pcre2() { mscan --engine=pcre2 "$@"; }

SECONDS=0
each()
{
    expect_error 2 'aaa\nxaa\naa\n' "$first$second" by_pcre2 "${path[@]}" '(a+)+$' f
    expect_error 2 '1:aaa\n3:xaa\n5:aa\n' "$first$second" by_pcre2 "${path[@]}" -n '(a+)+$' f
    expect_error 2 '3\n' "$first$second" by_pcre2 "${path[@]}" -c '(a+)+$' f
    expect_error 2 'f:aaa\nf:xaa\nf:aa\ng:a\n' "$first$second" by_pcre2 "${path[@]}" '(a+)+$' f g
    # It counts as not matching, which with -v selects it.
    expect_error 2 "$hopeless\n$hopeless\n" "$first$second" by_pcre2 "${path[@]}" -v '(a+)+$' f
    # It is no matter of files, so -s does not hide it.
    expect_error 2 'aaa\nxaa\naa\n' "$first$second" by_pcre2 "${path[@]}" -s '(a+)+$' f
    expect 0 '' by_pcre2 "${path[@]}" -q '(a+)+$' f
    expect 0 'f\n' by_pcre2 "${path[@]}" -l '(a+)+$' f
    expect 0 'aaa\n' by_pcre2 "${path[@]}" -m1 '(a+)+$' f
}
file g 'a\n'
each_path each
expect_error 2 'aaa\naa\naa\n' "$first$second" by_pcre2 -o '(a+)+$' f
expect_error 2 '3\n' "$first$second" by_pcre2 --count-matches '(a+)+$' f
[ $SECONDS -lt 60 ] || fail "it took $SECONDS seconds"

# The same by the interpreter, in whichever way its limits count.
expect_error 2 'aaa\nxaa\naa\n' "$first$second" by_pcre2 '(*NO_JIT)(a+)+$' f

piped() { cat f | by_pcre2 "$@"; }
expect_error 2 'aaa\nxaa\naa\n' "mscan: (standard input): line at offset 4: ${limit}mscan: (standard input): line at offset 50: $limit" \
    piped '(a+)+$'

# Limits as given.
file easy 'aaaaaaaaaab\nac\n'
expect 0 'ac\n' by_pcre2 '^(a+)+[cd]$' easy
expect_error 2 'ac\n' "mscan: easy: line at offset 0: $limit" by_pcre2 --match-limit=10 '^(a+)+[cd]$' easy
expect 0 'ac\n' by_pcre2 --match-limit=1M '^(a+)+[cd]$' easy
expect 0 'ac\n' by_pcre2 --depth-limit=1M --heap-limit=1M '^(a+)+[cd]$' easy
expect_error 2 '' "mscan: easy: line at offset 0: matching depth limit exceeded\nmscan: easy: line at offset 12: matching depth limit exceeded\n" \
    by_pcre2 --depth-limit=1 '(*NO_JIT)^(a+)+[cd]$' easy
# Deep recursion wants a larger stack than the first one, and gets it.
printf '%200000s\n' '' | tr ' ' x >deepest
expect 0 '1\n' by_pcre2 -c '^(x|y)*$' deepest
expect 0 '1\n' by_pcre2 -c '^((x)|y)*$' deepest
expect_like 2 '0.' 'mscan: deepest: line at offset 0: heap limit exceeded.' by_pcre2 --heap-limit=1 -c '(*NO_JIT)^((x)|y)*$' deepest

# In whatever order the threads come to the lines, what is said is what one thread would say.
printf 'aaa\n%s\n' "$hopeless" >behind
printf '%s\naaa\n' "$hopeless" >before
for ((i = 0; i < 10; i++)); do
    for how in --mmap --no-mmap; do
        for option in -l '-m 1 -c' '-m 1'; do
            case $option in
            -l) wanted='behind\n' other='before\n' ;;
            '-m 1 -c') wanted='1\n' other='1\n' ;;
            '-m 1') wanted='aaa\n' other='aaa\n' ;;
            esac
            # shellcheck disable=SC2086
            expect 0 "$wanted" by_pcre2 $how -j4 --chunk-size=8 $option '(a+)+$' behind
            # shellcheck disable=SC2086
            expect_error 2 "$other" "mscan: before: line at offset 0: $limit" \
                by_pcre2 $how -j4 --chunk-size=8 $option '(a+)+$' before
        done
    done
done

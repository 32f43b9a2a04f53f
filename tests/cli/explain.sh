#!/usr/bin/env bash
# --explain prints what would be done and does not do it.
. "$(dirname "$0")/check.sh"
CHECK_OPTIONS=

truncate -s 64M long
file f 'a\n'

expect_like 0 'Lines are found by .*syntax: PCRE2.text: UTF-8 .*pattern: .*engine: .*kernels: .*threads: .*file: f: read .*' '' mscan --explain a f
expect_like 0 '.*.syntax: PCRE2, ignoring case.*' '' mscan --explain -i a f
expect_like 0 '.*.syntax: fixed strings.*' '' mscan --explain -F a f
# It begins with a sentence, which says what is needed to find lines.
sentence()
{
    local expected=$1
    shift
    check_run 0 mscan --explain "$@" f
    [ "$(head -n 1 "$out")" = "$expected" ] || fail "--explain $* begins with: $(head -n 1 "$out")"
}
sentence 'Lines are found by the literal "timed out"; PCRE2 is not needed.' 'timed out'
sentence 'Lines are found by the literals "abc", "def", "ghi" and "jkl"; PCRE2 is not needed.' -F -e abc -e def -e ghi -e jkl
sentence 'Lines are found by the literals "abc", "def", "ghi" and 2 more; PCRE2 is not needed.' \
    -F -e abc -e def -e ghi -e jkl -e mno
sentence 'Lines are found by the literal "="; PCRE2 decides where that is not enough.' --engine=literal '\w+=\1(a)?'
sentence 'Lines are found by an automaton; PCRE2 is not needed.' --engine=dfa '[ab]+'
sentence 'Lines are found by an automaton; PCRE2 is needed beyond ASCII only.' --engine=dfa '\d+'
sentence 'Lines are found by PCRE2 alone: --engine says so.' --engine=pcre2 a
sentence 'Lines are found by PCRE2 alone: lines end in NUL.' -z a
sentence 'Lines are found by PCRE2 alone: the engine does not know what a pattern has, recursion.' '(?R)?a'
sentence 'Lines are found by the literal "foo"; PCRE2 finds those of the other patterns.' -e foo -e '(?R)?a'
sentence 'Every line is found: a pattern is empty.' -e '' -e a
sentence 'No line is found: there is no pattern.' -f /dev/null
sentence 'Lines are found by the literal "a"; PCRE2 is not needed.  --and and --not choose among them.' a --not b

# Words in POSIX's syntaxes are strings as well.
expect_like 0 '.*.syntax: basic.*automaton: none .the patterns are strings.*' '' mscan --explain -G -e a -e ab f
expect_like 0 '.*.syntax: extended.*automaton: none .the patterns are strings.*' '' mscan --explain -E -e a -e ab f
expect_like 0 '.*text: bytes \(--no-unicode\).*' '' mscan --explain --no-unicode a f
LC_ALL=C expect_like 0 '.*text: bytes .*' '' mscan --explain a f
expect_like 0 '.*file: long: mapped .*' '' mscan --explain a long
expect_like 0 '.*file: long: read \(--no-mmap\).*' '' mscan --explain --no-mmap a long
expect_like 0 '.*file: f: mapped \(--mmap\).*' '' mscan --explain --mmap a f
expect_like 0 '.*file: f: .*file: long: .*' '' mscan --explain a f long
expect_like 0 '.*threads: 3 \(-j\).*' '' mscan -j3 --explain a f long
MSCAN_THREADS=5 expect_like 0 '.*threads: 5 \(MSCAN_THREADS\).*' '' mscan --explain a f long
expect_like 2 '.*file: f: .*' 'mscan: missing: No such file or directory.' mscan --explain a missing f
# Characters that fit beyond the pattern's are shown too: U+0400 has bytes of U+0420 and U+0440.
expect_like 0 '.*literals: "\[.x\{416\}.x\{436\}\]\[.x\{400\}.x\{420\}.x\{440\}.x\{460\}\]a".*' '' mscan --explain -i 'жр(?-i)a' f
# Streams of bits: with wide vectors always, with narrow ones where shuffles cannot have so many states.
streams() { MSCAN_KERNELS=$1 mscan --explain "$2" f | grep -c 'bit streams' || true; }
for name in $(mscan --version | sed -n 's/.*usable: *\(.*\)).*/\1/p'); do
    case $name in
    sse2 | c) wanted=00 ;;
    ssse3 | neon) wanted=10 ;;
    *) wanted=11 ;;
    esac
    found=$(streams "$name" '(?:\w{5}\s+){7}')$(streams "$name" '\w+=\d+ms')
    [ "$found" = "$wanted" ] || fail "$name has bit streams for $found, not $wanted"
done
# A pipe is not read.
unread() { seq 3 | { mscan --explain 2 >/dev/null; cat; }; }
expect 0 '1\n2\n3\n' unread
unmoved() { { mscan --explain a >/dev/null; cat; } <f; }
expect 0 'a\n' unmoved
# No line of the text is printed, whatever else is asked for.
for option in -c -o -l -q -n -v --stats; do
    check_run 0 mscan --explain $option 12345 long
    grep -q '^12345$' "$out" && fail "--explain $option searches"
    grep -q '^syntax: ' "$out" || fail "--explain $option explains nothing"
done

# Literals read as they match: the case of -i in words, and sets as what fits.
for options in -i -Fi; do
    # shellcheck disable=SC2086
    expect 0 '1\n' eval "mscan --explain $options error f | grep -c 'the literal \"error\" in any case;'"
done
expect 0 '1\n' eval "mscan --explain -i 'err|w4rn' f | grep -c 'the literals \"err\" in any case and \"w4rn\" in any case;'"
expect 0 '1\n' eval "mscan --explain -i 'é1.b' f | grep -cF 'the literal \"[\\x{c9}\\x{e9}]1\"'"
expect 0 '1\n' eval "mscan --explain '[ab]{3}c' f | grep -cF 'by the literal \"[\`-c][\`-c][\`-c]c\"'"
expect 0 '1\n' eval "mscan --explain -i '123' f | grep -c 'the literal \"123\";'"

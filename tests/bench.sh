#!/bin/sh
# bench.sh - checks the programs of bench/: what the corpora are made of, and that errors are reported.
#
# Builds nothing: skipped (77) where the programs are not there.

set -u
LC_ALL=C
export LC_ALL

bench=${top_builddir:-.}/bench
corpus=$bench/corpus
memory_limit=$bench/memory-limit
for program in corpus kernels memory-limit queue word-list words; do
    if ! test -x "$bench/$program"; then
        echo "skipped: bench/$program is not built"
        exit 77
    fi
done
kernels=$bench/kernels

dir=$(mktemp -d "${TMPDIR:-/tmp}/mscan-bench.XXXXXX") || exit 99
trap 'rm -rf "$dir"' EXIT
trap 'exit 99' HUP INT TERM
failures=0

fail()
{
    echo "FAIL: $*"
    failures=$((failures + 1))
}

size_of()
{
    wc -c <"$1" | tr -d ' '
}

# status_is STATUS COMMAND...: the exit status, and a message on standard error where it is not 0.
status_is()
{
    expected=$1
    shift
    "$@" >"$dir/out" 2>"$dir/err"
    status=$?
    test $status -eq "$expected" || fail "exit status $status, not $expected: $*"
    test "$expected" -eq 0 || test -s "$dir/err" || fail "no message: $*"
}

# check_kind KIND CHECKSUM: CHECKSUM is what POSIX cksum says of the first MiB by seed 1, on every machine.
check_kind()
{
    kind=$1
    status_is 0 "$corpus" -o "$dir/one" "$kind" 1M
    "$corpus" "$kind" 1M 1 >"$dir/again" || fail "$kind: exit status $?"
    cmp -s "$dir/one" "$dir/again" || fail "$kind: two runs with one seed differ"
    "$corpus" "$kind" 1M 2 >"$dir/other"
    cmp -s "$dir/one" "$dir/other" && fail "$kind: two seeds give the same text"

    checksum=$(cksum <"$dir/one" | cut -d ' ' -f 1)
    test "$checksum" = "$2" || fail "$kind: checksum $checksum, not $2: is the change of the text meant?"

    "$corpus" "$kind" 3M >"$dir/longer"
    head -c "$(size_of "$dir/one")" "$dir/longer" | cmp -s - "$dir/one" ||
        fail "$kind: a longer text does not begin with the shorter one"
    check_size "$kind" 1048576 "$dir/one"
    check_size "$kind" 3145728 "$dir/longer"
}

# No line is longer than 8 KiB, so whole lines come as close as that.
check_size()
{
    size=$(size_of "$3")
    if test "$1" = oneline; then
        test "$size" -eq "$2" || fail "$1: $size bytes, not $2"
        return
    fi
    if test "$size" -gt "$2" || test "$size" -le $(($2 - 8192)); then
        fail "$1: $size bytes for $2"
    fi
    test "$(tail -c 1 "$3" | od -An -to1 | tr -d ' ')" = 012 || fail "$1: does not end with a newline"
}

check_kind log 1659392278
check_kind prose 1705143237
check_kind cyrillic 3910773486
check_kind cjk 800807862
check_kind json 1026404722
check_kind oneline 4211048514

# Valid UTF-8, and not all ASCII.
if command -v iconv >/dev/null; then
    for kind in cyrillic cjk; do
        "$corpus" $kind 2M 3 >"$dir/text"
        iconv -f UTF-8 -t UTF-8 "$dir/text" >"$dir/out" 2>&1 || fail "$kind: not valid UTF-8"
        test "$(tr -d '\000-\177' <"$dir/text" | wc -c)" -gt 1000000 || fail "$kind: nearly all ASCII"
    done
fi

# Each line of JSON is an object by itself.
if command -v python3 >/dev/null; then
    "$corpus" json 2M 3 | python3 -c 'import json, sys; all(map(json.loads, sys.stdin)) or sys.exit(1)' ||
        fail "json: a line that is no object"
fi

test "$("$corpus" oneline 2M 3 | wc -l)" -eq 0 || fail "oneline: holds a newline"
test "$("$corpus" prose 2M 3 | awk 'length < 40 || length > 80' | wc -l)" -eq 0 || fail "prose: line length"
test "$("$corpus" log 2M 3 | awk '!/^[0-9A-Z]/ || /zqxjkvb/ || /\?\?/' | wc -l)" -eq 0 || fail "log: odd lines"
test "$("$corpus" prose 4M | grep -c 'Sherlock Holmes')" -gt 0 || fail "prose: no Sherlock Holmes"

# Sizes.
for size in 0 1 1000 7K 2M; do
    status_is 0 "$corpus" oneline $size
    bytes=$(($(echo "$size" | sed 's/K/*1024/; s/M/*1048576/')))
    test "$(size_of "$dir/out")" -eq $bytes || fail "oneline: not $size"
done
status_is 0 "$corpus" log 20
test ! -s "$dir/out" || fail "log 20: half a line"

# Errors.
if test -w /dev/full; then
    "$corpus" log 4M >/dev/full 2>"$dir/err"
    test $? -eq 2 || fail "a full disk is no error"
    grep -q 'standard output: ' "$dir/err" || fail "a full disk: no message"
    status_is 2 "$corpus" -o /dev/full log 1K
    grep -q '/dev/full: ' "$dir/err" || fail "-o: no name in the message"
fi
status_is 2 "$corpus"
status_is 2 "$corpus" log
status_is 2 "$corpus" nothing 1M
status_is 2 "$corpus" log 1X
status_is 2 "$corpus" log -1
status_is 2 "$corpus" log 1MM
status_is 2 "$corpus" log 20000000T
status_is 2 "$corpus" log 1M x
status_is 2 "$corpus" log 1M 1 1
status_is 2 "$corpus" --nothing log 1M
status_is 2 "$corpus" -o "$dir/no/such" log 1M
status_is 0 "$corpus" --help
grep -q oneline "$dir/out" || fail "--help does not name the kinds"

# The probe of the memory.
"$corpus" log 4M >"$dir/text"
status_is 0 "$memory_limit" --rounds=3 "$dir/text" 2
grep -q '^2 threads: [0-9.]* GB/s$' "$dir/out" || fail "memory-limit: no figure for two threads"
status_is 0 "$memory_limit" --json --rounds=3 "$dir/text"
grep -q '^{"file":.*"gb_per_s_n":[0-9.]*}$' "$dir/out" || fail "memory-limit: no JSON"

status_is 0 "$bench/queue" 4
grep -q '^all print  *4 workers: .* % of the ideal' "$dir/out" || fail "queue: no figure for all that print"
status_is 2 "$bench/queue" nonsense
: >"$dir/empty"
status_is 2 "$memory_limit" "$dir/empty"
status_is 2 "$memory_limit" "$dir/missing"
status_is 2 "$memory_limit" "$dir"
status_is 2 "$memory_limit" "$dir/text" 0
status_is 2 "$memory_limit"

# The search for many words, against grep.
"$bench/word-list" 500 4 12 >"$dir/words"
test "$(awk 'length >= 4 && length <= 12' "$dir/words" | wc -l)" -eq 500 || fail "word-list: other words than asked for"
status_is 0 "$bench/words" -i -r 1 "$dir/text" "$dir/words"
lines=$(grep -c -i -F -f "$dir/words" "$dir/text")
grep -q "^ *500 words: .* $lines lines\$" "$dir/out" || fail "words: not $lines lines"
status_is 2 "$bench/words" "$dir/empty" "$dir/words"
status_is 2 "$bench/words" "$dir/text" "$dir/missing"
status_is 2 "$bench/words" "$dir/text"
status_is 2 "$bench/word-list" 10 5 4
status_is 2 "$bench/word-list" 10 5

# The kernels' benchmark: all sets find the same, and as many lines as grep.
"$corpus" prose 2M >"$dir/prose"
status_is 0 "$kernels" --rounds=1 "$dir/prose"
grep -q disagrees "$dir/out" && fail "kernels: $(grep disagrees "$dir/out")"
for row in 'needle, rare=Sherlock Holmes' 'needle, most lines=er' 'any, 2 most lines=er\|in'; do
    found=$(grep "^| ${row%=*} " "$dir/out" | awk -F '|' '{ print $(NF - 1) + 0 }')
    test "$found" = "$(grep -c "${row#*=}" "$dir/prose")" || fail "kernels: ${row%=*}: $found lines"
done
status_is 2 "$kernels"
status_is 2 "$kernels" "$dir/missing"
status_is 2 "$kernels" "$dir/empty"
status_is 2 "$kernels" --rounds=0 "$dir/prose"

# The comparison, as far as it goes without mscan: a row chosen by its name.
compare=${srcdir:-.}/bench/compare
if command -v python3 >/dev/null && test -f "$compare"; then
    python3 "$compare" --list --rows '^UUID$' >"$dir/out" || fail "compare --list: exit status $?"
    test "$(wc -l <"$dir/out")" -eq 1 || fail "compare --rows: not one row"
fi

test $failures -eq 0

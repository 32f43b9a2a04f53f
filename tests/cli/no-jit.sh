#!/usr/bin/env bash
# With --no-jit, and where executable memory is refused, the interpreter takes over with the same results.
. "$(dirname "$0")/check.sh"

seq 20000 | sed 's/^.*77.*$/& foo foobar/; 500s/$/ Привет/' >f
printf '%s\naa\n' "$(printf '%40s' '' | tr ' ' a)b" >hopeless

# Each command's output, messages and status, into a directory.
run_all()
{
    local number=0 options pattern
    mkdir "$1"
    for options in '' -c -v -n -o -b --count-matches --color=always '-m 20' -w -x -i; do
        for pattern in 77 '7+' '(\d)\1' 'foo(?=bar)' '^1.*9$' '(?<=7) foo' 'привет' '\bfoo\b' '^(?:(1)|2)+$'; do
            # shellcheck disable=SC2086
            run_one "$1" $options -e "$pattern" f
        done
    done
    run_one "$1" -e foo -e '^1.1$' -e '(?i)ПРИВЕТ' f
    run_one "$1" -F foo f
    run_one "$1" -j4 --chunk-size=1k -n '(\d)\1' f
    run_one "$1" '(a+)+$' hopeless
}

run_one()
{
    local directory=$1
    shift
    number=$((number + 1))
    # shellcheck disable=SC2086
    "$MSCAN" ${WITHOUT_JIT-} "$@" >"$directory/$number.out" 2>"$directory/$number.err"
    echo "$? $*" >"$directory/$number.status"
}

run_all compiled
[ "$(cat compiled/*.status | grep -c ^0)" -gt 50 ] || fail "most searches find nothing"
compare()
{
    diff -r compiled "$1" >differences || fail "$1: results differ: $(head -n 20 differences)"
}

"$MSCAN" --explain --no-jit 'a+' f | grep -q 'interpreted' || fail "--no-jit is without effect"
"$MSCAN" --explain 'a+' f | grep -q 'compiled (JIT)' || skip "PCRE2 has no JIT compiler here"
WITHOUT_JIT=--no-jit run_all asked
compare asked
# Only the interpreter obeys the heap limit.
head -c 100000 /dev/zero | tr '\0' a >deep
expect_error 2 '' 'mscan: deep: line at offset 0: heap limit exceeded\n' mscan --no-jit --engine=pcre2 --heap-limit=1 '^(a|b)*c' deep

# What the manual says of both, and where a verb in a lookahead must not make a difference.
for jit in '' --no-jit; do
    # shellcheck disable=SC2086
    printf 'bd\n' | expect 1 '0\n' mscan $jit -c 'a?(?=b(*COMMIT)c|)d'
done
printf 'A\200B\n' | expect 1 '0\n' mscan -ac 'A\z'
printf 'grtgt\n' | expect 0 'grtg\n' mscan -o '\w(?R)*\w'
printf 'b\300\257\n' | expect 0 '1\n' mscan -ac '\B'

need python3
# mscan with memory that cannot become executable (Linux 6.3).
cat >refuse.py <<'END'
import ctypes, os, sys
if ctypes.CDLL(None).prctl(65, 1, 0, 0, 0) != 0:
    sys.exit(77)
os.execv(sys.argv[1], sys.argv[1:])
END
refused() { python3 refuse.py "$MSCAN" "$@"; }
refused --version >/dev/null || skip "the kernel cannot refuse executable memory"
refused --explain a /dev/null | grep -q 'interpreted' || skip "executable memory is not refused to PCRE2 here"

export -f run_all run_one
# What follows from prctl() is inherited.
sed -i 's/^os.execv.*/os.execvp("bash", ["bash", "-c", "run_all refused"])/' refuse.py
python3 refuse.py
compare refused

#!/usr/bin/env bash
# Where executable memory is refused, the interpreter takes over with the same results.
. "$(dirname "$0")/check.sh"

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
    "$MSCAN" "$@" >"$directory/$number.out" 2>"$directory/$number.err"
    echo "$? $*" >"$directory/$number.status"
}

run_all compiled
export -f run_all run_one
# What follows from prctl() is inherited.
sed -i 's/^os.execv.*/os.execvp("bash", ["bash", "-c", "run_all interpreted"])/' refuse.py
python3 refuse.py
diff -r compiled interpreted >differences || fail "results differ: $(head -n 20 differences)"
[ "$(cat compiled/*.status | grep -c ^0)" -gt 50 ] || fail "most searches find nothing"

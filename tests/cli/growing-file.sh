#!/usr/bin/env bash
# A file that grows while it is searched: what was there is found, and nothing breaks.
. "$(dirname "$0")/check.sh"

need python3
seq 400000 >f
seq 400000 >wanted
cat >grow.py <<'END'
# Stops the program in the middle by not reading its output, lets the file grow, and takes the rest.
import subprocess, sys, time
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE)
first = process.stdout.read(1)
time.sleep(0.1)
with open('f', 'a') as file:
    file.write('more 1\nmore 2\n')
sys.stdout.buffer.write(first + process.stdout.read())
sys.exit(process.wait())
END
grow() { python3 grow.py "$MSCAN" "${path[@]}" "$@"; }
each()
{
    seq 400000 >f
    # Lines that came later may be found or not, but nothing else.
    check_run 0 grow '' f
    head -c "$(wc -c <wanted)" "$out" | cmp -s - wanted || fail "what was there is not printed: ${path[*]}"
    tail -c +$(($(wc -c <wanted) + 1)) "$out" | grep -qv '^more [12]$' && fail "what was not there is printed: ${path[*]}"
    [ -s "$err" ] && fail "message: $(cat "$err")"
    seq 400000 >f
    printf unfinished >>f
    check_run 0 grow '^[^f]*$|^u.*d' f
    head -c "$(wc -c <wanted)" "$out" | cmp -s - wanted || fail "what was there is not printed: ${path[*]}"
}
each_path each

# `tail -f` into a pipe.
: >log
{ timeout 5 tail -f log & echo $! >tail.pid; wait; } 2>/dev/null | mscan -m1 needle >found &
sleep 0.2
echo hay >>log
echo needle >>log
wait_for=50
until [ -s found ] || [ $((wait_for -= 1)) -eq 0 ]; do sleep 0.1; done
expect 0 'needle\n' cat found
kill "$(cat tail.pid)" 2>/dev/null
wait

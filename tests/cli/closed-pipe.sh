#!/usr/bin/env bash
# Nobody reads the output any more: the end, at once and without a word.
. "$(dirname "$0")/check.sh"

need python3
seq 1000000 >f
cat >run.py <<'END'
import os, signal, subprocess, sys, time
ignored, limit = sys.argv[1] == 'ignored', 20
start = time.monotonic()
process = subprocess.Popen(
    sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, restore_signals=False,
    preexec_fn=lambda: signal.signal(signal.SIGPIPE, signal.SIG_IGN if ignored else signal.SIG_DFL))
# Standard input stays open: a program that wants more of it before it ends would wait for ever.
try:
    os.write(process.stdin.fileno(), b'1\n' * 20000)
    first = process.stdout.readline()
    process.stdout.close()
    try:
        for i in range(100):
            os.write(process.stdin.fileno(), b'1\n' * 2000)
            if process.poll() is not None:
                break
            time.sleep(0.02)
    except BrokenPipeError:
        pass
    status = process.wait(limit)
except subprocess.TimeoutExpired:
    process.kill()
    status = 'too late'
print(first.decode().strip(), status, process.stderr.read().decode().strip())
END
run() { python3 run.py "$@"; }

each()
{
    for arguments in '. f f f' '-n -v x f' '-o --line-buffered . f' '1 -'; do
        # shellcheck disable=SC2086
        expect_like 0 '[0-9:]*1 2 '$'\n' '' run ignored "$MSCAN" "${path[@]}" -h $arguments
        # shellcheck disable=SC2086
        expect_like 0 '[0-9:]*1 -13 '$'\n' '' run default "$MSCAN" "${path[@]}" -h $arguments
    done
}
each_path each

# In a shell.
head_of() { mscan "$@" | head -n 1; }
expect 0 '1\n' head_of . f
expect 0 '1:1\n' head_of -n . f f -h

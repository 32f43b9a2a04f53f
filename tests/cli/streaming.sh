#!/usr/bin/env bash
# A line written to a pipe comes out at once, and with -m and -q the end does not wait for more input.
. "$(dirname "$0")/check.sh"

need python3
cat >stream.py <<'END'
import os, select, subprocess, sys, time

program, options = sys.argv[1], sys.argv[2:]
LIMIT = 20
failed = False

def fail(text, arguments):
    global failed
    failed = True
    print('FAIL:', text, ':', ' '.join(arguments))

def start(arguments):
    return subprocess.Popen([program, *options, *arguments], bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

# What arrives until it is as long as what is expected, or the time is over.
def take(process, expected):
    got, end = b'', time.monotonic() + LIMIT
    while len(got) < len(expected):
        if not select.select([process.stdout], [], [], max(0, end - time.monotonic()))[0]:
            break
        part = os.read(process.stdout.fileno(), 65536)
        if not part:
            break
        got += part
    return got

# Each step: what is written, and what has to come out before anything else is written.
def dialog(arguments, steps, status=0):
    process = start(arguments)
    for text, expected in steps:
        process.stdin.write(text)
        got = take(process, expected)
        if got != expected:
            fail('after %r came %r, not %r' % (text[:40], got[:80], expected[:80]), arguments)
            process.kill()
            break
    process.stdin.close()
    rest = process.stdout.read()
    if process.wait() not in (status, -9):
        fail('status %d, not %d' % (process.returncode, status), arguments)
    if rest:
        fail('at the end came %r' % rest[:80], arguments)

# The program has to end although the pipe stays open.
def end(arguments, text, expected, status=0):
    process = start(arguments)
    try:
        process.stdin.write(text)
    except BrokenPipeError:
        pass  # it has ended already
    try:
        got_status = process.wait(LIMIT)
    except subprocess.TimeoutExpired:
        fail('does not end while its input stays open', arguments)
        process.kill()
        return
    if got_status != status:
        fail('status %d, not %d' % (got_status, status), arguments)
    got = process.stdout.read()
    if got != expected:
        fail('printed %r, not %r' % (got[:80], expected[:80]), arguments)

dialog(['a'], [(b'a1\n', b'a1\n'), (b'b\na2\n', b'a2\n'), (b'a3\na4\n', b'a3\na4\n')])
dialog(['-n', 'a'], [(b'a1\nb\n', b'1:a1\n'), (b'b\na2\n', b'4:a2\n')])
dialog(['-b', 'a'], [(b'a1\nb\n', b'0:a1\n'), (b'b\na2\n', b'7:a2\n')])
dialog(['-v', 'b'], [(b'a1\nb\n', b'a1\n'), (b'b\na2\n', b'a2\n')])
dialog(['-o', 'a.'], [(b'xa1xa2\n', b'a1\na2\n'), (b'xa3\n', b'a3\n')])
dialog(['-H', '--label=x', ''], [(b'a\n', b'x:a\n')] * 5)
dialog(['--line-buffered', 'a'], [(b'a1\nb\n', b'a1\n'), (b'a2\n', b'a2\n')])
dialog(['--color=always', 'a'], [(b'a\n', b'\33[01;31m\33[Ka\33[m\33[K\n')] * 3)
# Half a line is not one yet; the rest may come a byte at a time.
dialog(['a'], [(b'a1\na', b'a1\n'), (b'2', b''), (b'\nb', b'a2\n'), (b'a\n', b'ba\n')])
dialog([''], [(b'x', b'')] * 20 + [(b'\n', b'x' * 20 + b'\n')])
dialog([''], [(b'%d\n' % i, b'%d\n' % i) for i in range(200)])
# A large piece, then a small one.
large = b''.join(b'a%d\n' % i for i in range(5000))
dialog(['a'], [(large, large), (b'a\n', b'a\n'), (large, large)])
long = b'a' * 60000 + b'\n'
dialog(['a'], [(long, long), (b'a\n', b'a\n')])
# Standard input behind other files.
with open('f', 'w') as file:
    file.write('a0\n')
dialog(['-h', 'a', 'f', '-'], [(b'', b'a0\n'), (b'a1\n', b'a1\n'), (b'a2\n', b'a2\n')])
# Nothing, until the end, where there is nothing to say.
dialog(['x'], [(b'a1\n', b''), (b'a2\n', b'')], 1)

end(['-m1', 'a'], b'b\na1\na2\n', b'a1\n')
end(['-m2', 'a'], b'b\na1\na2\n', b'a1\na2\n')
end(['-m2', '-n', 'a'], b'b\na1\na2\n', b'2:a1\n3:a2\n')
end(['-m1', '-c', 'a'], b'b\na1\na2\n', b'1\n')
end(['-m1', '-v', 'a'], b'b\na1\na2\n', b'b\n')
end(['-q', 'a'], b'b\na1\na2\n', b'')
end(['-l', 'a'], b'b\na1\na2\n', b'(standard input)\n')
end(['-L', 'a'], b'b\na1\na2\n', b'')
end(['-m0', 'a'], b'b\na1\na2\n', b'', 1)
end(['-q', 'a', 'f', '-'], b'', b'')
end(['-v', '', '-'], b'', b'', 1)
# Block-buffered text comes when a block is full, or at the end.
process = start(['--block-buffered', 'a'])
process.stdin.write(b'a1\n')
process.stdin.write(b'a2\n')
out, _ = process.communicate()
if out != b'a1\na2\n':
    fail('printed %r' % out, ['--block-buffered', 'a'])
sys.exit(failed)
END
for threads in 1 2 4; do
    python3 stream.py "$MSCAN" -j $threads || fail "with -j $threads"
done
python3 stream.py "$MSCAN" -j 4 --chunk-size=1 || fail "with small chunks"

# At a terminal, line by line.
cat >terminal.py <<'END'
import os, pty, select, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], [sys.argv[1], '--color=never', 'a'])
got = b''
def take(expected):
    global got
    while expected not in got and select.select([terminal], [], [], 20)[0]:
        try:
            got += os.read(terminal, 65536)
        except OSError:
            break
    print('seen' if expected in got else 'missing: %r' % got)
    got = b''
os.write(terminal, b'xa1\n')
take(b'xa1\r\nxa1\r\n')
os.write(terminal, b'b\n')
os.write(terminal, b'xa2\n')
take(b'b\r\nxa2\r\nxa2\r\n')
os.write(terminal, b'\4')
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
END
if python3 -c 'import pty; pty.openpty()' 2>/dev/null; then
    expect 0 'seen\nseen\n0\n' python3 terminal.py "$MSCAN"
fi

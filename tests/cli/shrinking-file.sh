#!/usr/bin/env bash
# A file that is cut while it is mapped: said, not fatal; what was before the cut is printed whole.
. "$(dirname "$0")/check.sh"

need python3
cat >shrink.py <<'END'
# shrink.py PROGRAM LINE-LENGTH NEW-SIZE OPTION...: the program is stopped by not reading its output, the file cut,
# and the rest of the output compared.
import fcntl, os, re, struct, subprocess, sys, termios, time

program, length, new_size, options = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
SIZE = 48 << 20
with open('big', 'wb') as file:
    count = SIZE // length
    for first in range(0, count, 1000):
        file.write(b''.join(b'%0*d\n' % (length - 1, i) for i in range(first, min(first + 1000, count))))
with open('big', 'rb') as file:
    whole = file.read()
with open('other', 'w') as file:
    file.write('other\n')

process = subprocess.Popen([program, '--mmap', '-h', *options, '', 'big', 'other'], stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE)
# Until the pipe is full and the program waits.
waiting, before = 0, -1
while True:
    time.sleep(0.05)
    waiting = struct.unpack('i', fcntl.ioctl(process.stdout, termios.FIONREAD, b'\0' * 4))[0]
    if waiting and waiting == before:
        break
    before = waiting
time.sleep(0.2)
os.truncate('big', new_size)
out = process.stdout.read()
message = process.stderr.read().decode()
status = process.wait()

failed = False
def fail(text):
    global failed
    failed = True
    print('FAIL:', ' '.join(sys.argv[2:]), ':', text)

if status != 2:
    fail('status %d, not 2' % status)
found = re.fullmatch(r'mscan: big: file shrank while being read at offset (\d+)\n', message)
if not found:
    fail('message %r' % message)
elif int(found[1]) != new_size:
    fail('offset %s, not %d' % (found[1], new_size))
other = b'1:other\n' if '-n' in options else b'other\n'
if not out.endswith(other):
    fail('the other file is not searched: ...%r' % out[-40:])
else:
    out = out[:-len(other)]
wanted = whole[:whole.rfind(b'\n', 0, new_size) + 1]
if '-n' in options:
    wanted = b''.join(b'%d:%s\n' % (i + 1, line) for i, line in enumerate(wanted.split(b'\n')[:-1]))
if out != wanted:
    common = len(os.path.commonprefix([out, wanted]))
    fail('%d bytes printed, not %d; different from %d on: %r, not %r' %
         (len(out), len(wanted), common, out[common:common + 40], wanted[common:common + 40]))
sys.exit(failed)
END
# Short lines are copied, long ones written from the mapping; the cut is in a page and between two.
for threads in 1 2 4; do
    python3 shrink.py "$MSCAN" 50 30000000 -j $threads || fail "short lines, $threads threads"
    python3 shrink.py "$MSCAN" 50 33554432 -j $threads -n || fail "numbered lines, $threads threads"
    python3 shrink.py "$MSCAN" 100000 30000001 -j $threads || fail "long lines, $threads threads"
    python3 shrink.py "$MSCAN" 10000 33554432 -j $threads -n || fail "long numbered lines, $threads threads"
done
# Cut before what is written already, perhaps in the middle of a line: what follows begins on a line of its own.
cat >cut.py <<'END'
import os, re, subprocess, sys, time
program, options = sys.argv[1], sys.argv[2:]
with open('big', 'wb') as file:
    file.write(b''.join(b'%09d\n' % i for i in range(3000000)))
with open('other', 'w') as file:
    file.write('other\n')
process = subprocess.Popen([program, '--mmap', '-h', *options, '', 'big', 'other'], stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE)
time.sleep(0.3)
os.truncate('big', 0)
out, message = process.communicate()
message = message.decode()
if process.returncode != 2 or not re.fullmatch(r'mscan: big: file shrank while being read at offset 0\n', message):
    print('FAIL: status %d, message %r' % (process.returncode, message))
lines = out.split(b'\n')
if lines[-2:] != [b'other', b'']:
    print('FAIL: the other file is not printed by itself:', lines[-3:])
lines = lines[:-2]
if any(b'%09d' % i != line for i, line in enumerate(lines[:-1])):
    print('FAIL: lines that are not those of the file')
if lines and not (b'%09d' % (len(lines) - 1)).startswith(lines[-1]):
    print('FAIL: the last line is not one of the file:', lines[-1])
END
for threads in 1 2 4; do
    expect 0 '' python3 cut.py "$MSCAN" -j $threads
done

# Counting meets the hole at any place.
cat >count.py <<'END'
import os, random, re, subprocess, sys, time
program = sys.argv[1]
random.seed(1)
for i in range(12):
    with open('big', 'wb') as file:
        file.write(b'x\n' * 10000000)
    process = subprocess.Popen([program, '--mmap', '-j', '2', '--chunk-size=4k', '-c', 'x', 'big'],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(random.uniform(0.005, 0.1))
    os.truncate('big', 10000001)
    out, message = process.communicate()
    out, message = out.decode(), message.decode()
    # It may have been done before the cut, or have begun after it.
    if process.returncode == 0 and out in ('10000000\n', '5000001\n') and not message:
        continue
    # Lines behind the cut may have been counted before it was made.
    if (process.returncode != 2 or not 5000000 <= int(out) <= 10000000
            or message != 'mscan: big: file shrank while being read at offset 10000001\n'):
        print('FAIL: status %d, %r, %r' % (process.returncode, out, message))
END
expect 0 '' python3 count.py "$MSCAN"

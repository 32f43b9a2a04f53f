#!/usr/bin/env bash
# A file that is cut at just the place that is being written to another file: what is printed are whole lines of it, and
# of a line of more than 1 MiB perhaps only the beginning; never a byte that the file did not have.
. "$(dirname "$0")/check.sh"

need python3 cc
cat >cut.c <<'END'
/*
 * Cuts a file while the program writes.  The first call that comes to byte CUT_AT of the output cuts CUT_FILE to CUT_TO
 * bytes: at CUT_MOMENT "write" before it writes, at "look" when somebody next looks how long the file is, and at a
 * number so many nanoseconds later, from another thread.
 */
#define _FILE_OFFSET_BITS 64 /* as the program: its calls are stat64() and the like */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static atomic_llong written;
static atomic_int reached, done;

static void cut(void)
{
    if (!atomic_exchange(&done, 1))
        (void)!truncate(getenv("CUT_FILE"), atoll(getenv("CUT_TO")));
}

static void *cut_later(void *context)
{
    struct timespec begin, now;
    long delay = atol(context);
    clock_gettime(CLOCK_MONOTONIC, &begin);
    do
        clock_gettime(CLOCK_MONOTONIC, &now);
    while ((now.tv_sec - begin.tv_sec) * 1000000000 + now.tv_nsec - begin.tv_nsec < delay);
    cut();
    return NULL;
}

static void reach(size_t length)
{
    const char *moment = getenv("CUT_MOMENT");
    if (atomic_load(&written) + (long long)length < atoll(getenv("CUT_AT")) || atomic_exchange(&reached, 1))
        return;
    pthread_t thread;
    if (strcmp(moment, "write") == 0)
        cut();
    else if (strcmp(moment, "look") != 0)
        pthread_create(&thread, NULL, cut_later, (void *)moment);
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    ssize_t (*next)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    if (fd == 1)
        reach(length);
    ssize_t result = next(fd, bytes, length);
    if (fd == 1 && result > 0)
        written += result;
    return result;
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    ssize_t (*next)(int, const struct iovec *, int) = dlsym(RTLD_NEXT, "writev");
    size_t length = 0;
    for (int i = 0; i < count; i++)
        length += parts[i].iov_len;
    if (fd == 1)
        reach(length);
    ssize_t result = next(fd, parts, count);
    if (fd == 1 && result > 0)
        written += result;
    return result;
}

int fstat(int fd, struct stat *status)
{
    int (*next)(int, struct stat *) = dlsym(RTLD_NEXT, "fstat");
    if (atomic_load(&reached) && strcmp(getenv("CUT_MOMENT"), "look") == 0)
        cut();
    return next(fd, status);
}
END
cc -O1 -shared -fPIC -o cut.so cut.c -ldl -lpthread 2>cc.err || skip "cc makes no shared library"
[ "$(CUT_AT=100 CUT_MOMENT=look LD_PRELOAD=$PWD/cut.so "$MSCAN" -c x <<<x 2>&1)" = 1 ] || skip "the program does not run with a library of ours"

cat >aim.py <<'END'
# aim.py PROGRAM FOLDER RUNS: the folder is where the file is, and what is printed goes.
import os, random, re, subprocess, sys

program, folder, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
SIZE = 5 << 20
dice = random.Random(folder)
big, out_name = os.path.join(folder, 'big'), os.path.join(folder, 'out')
with open('other', 'w') as file:
    file.write('other\n')

def colored(line):
    return line.replace(b'Q', b'\33[01;31m\33[KQ\33[m\33[K')

# Options, the length of lines, what becomes of a line.
KINDS = [
    (['-v', 'nosuch'], 60, None),
    (['-v', 'nosuch'], 9000, None),
    (['-v', 'nosuch'], 200001, None),
    (['-v', 'nosuch'], 1 << 20, None),
    (['-v', 'nosuch'], (5 << 20) // 2, None),
    (['-n', ''], 60, lambda i, line: b'%d:%s' % (i + 1, line)),
    (['-n', ''], 30000, lambda i, line: b'%d:%s' % (i + 1, line)),
    (['-n', ''], 700000, lambda i, line: b'%d:%s' % (i + 1, line)),
    (['--replace', '<a longer text>', 'Q'], 9001, lambda i, line: line.replace(b'Q', b'<a longer text>')),
    (['--replace', '<a longer text>', 'Q'], 1000000, lambda i, line: line.replace(b'Q', b'<a longer text>')),
    (['--color=always', 'Q'], 50000, lambda i, line: colored(line)),
    (['--color=always', 'Q'], 500000, lambda i, line: colored(line)),
    (['-o', 'Q.*'], 100000, lambda i, line: line[line.index(b'Q'):]),
    (['-C', '1', '^[0-9]*[0369]x'], 40000, None),
    (['--last=1000000', ''], 20000, None),
]
files = {}

def lines_of(length):
    if length not in files:
        tail = b''.join(b'QQQxyz' if j % 3 else b'abcdefghijklmnopqrstuvw' * 400 for j in range(length // 3000 + 9))
        files[length] = [(b'%09dx' % i + tail)[:length - 1] + b'\n' for i in range(SIZE // length)]
    return files[length]

def fail(text):
    print('FAIL: run %d in %s: %s, line of %d bytes, cut to %d at byte %s, %s: %s' %
          (run, folder, ' '.join(options), length, to, at, moment, text))

cuts = 0
for run in range(runs):
    options, length, change = KINDS[run % len(KINDS)]
    lines = lines_of(length)
    text = b''.join(lines)
    if 'Q' in options[-1]:
        lines = [line for line in lines if b'Q' in line]
    wanted = [change(i, line) for i, line in enumerate(lines)] if change else lines
    total = sum(map(len, wanted))
    place = dice.random()
    at = int(place * total)
    to = max(0, min(len(text) - 1, int(place * len(text)) + dice.choice([-4096, 0, 1, 5000, 70000, 200000])))
    if dice.random() < 0.3:
        to &= ~4095
    moment = dice.choice(['write', 'look', str(dice.randrange(0, 400000))])
    with open(big, 'wb') as file:
        file.write(text)
    environment = dict(os.environ, LD_PRELOAD=os.path.abspath('cut.so'), CUT_FILE=big, CUT_AT=str(at), CUT_TO=str(to),
                       CUT_MOMENT=moment)
    with open(out_name, 'wb') as out:
        process = subprocess.run([program, '-j', str(1 + run % 2), '-h', '--mmap', '-a', *options, big, 'other'],
                                 stdout=out, stderr=subprocess.PIPE, env=environment, timeout=60)
    with open(out_name, 'rb') as out:
        got = out.read()
    message = process.stderr.decode()
    if message:
        cuts += 1
        if message != 'mscan: %s: file shrank while being read at offset %d\n' % (big, to) or process.returncode != 2:
            fail('status %d, message %r' % (process.returncode, message))
    other = b'1:other\n' if '-n' in options else b'other\n' if options[-1] in ('', 'nosuch') else b''
    if b'\0' in got:
        fail('%d NUL bytes, the first at %d' % (got.count(b'\0'), got.index(b'\0')))
    if not got.endswith(other):
        fail('the other file is not printed: ...%r' % got[-40:])
        continue
    got = got[:len(got) - len(other)]
    whole = b''.join(wanted)
    if length > 1 << 20 and message and len(got) and not whole.startswith(got):
        got = got[:-1]  # the end of a line that was cut
        if not whole.startswith(got):
            fail('bytes that are not those of the file')
        continue
    bounds = {0}
    end = 0
    for line in wanted:
        end += len(line)
        bounds.add(end)
    if not whole.startswith(got):
        same = len(os.path.commonprefix([whole, got]))
        fail('%d bytes, the first %d are right: %r' % (len(got), same, got[same:same + 40]))
    elif len(got) not in bounds and length <= 1 << 20:
        fail('half a line at its end: %d bytes, ...%r' % (len(got), got[-40:]))
    elif not message and len(got) != len(whole):
        fail('%d bytes of %d, and no message' % (len(got), len(whole)))
    before = text.count(b'\n', 0, to)
    if length <= 1 << 20 and change is not colored and len(lines) == len(lines_of(length)) \
            and '--last=1000000' not in options and '-C' not in options and len(got) < sum(map(len, wanted[:before])):
        fail('%d bytes, though the first %d lines were there' % (len(got), before))
if cuts < runs // 4:
    print('FAIL: only %d of %d runs were cut in time' % (cuts, runs))
os.unlink(big)
os.unlink(out_name)
END
expect 0 '' python3 aim.py "$MSCAN" "$PWD" "${CUT_RUNS:-200}"
if [ -d /dev/shm ] && memory=$(mktemp -d /dev/shm/mscan-test.XXXXXX 2>/dev/null); then
    expect 0 '' python3 aim.py "$MSCAN" "$memory" "${CUT_RUNS:-200}"
    rm -rf "$memory"
fi

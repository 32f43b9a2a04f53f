#!/usr/bin/env bash
# A system call that fails once: what is lost by it is said.  Each call of a run fails in turn, with several errors; the
# output is then the same as ever, or there is a message, and the status is 2.
. "$(dirname "$0")/check.sh"
CHECK_OPTIONS=

need python3 cc
cat >fault.c <<'END'
/* Lets call number FAULT_AT of FAULT_CALL fail with FAULT_ERROR, and makes the file FAULT_MARK then. */
#define _FILE_OFFSET_BITS 64 /* as the program: its calls are stat64() and the like */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int calls;

static bool fails(const char *call)
{
    const char *wanted = getenv("FAULT_CALL");
    if (!wanted || strcmp(wanted, call) != 0 || atomic_fetch_add(&calls, 1) + 1 != atoi(getenv("FAULT_AT")))
        return false;
    syscall(SYS_close, (int)syscall(SYS_openat, AT_FDCWD, getenv("FAULT_MARK"), O_CREAT | O_WRONLY, 0600));
    errno = atoi(getenv("FAULT_ERROR"));
    return true;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define WRAP(type, name, parameters, arguments, failure) \
    type name parameters \
    { \
        return fails(#name) ? failure : NEXT(name) arguments; \
    }

WRAP(int, stat, (const char *name, struct stat *status), (name, status), -1)
WRAP(int, lstat, (const char *name, struct stat *status), (name, status), -1)
WRAP(int, fstat, (int fd, struct stat *status), (fd, status), -1)
WRAP(int, fstatat, (int at, const char *name, struct stat *status, int flags), (at, name, status, flags), -1)
WRAP(DIR *, fdopendir, (int fd), (fd), NULL)
WRAP(struct dirent *, readdir, (DIR *stream), (stream), NULL)
WRAP(ssize_t, read, (int fd, void *bytes, size_t size), (fd, bytes, size), -1)
WRAP(off_t, lseek, (int fd, off_t offset, int whence), (fd, offset, whence), -1)
WRAP(void *, mmap, (void *at, size_t size, int protection, int flags, int fd, off_t offset),
     (at, size, protection, flags, fd, offset), MAP_FAILED)
WRAP(int, close, (int fd), (fd), -1)

int open(const char *name, int flags, ...)
{
    return fails("open") ? -1 : (int)syscall(SYS_openat, AT_FDCWD, name, flags, 0600);
}

int openat(int at, const char *name, int flags, ...)
{
    return fails("openat") ? -1 : (int)syscall(SYS_openat, at, name, flags, 0600);
}

int __openat_2(int at, const char *name, int flags)
{
    return openat(at, name, flags);
}
END
cc -O1 -shared -fPIC -o fault.so fault.c -ldl 2>cc.err || skip "cc makes no shared library"
[ "$(LD_PRELOAD=$PWD/fault.so "$MSCAN" -c x <<<x 2>&1)" = 1 ] || skip "the program does not run with a library of ours"

mkdir -p tree/d/e tree/skipped
for name in a b.c d/c.c d/e/d d/e/excluded z; do
    printf 'x in %s\n' $name >tree/$name
done
echo x >tree/skipped/s
ln -s ../a tree/d/link
ln -s ../../a tree/d/e/link.c
ln -s d/e tree/folder
ln -s nowhere tree/dangling
printf 'x\n' >patterns
printf 'tree/a\0tree/z\0' >names
seq 40000 | sed 's/$/ x/' >large

cat >calls.py <<'END'
import errno, os, subprocess, sys
program = sys.argv[1]
RUNS = [
    'x tree/a tree/d/c.c large',
    '-r x tree',
    '-r x tree/a',
    '-r x tree tree/a',
    '-r x',
    '-R x tree',
    '-rl x tree/',
    '-rL nothing tree',
    '-rc x tree',
    '-r --include=*.c x tree',
    '-r --exclude=excluded --exclude-dir=skipped x tree',
    '-R --include=*.c x tree',
    '--exclude=a x tree/a tree/z',
    '-d skip x tree tree/a',
    '-f patterns tree/a tree/z',
    '--files0-from=names x',
    '--mmap -n x large tree/a',
    '-m1 b',
    '--mmap b',
    '--wc tree/a large tree/z',
    '--wc --files0-from=names',
]
CALLS = {
    'stat': ['EIO', 'ENOENT', 'EACCES', 'ELOOP'],
    'lstat': ['EIO', 'ENOENT'],
    'fstat': ['EIO', 'ELOOP'],
    'fstatat': ['EIO', 'EACCES', 'ENOENT', 'ELOOP'],
    'open': ['EIO', 'ENOENT', 'EMFILE', 'EINTR'],
    'openat': ['EIO', 'ENOENT', 'EACCES', 'ELOOP', 'ENOTDIR', 'EMFILE', 'EINTR', 'ENXIO'],
    'fdopendir': ['EMFILE', 'ENOMEM'],
    'readdir': ['EIO', 'ENOENT'],
    'read': ['EIO', 'EINTR', 'EISDIR'],
    'lseek': ['EIO', 'ESPIPE'],
    'mmap': ['ENOMEM', 'ENODEV', 'EAGAIN'],
    'close': ['EIO', 'EINTR'],
}

def run(options, **fault):
    environment = dict(os.environ, LD_PRELOAD=os.path.abspath('fault.so'), **fault)
    with open('tree/b.c', 'rb', buffering=0) as standard_input:
        standard_input.seek(2)
        process = subprocess.run([program, *options.split(), '-j1'], stdin=standard_input, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, env=environment, timeout=60,
                                 cwd='tree' if options == '-r x' else None)
    return process.returncode, process.stdout, process.stderr

mark = os.path.abspath('mark')
runs = 0
for options in RUNS:
    right = run(options)
    messages = set(right[2].split(b'\n'))
    for call, errors in CALLS.items():
        for error in errors:
            if '--include' in options and call == 'fstatat' and error in ('ENOENT', 'ELOOP'):
                continue  # is passed over: a link that leads nowhere, by its name
            at = 1
            while True:
                number = getattr(errno, error)
                status, out, message = run(options, FAULT_CALL=call, FAULT_AT=str(at), FAULT_ERROR=str(number),
                                           FAULT_MARK=mark)
                if not os.path.exists(mark):
                    break
                os.unlink(mark)
                runs += 1
                said = set(message.split(b'\n')) - messages
                if '--wc' in options:  # the widths of columns go by what is known of sizes
                    out, right = b' '.join(out.split()), (right[0], b' '.join(right[1].split()))
                failed = 1 if '--wc' in options else 2
                if status not in (0, 1, 2) or (out != right[1] and (status != failed or not said)):
                    print('FAIL: %s, %s number %d fails with %s: status %d, %r, printed %r, and not %r' %
                          (options, call, at, error, status, message, out[:200], right[1][:200]))
                elif said and status != failed:
                    print('FAIL: %s, %s number %d fails with %s: status %d, but %r' %
                          (options, call, at, error, status, message))
                elif error == 'EINTR' and out != right[1]:
                    print('FAIL: %s, %s number %d is interrupted: %r' % (options, call, at, message))
                at += 1
if runs < 300:
    print('FAIL: only %d calls failed' % runs)
END
expect 0 '' python3 calls.py "$MSCAN"

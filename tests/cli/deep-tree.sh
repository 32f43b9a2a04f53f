#!/usr/bin/env bash
# A deep tree takes time and memory in proportion to its depth and its output.
. "$(dirname "$0")/check.sh"

need python3
cat >measure.py <<'END'
import os, resource, subprocess, sys

mscan, depths = sys.argv[1], [1000, 8000]
top = os.getcwd()


def plant(depth):
    os.mkdir(f"tree{depth}")
    os.chdir(f"tree{depth}")
    for level in range(depth):
        with open("f", "w") as file:
            file.write("root\n")
        os.mkdir("d")
        os.chdir("d")
    os.chdir(top)


def seconds(depth):
    best = 1e9
    for _ in range(2):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with open("out", "wb") as out:
            result = subprocess.run([mscan, "-rc", "root", f"tree{depth}"], stdout=out, stderr=subprocess.PIPE)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        with open("out", "rb") as out:
            files = sum(line.endswith(b":1\n") for line in out)
        if result.returncode != 0 or result.stderr or files != depth:
            sys.exit(f"{depth} levels: {result.returncode}, {result.stderr[:200]}, {files} files")
    return best


for depth in depths:
    plant(depth)
# The paths that are printed are 64 times as long, and take less than a second.
short, long = (seconds(depth) for depth in depths)
if long > 30 * short + 3:
    sys.exit(f"{long} s for {depths[1]} levels, {short} s for {depths[0]}")
memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
if memory > int(os.environ.get("DEEP_KIB", 40000)):
    sys.exit(f"{memory} KiB of memory")
END
DEEP_KIB=$([ -n "$(nm "$MSCAN" 2>/dev/null | grep -m1 -E '__asan|__tsan')" ] && echo 4000000 || echo 40000)
export DEEP_KIB
expect 0 '' python3 measure.py "$MSCAN"

# A loop in it is found at any depth.
ln -s ../.. tree1000/d/d/loop
check_run 1 mscan -R zzz tree1000
grep -qx 'mscan: tree1000/d/d/loop: warning: recursive directory loop' "$err" || fail 'the loop is not found'

#!/usr/bin/env bash
# -j and MSCAN_THREADS: how many threads, with the same output.
. "$(dirname "$0")/check.sh"
CHECK_OPTIONS=

seq 400000 >long
cp long longer
grep -n 99 long | sed 's/^/long:/' >wanted
grep -n 99 long | sed 's/^/longer:/' >>wanted

for threads in 0 1 2 3 8 64; do
    expect_file 0 wanted mscan -j $threads -n 99 long longer
    expect_file 0 wanted mscan --threads=$threads -n 99 long longer
    MSCAN_THREADS=$threads expect_file 0 wanted mscan -n 99 long longer
done
# The option is stronger than the variable.
used() { mscan --explain "$@" a long longer | sed -n 's/^threads: \([0-9]*\) .*/\1/p'; }
MSCAN_THREADS=7 expect 0 '7\n' used
MSCAN_THREADS=7 expect 0 '3\n' used -j3
expect 0 '3\n' used -j 3
MSCAN_THREADS=x expect_like 2 '' "mscan: MSCAN_THREADS: .*'x'.*" mscan a long
MSCAN_THREADS=-1 expect_like 2 '' 'mscan: MSCAN_THREADS: .*' mscan a long
MSCAN_THREADS=x expect 0 '1\n' mscan -j1 -c -m1 1 long
# As many work as OpenMP's library lets start.
at_work() { OMP_THREAD_LIMIT=$1 "$MSCAN" --stats --mmap -q -j"$2" zzz long longer 2>&1 | sed -n 's/^threads: //p'; }
expect 0 '1\n' at_work 1 2
expect 0 '2\n' at_work 2 2
expect 0 '2\n' at_work 9 2
expect 0 '3\n' at_work 9 3
# Empty is unset; 0 is the number of processors.
cpus=$(used)
MSCAN_THREADS='' expect 0 "$cpus\n" used
MSCAN_THREADS=0 expect 0 "$cpus\n" used
expect 0 "$cpus\n" used -j0
# Those that the process may use.
if command -v taskset >/dev/null; then
    first=$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')
    pinned() { taskset -c "$first" "$MSCAN" --explain a long longer | sed -n 's/^threads: \([0-9]*\) .*/\1/p'; }
    expect 0 '1\n' pinned
fi

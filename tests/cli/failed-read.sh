#!/usr/bin/env bash
# A file that opens but cannot be read: said, with what was read before it searched.
. "$(dirname "$0")/check.sh"

file f 'a\n'
# A process's memory begins with what is not mapped, so the first read fails.
[ -r /proc/self/mem ] || skip "there is no /proc/self/mem"
expect_error 2 '' 'mscan: /proc/self/mem: Input/output error\n' mscan a /proc/self/mem
expect_error 2 'f:a\n' 'mscan: /proc/self/mem: Input/output error\n' mscan a /proc/self/mem f
expect_error 2 'f:a\n' 'mscan: /proc/self/mem: Input/output error\n' mscan a f /proc/self/mem
expect_error 2 '/proc/self/mem:0\nf:1\n' 'mscan: /proc/self/mem: Input/output error\n' mscan -c a /proc/self/mem f
expect 2 'f:a\n' mscan -s a f /proc/self/mem
expect_error 0 '' 'mscan: /proc/self/mem: Input/output error\n' mscan -j1 -q a /proc/self/mem f
# Open for writing only.
write_only() { mscan "$@" 0>>f; }
expect_error 2 '' 'mscan: (standard input): Bad file descriptor\n' write_only a
expect_error 2 '' 'mscan: (standard input): Bad file descriptor\n' write_only --mmap a
expect_error 2 'f:a\n' 'mscan: (standard input): Bad file descriptor\n' write_only a f -

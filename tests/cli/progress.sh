#!/usr/bin/env bash
# --progress and SIGUSR1: how far a search is, on standard error.
. "$(dirname "$0")/check.sh"

# ask PROGRAM MESSAGES: sends SIGUSR1, when that is caught, until something has been read.
ask()
{
    for _ in {1..200}; do
        grep -q '^SigCgt:.*[2367abef]..$' "/proc/$1/status" && kill -USR1 "$1"
        sleep 0.05
        grep -q '^[a-z]*: [1-9]' "$2" && break
    done
}

# asked OPTION...: what is said when SIGUSR1 comes while a pipe stays open from which three lines were read.
asked()
{
    mkfifo pipe
    "$MSCAN" "$@" <pipe 2>messages >output &
    local program=$!
    exec 9>pipe
    printf 'ma\nb\nm\n' >&9
    ask $program messages
    exec 9>&-
    wait $program
    echo "$?"
    rm pipe
    tail -n 1 messages | sed 's/[0-9.]* k*B\/s/RATE/'
    cat output
}
expect 0 '0\nmscan: 7 B, RATE, 2 lines selected\nma\nm\n' asked m
expect 0 '0\nmscan: 7 B, RATE, 1 line selected\nma\n' asked -j4 a
expect 0 '1\nmscan: 7 B, RATE, 0 lines selected\n' asked x
expect 0 '0\nmscan: 7 B, RATE\n      3       3       7\n' asked --wc

# A signal that is ignored stays so, and one that comes first is answered, too.
expect 0 '' bash -c 'trap "" USR1; (sleep 0.2; echo a) | "$MSCAN" -q a & sleep 0.1; kill -USR1 $!; wait $!'

# A regular file has a size, of which the part is shown: while its lines go into a pipe that nobody reads.
sized()
{
    yes 'some line or other' | head -c 4000000 >big
    mkfifo pipe
    "$MSCAN" --chunk-size=64k some - big <big 2>messages >pipe &
    local program=$!
    exec 9<pipe
    ask $program messages
    cat <&9 >lines
    wait $program
    echo "$?" "$(wc -l <lines)"
    exec 9<&-
    rm pipe
    grep -o ' of .*, .*/s, .* left' messages | tail -n 1 | sed 's/, .*//'
}
expect 0 '0 421054\n of 8.00 MB\n' sized

# On a terminal, after a second, and it goes away.
need_terminals
on_error_terminal()
{
    python3 -c '
import os, pty, subprocess, sys, time
ours, theirs = pty.openpty()
program = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=theirs)
program.stdin.write(b"ma\n")
program.stdin.flush()
time.sleep(1.3)
program.stdin.close()
program.wait()
os.close(theirs)
try:
    while True:
        sys.stdout.buffer.write(os.read(ours, 65536))
except OSError:
    pass
' "$MSCAN" "$@" | sed 's/[0-9.]* k*B\/s/RATE/g'
}
expect 0 '\rmscan: 3 B, RATE, 1 line selected\033[K\r\033[K' on_error_terminal --progress m
expect 0 '\rmscan: 3 B, RATE\033[K\r\033[K' on_error_terminal --wc --progress
expect 0 '' on_error_terminal m

# A message takes the place of the line; output on the same terminal leaves none.
expect 0 '\rmscan: 3 B, RATE, 1 line selected\033[K\r\033[Kmscan: missing: No such file or directory\r\n' \
    on_error_terminal --progress m - missing
mkfifo later
(sleep 1.3 && echo a) >later &
expect 0 'a\n' on_terminal --color=never --progress a later

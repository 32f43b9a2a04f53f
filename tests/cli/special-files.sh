#!/usr/bin/env bash
# Files that say size 0, pipes, FIFOs, sockets and devices.
. "$(dirname "$0")/check.sh"

need python3
file f 'a\nb\n'

# /proc and /sys.
if [ -r /proc/self/status ]; then
    expect_like 0 'Name:[[:space:]].*'$'\n' '' mscan '^Name:' /proc/self/status
    expect_like 0 '[1-9][0-9]*'$'\n' '' mscan -c . /proc/cpuinfo
    expect 0 "$(head -n 1 /proc/version | sed 's/\\/\\\\/g')\n" mscan . /proc/version
    expect 0 "$(head -n 1 /proc/version | sed 's/\\/\\\\/g')\n" mscan --mmap . /proc/version
    expect_like 0 '/proc/version:Linux .*'$'\n' '' mscan -H '^Linux' /proc/version
    from() { mscan "$@" </proc/version; }
    expect_like 0 '1'$'\n' '' from -c Linux
fi
if [ -r /sys/kernel/mm/transparent_hugepage/enabled ]; then
    expect 0 '1\n' mscan -c . /sys/kernel/mm/transparent_hugepage/enabled
fi

# Devices.
expect 1 '' mscan x /dev/null
expect 1 '0\n' mscan -c '' /dev/null
zeros() { head -c 1000000 /dev/zero | mscan "$@"; }
expect 0 '1\n' zeros -c '\x00'
expect 1 '' zeros a

# A FIFO.
mkfifo fifo
each()
{
    cat f >fifo &
    expect 0 'a\n' mscan "${path[@]}" a fifo
    wait
    { cat f; seq 300000; } >fifo &
    expect 0 'fifo:300002\n' mscan "${path[@]}" -Hc '' fifo
    wait
    cat f >fifo &
    expect 0 'f:a\nfifo:a\nf:a\n' mscan "${path[@]}" a f fifo f
    wait
    expect 0 'a\nb\n' substituted '' f
    # Closed early.
    { seq 1000000 2>/dev/null; } >fifo &
    expect 0 '1\n' mscan "${path[@]}" -m1 1 fifo
    wait
}
substituted() { mscan "${path[@]}" "$1" <(cat "$2"); }
each_path each

# A socket as standard input, and one that cannot be opened.
cat >connect.py <<'END'
import socket, subprocess, sys
ours, theirs = socket.socketpair()
process = subprocess.Popen(sys.argv[1:], stdin=theirs)
theirs.close()
ours.sendall(b'one\ntw')
ours.sendall(b'o\nthree')
ours.close()
sys.exit(process.wait())
END
on_socket() { python3 connect.py "$MSCAN" "${path[@]}" "$@"; }
each()
{
    expect 0 'two\nthree\n' on_socket t
    expect 0 '(standard input):2:two\n' on_socket -Hn tw
    expect 0 '3\n' on_socket -c ''
}
each_path each
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("sock")'
expect_error 2 'f:a\n' 'mscan: sock: No such device or address\n' mscan a sock f

# A file that is at its end, though it was longer before.
: >empty
expect 1 '' mscan --mmap '' empty

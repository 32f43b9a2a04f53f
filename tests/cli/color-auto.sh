#!/usr/bin/env bash
# --color=auto: only on a terminal that can, and not with NO_COLOR.
. "$(dirname "$0")/check.sh"

need python3
python3 -c 'import pty; pty.openpty()' 2>/dev/null || skip 'there are no pseudo-terminals'
file f 'foo\n'
m='\033[01;31m\033[K' e='\033[m\033[K'

# on_terminal COMMAND...: with standard output on a pseudo-terminal, copied to standard output.
on_terminal()
{
    python3 -c '
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
got = b""
while True:
    try:
        part = os.read(terminal, 65536)
    except OSError:
        break
    if not part:
        break
    got += part
sys.stdout.buffer.write(got.replace(b"\r\n", b"\n"))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
' "$MSCAN" "$@"
}

export TERM=xterm
expect 0 "${m}foo$e\n" on_terminal --color=auto foo f
expect 0 "${m}foo$e\n" on_terminal --color foo f
expect 0 "${m}foo$e\n" on_terminal --color=tty foo f
expect 0 'foo\n' on_terminal --color=never foo f
TERM=dumb expect 0 'foo\n' on_terminal --color=auto foo f
NO_COLOR=1 expect 0 'foo\n' on_terminal --color=auto foo f
NO_COLOR='' expect 0 "${m}foo$e\n" on_terminal --color=auto foo f
NO_COLOR=1 expect 0 "${m}foo$e\n" on_terminal --color=always foo f
without_term() { (unset TERM; on_terminal "$@"); }
expect 0 'foo\n' without_term --color=auto foo f
expect 0 "${m}foo$e\n" without_term --color=always foo f

# Not a terminal.
expect 0 'foo\n' mscan --color=auto foo f
expect 0 'foo\n' mscan --color foo f
NO_COLOR=1 expect 0 "${m}foo$e\n" mscan --color=always foo f
# As with GNU grep, nothing is coloured unless it is asked for.
expect 0 'foo\n' on_terminal foo f

#!/usr/bin/env bash
# --color=auto, the default: only on a terminal that can, and not with NO_COLOR.
. "$(dirname "$0")/check.sh"

need_terminals
file f 'foo\n'
m='\033[01;31m\033[K' e='\033[m\033[K'

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
expect 0 'foo\n' mscan foo f
written() { mscan foo f >colorless && cat colorless; }
expect 0 'foo\n' written

# It is what there is without the option.
expect 0 "${m}foo$e\n" on_terminal foo f
expect 0 'foo\n' on_terminal -v bar f
expect 0 "\033[35m\033[Kf$e\n" on_terminal -l foo f
TERM=dumb expect 0 'foo\n' on_terminal foo f
expect 0 'foo\n' without_term foo f
NO_COLOR=1 expect 0 'foo\n' on_terminal foo f
NO_COLOR='' expect 0 "${m}foo$e\n" on_terminal foo f
expect 0 'foo\n' on_terminal --color=never foo f

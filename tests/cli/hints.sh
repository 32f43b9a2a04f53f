#!/usr/bin/env bash
# Where nothing was found, a note on a terminal says what a pattern may mean that its writer did not think of.
. "$(dirname "$0")/check.sh"

need_terminals
file f 'foo\nbar\nERROR\n'

export TERM=dumb

newline='mscan: note: \\n cannot match: lines are searched one by one; with --record-start records, and with -z lines, hold newlines\n'
bar="mscan: note: \\\\| is a literal bar here; for 'or' use | without the backslash, or -G\n"
start='mscan: note: \\< is a literal < here; \\b is the start or end of a word, or use -E or -G\n'
end=${start//</>}

# Of the commands both outputs are the terminal.
expect 1 "$newline" on_terminal 'foo\nbar' f
expect 1 "$newline" on_terminal -e zzz -e 'foo\nbar' f
expect 1 "$newline" on_terminal --and 'foo\nbar' foo f
expect 1 "$newline" on_terminal 'zzz[^\n]\n' f
# Nor is it one in other spellings, or alone in a set.
for spelling in '\x0a' '\x0A' '\x{a}' '\x{000a}' '\012' '\o{12}' '\cJ' '[\n]' '[\x0a]' '[\x{A}]' '[\012]'; do
    expect 1 "$newline" on_terminal "foo${spelling}bar" f
    expect 0 'foo\nbar\nERROR\n\0' on_terminal -z "foo${spelling}bar" f
done
expect 1 "$bar" on_terminal 'ERR\|WARN' f
expect 1 "$bar" on_terminal -E 'ERR\|WARN' f
expect 1 "0\n$bar" on_terminal -c 'ERR\|WARN' f
expect 1 "$start" on_terminal '\<foo\>' f
expect 1 "$end" on_terminal 'foo\>' f

# Not where something was found, or the pattern means what it says.
expect 0 'foo\n' on_terminal 'foo|a\|b' f
expect 0 'foo\n' on_terminal -e 'a\nb' -e foo f
expect 0 'foo\nbar\nERROR\n' on_terminal -v 'ERR\|WARN' f
expect 0 'ERROR\n' on_terminal -G 'ERR\|WARN' f
expect 0 'foo\n' on_terminal -E '\<foo' f
for pattern in zzz 'zz[^\n]' '[\n\r]zz' '[\x0b]zz' 'zz\x0b' 'zz\x{a0}' 'zz\\x0a' \
    '\Qzz\x0a\E' '[]\n]zz' 'zz\\n' 'zz\\|xx' '\Qa\|b\E' '\Qa\|b' 'z[[:alpha:]\|]z' 'z[[:^alpha:][\n]z' '[^]\n]zz'; do
    expect 1 '' on_terminal "$pattern" f
done
expect 1 '' on_terminal -F 'a\|b' f
expect 1 '' on_terminal -G 'x\|y' f
expect 1 '' on_terminal -z 'zzz\nbar' f
expect 0 'foo\nbar\nERROR\n\0' on_terminal -z 'foo\nbar' f
expect 1 '' on_terminal -s 'a\|b' f
expect 1 '' on_terminal -q 'a\|b' f
# Errors have their own messages.
expect 2 'mscan: missing: No such file or directory\n' on_terminal 'a\|b' missing
expect 2 'f:0\n' on_terminal -sc 'a\|b' f missing

# Not when standard error is no terminal.
expect 1 '' mscan 'a\|b' f
expect 1 '' mscan 'foo\nbar' f

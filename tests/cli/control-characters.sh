#!/usr/bin/env bash
# Control characters in names are escaped in messages, and on a terminal in the output; --sanitize is for the text.
. "$(dirname "$0")/check.sh"

title=$'\e]0;pwned\a' escaped='\\033]0;pwned\\a'
missing='No such file or directory'

# Messages, always.
expect_error 2 '' "mscan: x$escaped: $missing\n" mscan a "x$title"
expect_error 2 '' "mscan: a\\\\nmscan: b\\\\r: $missing\n" mscan a $'a\nmscan: b\r'
expect_error 2 '' "mscan: \\\\302\\\\23331m: $missing\n" mscan a $'\u009b31m'
expect_error 2 '' "mscan: é: $missing\n" mscan a é
expect_error 2 '' "mscan: x$escaped: $missing\n" mscan -f "x$title" f
expect_error 2 '' "mscan: x$escaped: $missing\n" mscan --files0-from="x$title" a
expect_like 2 '' "mscan: unrecognized option '--x\\\\033'.*" mscan $'--x\e' a
mkdir "d$title"
expect_error 2 '' "mscan: d$escaped: Is a directory\n" mscan a "d$title"
ln -s loop "d$title/loop"
expect_error 2 '' "mscan: d$escaped/loop: Too many levels of symbolic links\n" mscan -R a "d$title"
printf 'a(\e\n' >patterns$'\e'
check_run 2 mscan -f patterns$'\e' f
grep -q $'\e' "$err" && fail 'a mistake in a pattern is shown with an escape character'
grep -qF 'patterns\033:1: bad pattern' "$err" || fail 'the name of a file of patterns is not shown escaped'
expect_error 1 '' "mwc: 'x'\$'\\\\033''y': $missing\n" bash -c 'exec -a mwc "$MSCAN" "$1"' - $'x\ey'

# Bytes in pipes and files stay as they are.
file "f$title" 'a\0033[31mb\n'
expect 0 "f$title:a\033[31mb\n" mscan -H a "f$title"
expect 0 "f$title\n" mscan -l a "f$title"
expect 0 "f$title:1\n" mscan -cH a "f$title"

# A terminal gets names escaped, and the text as it is.
need_terminals
export TERM=dumb
expect 0 "f$escaped:a\033[31mb\n" on_terminal -H a "f$title"
expect 0 "f$escaped\n" on_terminal -l a "f$title"
expect 0 "f$escaped:1\n" on_terminal -cH a "f$title"
expect 0 "f$escaped\0000" on_terminal -lZ a "f$title"
expect 0 "f$escaped:a\\\\033[31mb\n" on_terminal --sanitize -H a "f$title"
expect 0 "f$escaped:a\\\\033[31mb\n" on_terminal --sanitize=auto -H a "f$title"
expect 0 "f$escaped:a\033[31mb\n" on_terminal --sanitize=never -H a "f$title"
expect 0 "Binary file b$escaped matches\n" on_terminal a "b$title" < <(printf 'a\0\n' >"b$title")
expect 0 "1 1 8 'f'\$'\\\\033'']0;pwned'\$'\\\\a'\n" on_terminal --wc "f$title"
sums=$(MSCAN_THREADS=1 on_terminal --explain a "f$title")
[[ $sums == *$'\e'* ]] && fail '--explain shows an escape character'

# The colours are ours.
TERM=xterm expect 0 '\033[01;31m\033[Ka\\033[\033[m\033[K31mb\n' on_terminal --sanitize --color=auto 'a\x1b\[' "f$title"

# Elsewhere the text is escaped when it is asked for, with the names.
expect 0 "f$title:a\033[31mb\n" mscan --sanitize -H a "f$title"
file t 'x\ta\rb\r\n\x7f\xc2\x9b\x9b\xc3\xa9a\n'
wanted='x\ta\\rb\r\n\\177\\302\\233\\233\xc3\xa9a\n'
each() { expect 0 "$wanted" mscan "${path[@]}" --sanitize=always -a a t; }
each_path each
expect 0 "f$escaped:a\\\\033[31mb\n" mscan --sanitize=always -H a "f$title"
expect 0 'a\\r\n' mscan --sanitize=always -ao 'a\r' t
expect 0 'x\ta\\rb\r\n' mscan --sanitize=always --crlf 'b$' t
expect 0 '<\\033>[31mb\n' mscan --sanitize=always --replace=$'<\e>' 'a\x1b' "f$title"
expect_like 2 '' "mscan: option '--sanitize': invalid argument 'x': expected always, never or auto.*" \
    mscan --sanitize=x a t
# Much text, long enough to be referred to instead of copied, in every split.
{ head -c 100000 /dev/zero | tr '\0' y; printf '\e'; head -c 30000 /dev/zero | tr '\0' y; echo; } >long
{ head -c 100000 /dev/zero | tr '\0' y; printf '\\033'; head -c 30000 /dev/zero | tr '\0' y; echo; } >wanted
for size in 64 4096 1048576; do
    expect_file 0 wanted mscan --sanitize=always -j2 --mmap --chunk-size=$size y long
    expect_file 0 wanted mscan --sanitize=always -j2 --no-mmap --chunk-size=$size y long
done

#!/usr/bin/env bash
# -F: patterns are strings.
. "$(dirname "$0")/check.sh"

file f 'a.c\nabc\na\\c\n[x]\n(a|b)*\n\\Q.\\E\n$^\n'

expect 0 'a.c\n' mscan -F a.c f
expect 0 'a.c\n' mscan --fixed-strings a.c f
expect 0 'a\\c\n' mscan -F 'a\c' f
expect 0 '[x]\n' mscan -F '[x]' f
expect 0 '(a|b)*\n' mscan -F '|b)*' f
expect 0 '\\Q.\\E\n' mscan -F '\Q.\E' f
expect 0 '\\Q.\\E\n' mscan -F '\E' f
expect 0 '$^\n' mscan -F '$^' f
expect 1 '' mscan -F '^a' f
expect 0 'a.c\nabc\n' mscan -F -e .c -e bc f
expect 0 '.c\n' mscan -Fo .c f
expect 0 'abc\n' mscan -Fi ABC f
expect 0 'abc\n' mscan -Fx abc f
expect 1 '' mscan -Fx ab f
expect 1 '' mscan -Fw ab f
expect 0 'abc\n' mscan -Fw abc f
expect 0 '7\n' mscan -Fc '' f

# Every byte for itself, alone in its line.
export LC_ALL=C
for ((i = 0; i < 256; i++)); do
    # shellcheck disable=SC2059
    [ $i -eq 10 ] || printf "\\$(printf %03o $i)\n"
done >bytes
step=${TESTS_QUICK:+13}
for ((i = 0; i < 256; i += ${step:-1})); do
    [ $i -eq 10 ] && continue
    # shellcheck disable=SC2059
    printf "\\$(printf %03o $i)\n" >byte
    expect_file 0 byte mscan -a -F -f byte bytes
done

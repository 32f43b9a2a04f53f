#!/usr/bin/env bash
# GREP_COLORS: the capabilities of grep.
. "$(dirname "$0")/check.sh"

file f 'foo bar foo\nbar\n'
e='\033[m\033[K'

colors()
{
    local value=$1
    shift
    GREP_COLORS=$value expect 0 "$@" f
}

k='\033[K'
colors 'mt=32' "\033[32m${k}foo$e bar \033[32m${k}foo$e\n" mscan --color=always foo
colors 'ms=32' "\033[32m${k}foo$e bar \033[32m${k}foo$e\n" mscan --color=always foo
colors 'mc=32' "\033[01;31m${k}foo$e bar \033[01;31m${k}foo$e\n" mscan --color=always foo
colors 'mt=32:ms=34' "\033[34m${k}foo$e bar \033[34m${k}foo$e\n" mscan --color=always foo
colors 'ms=34:mt=32' "\033[32m${k}foo$e bar \033[32m${k}foo$e\n" mscan --color=always foo
colors 'fn=1:ln=2:bn=3:se=4' "\033[1m${k}f$e\033[4m${k}:$e\033[2m${k}2$e\033[4m${k}:$e\033[3m${k}12$e\033[4m${k}:$e\033[01;31m${k}bar$e\n" mscan --color=always -Hnbx bar
colors 'fn=1' "\033[1m${k}f$e\n" mscan --color=always -l bar
# Selected lines, and the others: with -v and rv, those of the context.
colors 'sl=7' "\033[7m${k}\033[01;31m${k}foo$e\033[7m${k} bar \033[01;31m${k}foo$e\n" mscan --color=always foo
colors 'sl=7' "\033[7m${k}bar$e\n" mscan --color=always -v foo
colors 'cx=7' 'bar\n' mscan --color=always -v foo
colors 'cx=7:rv' "\033[7m${k}bar$e\n" mscan --color=always -v foo
colors 'sl=7:rv' 'bar\n' mscan --color=always -v foo
colors 'sl=7:cx=8:rv' "\033[8m${k}bar$e\n" mscan --color=always -v foo
colors 'sl=7:cx=8:rv' "\033[7m${k}foo \033[01;31m${k}bar$e\033[7m${k} foo$e\n" mscan --color=always -m1 bar
# Nothing is erased.
colors 'ne' "\033[01;31mfoo\033[m bar \033[01;31mfoo\033[m\n" mscan --color=always foo
colors 'ne:fn=1' "\033[1mf\033[m\033[36m:\033[m\033[01;31mbar\033[m\n" mscan --color=always -Hx bar
# An empty colour is none.
colors 'mt=' 'foo bar foo\n' mscan --color=always foo
colors 'ms=' 'foo bar foo\n' mscan --color=always foo
colors 'fn=:se=' "f:\033[01;31m${k}bar$e\n" mscan --color=always -Hx bar
colors 'ms=:sl=7' "\033[7m${k}bar$e\n" mscan --color=always -x bar
# What is unknown is passed over; what is malformed ends the reading.
colors 'xx=1:mt=32' "\033[32m${k}bar$e\n" mscan --color=always -x bar
colors 'zz:mt=32' "\033[32m${k}bar$e\n" mscan --color=always -x bar
colors 'mt=32:ms=x:se=1' "\033[35m${k}f$e\033[36m${k}:$e\033[32m${k}bar$e\n" mscan --color=always -Hx bar
colors '' "\033[01;31m${k}bar$e\n" mscan --color=always -x bar
# A carriage return at the end of a coloured line is outside the colour.
file dos 'bar\r\n'
GREP_COLORS='sl=7' expect 0 "\033[7m${k}bar$e\r\n" mscan --color=always '(?=b)' dos
# It does not turn colours on.
colors 'mt=32' 'bar\n' mscan -x bar

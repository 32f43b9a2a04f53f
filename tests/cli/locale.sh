#!/usr/bin/env bash
# Whether text is UTF-8: LC_ALL, LC_CTYPE, LANG, in this order; UTF-8 where none is set.
. "$(dirname "$0")/check.sh"

# One character and its two bytes.
file f 'ä\n'

# What the locale or the arguments make of it.
unicode()
{
    expect 0 'ä\n' mscan "$@" '^.$' f
    expect 1 '' mscan "$@" '^..$' f
}

bytes()
{
    expect 1 '' mscan "$@" '^.$' f
    expect 0 'ä\n' mscan "$@" '^..$' f
}

unset LC_ALL
unicode
bytes --no-unicode
# An empty variable is like none.
LC_ALL='' LC_CTYPE='' LANG='' unicode

for name in LC_ALL LC_CTYPE LANG; do
    for value in C POSIX en_US.ISO-8859-1 de_DE.ISO8859-1 xx_YY.KOI8-R en_US ISO-8859-1 UTF-16 UTF-8x UTF-8.KOI8-R nonsense; do
        export $name=$value
        bytes
        unset $name
    done
    # A name alone, as macOS sends it through ssh, where no such locale is installed.
    for value in C.UTF-8 C.utf8 en_US.UTF-8 de_DE.utf8 xx_YY.UTF-8 de_DE.UTF-8@euro UTF-8 utf-8 utf8 UTF8 UTF-8@x; do
        export $name=$value
        unicode
        bytes --no-unicode
        unset $name
    done
done

LC_ALL=C LANG=C.UTF-8 bytes
LC_ALL=C LC_CTYPE=C.UTF-8 LANG=C.UTF-8 bytes
LC_ALL=C.UTF-8 LC_CTYPE=C LANG=C unicode
LC_CTYPE=UTF-8 LANG=C unicode
LC_CTYPE=UTF-8 LANG=de_DE.ISO-8859-1 unicode
LC_ALL=C LC_CTYPE=UTF-8 bytes
LC_ALL=UTF-8 LC_CTYPE=C unicode
LC_CTYPE=nonsense LANG=C.UTF-8 bytes
LC_CTYPE=C.UTF-8 LANG=C unicode
LC_CTYPE=C LANG=C.UTF-8 bytes
LC_ALL='' LC_CTYPE='' LANG=C bytes
LC_ALL='' LC_CTYPE=C.UTF-8 unicode
# Other categories do not matter.
LC_MESSAGES=C LC_COLLATE=C unicode
LC_MESSAGES=C.UTF-8 LC_COLLATE=C.UTF-8 LANG=C bytes

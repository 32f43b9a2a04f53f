#!/usr/bin/env bash
# --include, --exclude, --exclude-dir and --exclude-from: the last glob that matches decides.
. "$(dirname "$0")/check.sh"

mkdir -p d/sub d/e/sub
for f in d/a.c d/a.h d/b.c d/sub/a.c d/e/sub/b.h 'd/*.c' 'd/a?c'; do file "$f" 'x\n'; done

# names EXPECTED OPTION...: the files below d in which x is found.
names() { expect "$([ -n "$1" ]; echo $?)" "${1:+${1// /\\n}\\n}" mscan -rl x "${@:2}"; }

names 'd/*.c d/a.c d/a.h d/a?c d/b.c d/e/sub/b.h d/sub/a.c' d
names 'd/*.c d/a.c d/b.c d/sub/a.c' --include='*.c' d
names 'd/a.h d/a?c d/e/sub/b.h' --exclude='*.c' d
names 'd/*.c' --include='\*.c' d
names 'd/a.c d/a?c d/sub/a.c' --include='a?c' d
names 'd/a?c' --include='a\?c' d
names 'd/*.c d/a.c d/a.h d/b.c d/e/sub/b.h d/sub/a.c' --exclude='a\?c' d
names 'd/a.c d/b.c d/sub/a.c' --include='[ab].c' d
# The last one decides; what none matches is searched unless the first is an --include.
names 'd/*.c d/b.c' --include='*.c' --exclude='a*' d
names 'd/*.c d/a.c d/b.c d/e/sub/b.h d/sub/a.c' --exclude='a*' --include='*.c' d
names 'd/a.c d/a.h d/e/sub/b.h d/sub/a.c' --include='*.h' --include=a.c d
names 'd/*.c d/a?c d/b.c d/e/sub/b.h' --exclude=a.c --exclude=a.h d
# Below a directory only a file's own name counts, and a * matches no slash because there is none.
names '' --include='sub/*' d
names '' --include='d/a.c' d
names '' --include='' d
# A name of the command line also counts by its ends.
names 'd/a.c' --include='d/a.c' d/a.c d/b.c
names 'd/sub/a.c' --include='sub/a.c' d/sub/a.c d/b.c
names 'd/b.c' --exclude='sub/*' d/sub/a.c d/b.c
names '' --exclude='d*' d/sub/a.c d/b.c
expect 0 'd/b.c\n' mscan -l x --exclude='sub/*' d/sub/a.c d/b.c
expect_error 2 'd/b.c\n' 'mscan: none: No such file or directory\n' mscan -l x --exclude=none none d/b.c
# Standard input has no name.
expect 0 'x\n' mscan x --include='*.c' - <d/a.h

# Directories.
names 'd/*.c d/a.c d/a.h d/a?c d/b.c' --exclude-dir=sub d
names 'd/*.c d/a.c d/a.h d/a?c d/b.c d/sub/a.c' --exclude-dir='e/' d
names 'd/*.c d/a.c d/a.h d/a?c d/b.c' --exclude-dir='?*b' d
names 'd/*.c d/a.c d/a.h d/a?c d/b.c d/e/sub/b.h d/sub/a.c' --exclude-dir='*.c' d
names '' --exclude-dir=d d
names '' --exclude-dir=sub d/sub
names '' --exclude-dir='sub*' d/sub/
# As in grep, a slash that the user wrote stands in the way.
names 'd/sub/a.c' --exclude-dir=sub d/sub/
in_d() { (cd d && mscan "$@"); }
expect 0 'sub/a.c\n' in_d -rl x --exclude-dir=. --include=a.c --exclude-dir=e --exclude='[*]*' --exclude=z sub
expect 0 'a.c\nsub/a.c\n' in_d -rl x --exclude-dir=. --include=a.c
expect 1 '' in_d -rl x --exclude-dir=. --include=a.c .
# An excluded directory is not even complained about.
expect 1 '' mscan x --exclude-dir=sub d/sub
expect_error 2 '' 'mscan: d/sub: Is a directory\n' mscan x --exclude=sub d/sub

# Globs from a file: white space at the end does not belong to them, empty lines do not count.
file globs 'a.*  \n\n \t\n*.h'
names 'd/*.c d/a?c d/b.c' --exclude-from=globs d
from_stdin() { printf '*.c\n' | mscan "$@"; }
expect 0 'd/a.h\nd/a?c\nd/e/sub/b.h\n' from_stdin -rl x --exclude-from=- d
expect_error 2 '' 'mscan: none: No such file or directory\n' mscan -r x --exclude-from=none d

# In a UTF-8 locale a character is one, however many bytes it has.
mkdir u
file u/é 'x\n'
names 'u/é' --include='?' u
LC_ALL=C names '' --include='?' u
LC_ALL='' names 'u/é' --include='[é]' u

#!/usr/bin/env bash
# What a character and a space are is the locale's; in C, without a locale and in one that is not installed, bytes.
. "$(dirname "$0")/check.sh"

file text 'a\xc2\xa0b\xe2\x80\x83c\xe3\x80\x80d\xe2\x80\xafe\xe2\x81\xa0f g\x85h \xff\n'
expect 0 ' 1  8 16 27 text\n' mwc -lwmc text
expect 0 ' 1  5 16 27 text\n' env POSIXLY_CORRECT=1 "$MSCAN" --wc -lwmc text
for locale in C POSIX xx_YY.UTF-8; do
    expect 0 ' 1  5 27 27 text\n' env LC_ALL=$locale "$MSCAN" --wc -lwmc text
done
expect 0 ' 1  5 27 27 text\n' env -u LC_ALL "$MSCAN" --wc -lwmc text
expect 0 ' 1  3 27 27 text\n' env LC_ALL=C POSIXLY_CORRECT=1 "$MSCAN" --wc -lwmc text
expect 0 ' 1  8 16 27 text\n' env -u LC_ALL LC_CTYPE=C.UTF-8 "$MSCAN" --wc -lwmc text

# No characters, but parts of words: overlong, surrogates, cut, never used.  And glibc's long ones, which are.
file invalid '\xc0\x80 \xed\xa0\x80 \xe2\x82 \xf0\x9f\x98 \xff \xfe x'
expect 0 ' 7  7 19 invalid\n' mwc -wmc invalid
file long '\xf4\x90\x80\x80 \xf8\x88\x80\x80\x80 \xfd\xbf\xbf\xbf\xbf\xbf'
expect 0 ' 3  5 17 long\n' mwc -wmc long
for size in 1 2 3 5; do
    expect 0 ' 3  5 17 long\n' mwc -wmc --mmap -j3 --chunk-size=$size long
    expect 0 ' 8 16 text\n' mwc -wm --mmap -j3 --chunk-size=$size text
done

#!/usr/bin/env bash
# What goes wrong is said as wc says it, the rest is counted, and the status is 1.
. "$(dirname "$0")/check.sh"

file a 'one\n'
mkdir d
expect_error 1 '' 'mscan: nope: No such file or directory\n' mwc nope
expect_error 1 '1 1 4 a\n1 1 4 total\n' 'mscan: nope: No such file or directory\n' mwc nope a
expect_error 1 '      0       0       0 d\n' 'mscan: d: Is a directory\n' mwc d
expect_error 1 '0 d\n' 'mscan: d: Is a directory\n' mwc -c d
expect_error 1 '      0       0       0\n' "mscan: 'standard input': Is a directory\n" bash -c '"$MSCAN" --wc <d'
expect_error 1 '0 0 0\n' "mscan: 'standard input': Bad file descriptor\n" bash -c '"$MSCAN" --wc --total=only <&-'
expect_error 1 '' "mscan: 'a b': No such file or directory\n" mwc 'a b'
expect_error 1 '' "mscan: \"it's\": No such file or directory\n" mwc "it's"
expect_error 1 '' "mscan: 'a:b': No such file or directory\n" mwc 'a:b'
expect_error 1 '' "mscan: ''\$'\\\\377': No such file or directory\n" mwc $'\xff'
expect_error 1 '1 1 4 a\n1 1 4 total\n' 'mscan: invalid zero-length file name\n' mwc a ''
printf 'a\0\0a' >list
expect_error 1 '1 1 4 a\n1 1 4 a\n2 2 8 total\n' 'mscan: list:2: invalid zero-length file name\n' mwc --files0-from=list
expect_error 1 '1 1 4 a\n1 1 4 total\n' \
    "mscan: when reading file names from standard input, no file name of '-' allowed\n" \
    bash -c 'printf "a\0-" | "$MSCAN" --wc --files0-from=-'
expect_error 1 '' "mscan: cannot open 'nope' for reading: No such file or directory\n" mwc --files0-from=nope
expect_error 1 '' 'mscan: d: read error: Is a directory\n' mwc --files0-from=d

usage="Try 'mscan --wc --help' for more information.\n"
expect_error 1 '' "mscan: extra operand 'a'\nfile operands cannot be combined with --files0-from\n$usage" \
    mwc --files0-from=list a
expect_error 1 '' "mscan: invalid option -- 'z'\n$usage" mwc -z
expect_error 1 '' "mscan: unrecognized option '--nonsense'\n$usage" mwc --nonsense
expect_error 1 '' "mscan: unrecognized option '--lnes'; did you mean '--lines'?\n$usage" mwc --lnes
expect_error 1 '' "mscan: option requires an argument -- 'j'\n$usage" mwc -j
# Abbreviations of wc's keep their meaning.
for option in --c --ch --b --l --w --max --f=/dev/null --h --v --t=auto; do
    mwc $option </dev/null >out 2>&1 || fail "$option is not understood"
done
expect_error 1 '' "mscan: option '--files0-from' requires an argument\n$usage" mwc --files0-from
expect_error 1 '' "mscan: option '--total': invalid argument 'a': expected auto, always, only or never\n$usage" \
    mwc --total=a
expect_error 1 '' "mscan: option '--threads': invalid argument 'x': expected a number\n$usage" mwc -j x
if [ -w /dev/full ]; then
    expect_error 1 '' 'mscan: write error: No space left on device\n' bash -c '"$MSCAN" --wc a >/dev/full'
fi
# More than 64 bits hold.
if truncate -s 8191P huge 2>/dev/null; then
    expect_error 1 '' 'mscan: total bytes: Value too large for defined data type\n' \
        bash -c '"$MSCAN" --wc -c huge huge huge | grep nothing; exit "${PIPESTATUS[0]}"'
fi

#!/usr/bin/env bash
# Lines of many megabytes, and files that are one line.
. "$(dirname "$0")/check.sh"

size=10000000
xs() { head -c "$1" /dev/zero | tr '\0' x; }
{ echo first; xs $size; printf 'needle'; xs $size; echo; echo last; } >f
{ xs $size; printf 'needle'; xs $size; } >one
sed -n 2p f >long
{ printf '2:'; cat long; } >numbered
{ printf '6:'; cat long; } >placed
{ cat long; } >alone

each()
{
    expect_file 0 long mscan "${path[@]}" needle f
    expect_file 0 numbered mscan "${path[@]}" -n needle f
    expect_file 0 placed mscan "${path[@]}" -b needle f
    expect_file 0 f mscan "${path[@]}" '' f
    expect 0 'needle\n' mscan "${path[@]}" -o needle f
    expect 0 '10000006:needle\n' mscan "${path[@]}" -bo needle f
    expect 0 'first\nlast\n' mscan "${path[@]}" -v needle f
    expect 0 '1\n' mscan "${path[@]}" -c needle f
    expect 0 '3:last\n' mscan "${path[@]}" -n last f
    expect 0 '3\n' mscan "${path[@]}" -c '' f
    expect 0 '1\n' mscan "${path[@]}" -xc 'x+needlex+' f
    expect 1 '' mscan "${path[@]}" '^needle' f
    expect_file 0 alone mscan "${path[@]}" needle one
    expect 0 '10000000:needle\n' mscan "${path[@]}" -bo needle one
    expect_file 0 alone piped needle
    expect 0 '1:needle\n' piped -no needle
    expect 1 '' mscan "${path[@]}" -v needle one
}
piped() { cat one | mscan "${path[@]}" "$@"; }
each_path each

#!/usr/bin/env bash
# Bytes that are not UTF-8 stop no search, and match nothing but themselves in a class of bytes.
. "$(dirname "$0")/check.sh"

file f 'abc\0377def\n\0303x\nok ä \0200 end\n'

each()
{
    expect 0 'abc\0377def\n' mscan "${path[@]}" -a abc f
    expect 0 'abc\0377def\n' mscan "${path[@]}" -a def f
    expect 0 'abc\0377def\n' mscan "${path[@]}" -a '^abc' f
    expect 0 'abc\0377def\n' mscan "${path[@]}" -a 'def$' f
    expect 1 '' mscan "${path[@]}" -a 'abc.def' f
    expect 1 '' mscan "${path[@]}" -a 'abc.*def' f
    expect 1 '' mscan "${path[@]}" -a 'abc[^x]def' f
    expect 0 '\0303x\n' mscan "${path[@]}" -a 'x$' f
    expect 0 'ok ä \0200 end\n' mscan "${path[@]}" -a 'ä' f
    expect 0 'ok ä \0200 end\n' mscan "${path[@]}" -a -i 'END' f
    expect 0 'ok ä \0200 end\n' mscan "${path[@]}" -a -w 'end' f
    expect 0 'ä\n' mscan "${path[@]}" -ao 'ä' f
    expect 0 '3\n' mscan "${path[@]}" -c '' f
    expect 0 '3\n' mscan "${path[@]}" -c '[a-z]' f
    expect 0 '2\n' mscan "${path[@]}" -vc 'x' f
    expect 0 'abc\ndef\nx\nok\nä\nend\n' mscan "${path[@]}" -ao '\w+' f
    expect 0 'abc\0377def\n' mscan "${path[@]}" -a --no-unicode 'abc.def' f
    expect 0 'abc\0377def\n' mscan "${path[@]}" -a --no-unicode '\xff' f
}
each_path each

# A literal that is not UTF-8 itself is a sequence of bytes.
printf 'c\377d\n' >p
expect 0 'abc\0377def\n' mscan -a -F -f p f
expect 0 '1\n' mscan -c -F -f p f
LC_ALL=C expect 0 'abc\0377def\n' mscan -a -f p f

# A character is not cut: its last byte is not one.
file g 'é\nã\0251\n'
expect 0 'ã\0251\n' mscan -a 'ã' g
expect 0 'é\n' mscan -x '.' g
# A pattern that begins with .* is tried behind bytes that are no characters too.
expect 0 'a\0202ж\0202b\n' mscan -Ea '.*b' <(printf 'a\202ж\202b\n')
expect 0 'b\n' mscan -Eao '.*b' <(printf 'a\202ж\202b\n')
expect 1 '' mscan -Ea '.*b.' <(printf 'a\202ж\202b\n')
file h '\0200É\n'
for pattern in '.*[^x]' '\N*[^x]' '.*[^a]$' '.*?É' '(.*)(É)'; do
    for engine in auto pcre2; do
        expect 0 '\0200É\n' mscan -a --engine=$engine "$pattern" h
        expect 0 'É\n' mscan -ao --engine=$engine "$pattern" h
    done
done
expect 0 '\0200<É|>\n' mscan -a --replace='<$2$1|>' '(.*)(É)' h
# But not where the place that the search starts from counts.
expect 1 '' mscan -a '\G.*É' h
expect 1 '' mscan -a '^.*É' h

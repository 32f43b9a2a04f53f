#!/usr/bin/env bash
# Characters and classes are Unicode's where text is UTF-8.
. "$(dirname "$0")/check.sh"

file f 'Привет, мир\nnaïve\n日本語\nabc\n٣\n\0302\0240x\n'

expect 0 'Привет, мир\n' mscan мир f
expect 0 'Привет, мир\n' mscan -o '^.*р$' f
expect 0 '日本語\n' mscan '^...$' <(printf '日本語\n日本\n')
expect 0 '本\n' mscan -o '(?<=日).' f
expect 0 'Привет\nмир\nnaïve\n日本語\nabc\n٣\nx\n' mscan -o '\w+' f
expect 0 '٣\n' mscan '\d' f
expect 0 'Привет, мир\n\0302\0240x\n' mscan '\s' f
expect 0 'Привет, мир\n' mscan '\p{Cyrillic}' f
expect 0 'Привет, мир\nПри\n' mscan '[А-Я]' f - < <(printf 'При\n') -h
expect 0 '日本語\n' mscan '\p{Han}{3}' f
expect 0 'naïve\n' mscan 'na[ï]ve' f
expect 0 'naïve\n' mscan 'na\x{ef}ve' f
expect 0 'naïve\n' mscan 'na\xefve' f
expect 0 'naïve\n' mscan '\bnaïve\b' f
expect 0 'naïve\n' mscan -F naïve f
expect 0 'naïve\n' mscan -x 'na.ve' f
expect 0 'Привет\n' mscan -o '(?i)ПРИВЕТ' f
expect 0 'abc\n' mscan '^[[:ascii:]]+$' f
expect 0 'Привет, мир\nnaïve\n日本語\nabc\n' mscan '^[[:alpha:]]' f
# Composed and decomposed characters are not the same.
expect 1 '' mscan 'nai\x{308}ve' f
# At the end of the text, where PCRE2's JIT has a mistake with such classes in bytes.
expect 0 '1\n' mscan -c 'aaaaa[\pN]?' <(printf aaaaa)
expect 0 '1\n' mscan -c '(kk k|kkk )\p{Xsp}*' <(printf 'kk k')
expect 0 '1\n' mscan -c --no-unicode '(kk k|kkk )\p{Xsp}*' <(printf 'kk k')
expect 0 '1\n' mscan -c --no-unicode '[^^]&&&&&&\p{Any}*' <(printf ' &&&&&&')
# And where it finds a newline.
expect 0 '1:ax\n' mscan -n 'a[[:graph:]\S]' <(printf 'ax\na\nxa\n')

# Bytes.
export LC_ALL=C
expect 0 'Привет, мир\n' mscan мир f
expect 1 '' mscan '^...$' <(printf '日本語\n日本\n')
expect 0 '日\n' mscan '^...$' <(printf '日\n')
expect 0 'na\nve\nabc\nx\n' mscan -o '[[:alpha:]]+' f
expect 0 'abc\n' mscan '^\w+$' f
expect 1 '' mscan '\d' f
expect 1 '' mscan -i ПРИВЕТ f
expect 0 'naïve\n' mscan 'na..ve' f
expect 1 '' mscan 'na\xefve' f
expect 0 'naïve\n' mscan 'na\xc3\xafve' f

#!/usr/bin/env bash
# --encoding, and byte-order marks of UTF-16 and UTF-32: text is decoded and printed as UTF-8.
. "$(dirname "$0")/check.sh"

need iconv
printf 'a\n' | iconv -f UTF-8 -t UTF-16LE >/dev/null 2>&1 || skip 'iconv knows no UTF-16 here'

text=$'first line\nGr\u00fc\u00dfe \u4e2d\u6587 \U0001f600\n\nlast m'
# in_encoding NAME MARK: the text in a file f.
in_encoding()
{
    printf "$2" >f
    printf '%s' "$text" | iconv -f UTF-8 -t "$1" >>f
}
each()
{
    expect 0 $'2:Gr\u00fc\u00dfe \u4e2d\u6587 \U0001f600\n4:last m\n' mscan "${path[@]}" -n $'\u00fc|m' f
    expect 0 $'11:Gr\u00fc\u00dfe \u4e2d\u6587 \U0001f600\n' mscan "${path[@]}" -b 'Gr..e' f
    expect 0 $'\U0001f600\n' mscan "${path[@]}" -o '[^ ]$(?<!m|e)' f
    expect 0 '4\n' mscan "${path[@]}" -c '' f
    expect 0 'first line\n' mscan "${path[@]}" '^f' f
    expect 0 'first line\n' mscan "${path[@]}" -x 'first line' - <f
    expect 0 'first line\n' eval 'cat f | mscan "${path[@]}" ^f'
    expect 0 $'Gr\u00fc\u00dfe \u4e2d\u6587 \U0001f600\n--\nlast m\n' mscan "${path[@]}" -A0 $'\u00fc|m' f
    expect 0 'f\n' mscan "${path[@]}" -rl first f
    expect 0 'first line\n' mscan "${path[@]}" --chunk-size=1 fi f
}
for encoding in UTF-16LE:'\377\376' UTF-16BE:'\376\377' UTF-32LE:'\377\376\0\0' UTF-32BE:'\0\0\376\377'; do
    in_encoding "${encoding%%:*}" "${encoding#*:}"
    each_path each
    # The name says as much, with and without a mark.
    expect 0 'first line\n' mscan --encoding="${encoding%%:*}" ^f f
    in_encoding "${encoding%%:*}" ''
    expect 0 'first line\n' mscan --encoding="${encoding%%:*}" ^f f
    in_encoding "${encoding%%:*}" "${encoding#*:}"
    expect 0 'first line\n' mscan --encoding="$(printf '%.6s' "$encoding")" ^f f
    expect 1 '' mscan -s --encoding=none first f
    expect 1 '' mscan -a first f
    expect 1 '' mscan -s --no-unicode first f
    LC_ALL=C expect 1 '' mscan -s first f
done
in_encoding UTF-16LE ''
expect 0 'first line\n' mscan --encoding=utf-16 ^f f

# Large files are read, too, and all of them.
yes "$text" | head -n 400000 | (printf '\377\376'; iconv -f UTF-8 -t UTF-16LE) >large
expect 0 '100000\n' mscan -c 'first' large
expect 0 '400000\n' mscan -c '' large
expect 0 $'399998:Gr\u00fc\u00dfe \u4e2d\u6587 \U0001f600\n' mscan -n --last=1 $'\u00fc' large
expect_like 0 '.*file: large: read \(its text is decoded\).*' '' mscan --explain x large
mscan -n 'first|m' large | cksum >expected
expect_file 0 expected eval 'cat large | mscan -j1 -n "first|m" | cksum'
expect_file 0 expected eval 'mscan -j3 --chunk-size=1000 -n "first|m" large | cksum'

# What is wrong is no UTF-8, and the rest of the file is searched.
printf '\377\376a\0\n\0\0\334b\0\n\0c\0\n\0d' >wrong
expect 0 'a\n' mscan a wrong
expect 0 'c\n' mscan c wrong
expect 0 'Binary file wrong matches\n' mscan b wrong
expect 0 '\0377b\n' mscan -a --encoding=utf-16 b wrong
expect 0 '4\n' mscan -c '' wrong
printf '\377\376' >empty
expect 1 '' mscan '' empty
printf '\377' >one
expect 0 '1\n' mscan -c '' one
printf '\377' | expect 0 '1\n' mscan -c ''

# Others.
printf 'Gr\374\337e\n' >latin
expect 0 $'Gr\u00fc\u00dfe\n' mscan --encoding=latin1 $'\u00fc' latin
expect 0 $'Gr\u00fc\u00dfe\n' mscan --encoding=ISO-8859-1 'Gr..e$' latin
printf 'a\nb\n' >plain
expect 0 'b\n' mscan --encoding=utf-8 b plain
expect 0 'b\n' mscan --encoding=auto b plain
expect_error 2 '' "mscan: option '--encoding': invalid argument 'x': iconv(1) knows no such encoding\n" \
    mscan --encoding=x a plain
expect_like 2 '' ".*'--byte-range' and '--encoding' exclude.*" mscan --encoding=latin1 --byte-range=0 a plain

# Counting is of the file's bytes.
printf '\377\376a\0' >counted
expect 0 '4 counted\n' mscan --wc -c counted

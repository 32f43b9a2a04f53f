#!/usr/bin/env bash
# --max-columns, --max-columns-preview: what becomes of long lines.
. "$(dirname "$0")/check.sh"

file f 'short foo\na line that is longer, foo bar foo\nnothing in this line\nfoo at the end'

each()
{
    local cut=--max-columns=14 preview=--max-columns-preview
    expect 0 'short foo\n[line of 34 bytes, 2 matches]\nfoo at the end\n' mscan "${path[@]}" $cut foo f
    expect 0 'short foo\n[line of 34 bytes, 1 match]\nfoo at the end\n' mscan "${path[@]}" $cut 'short|bar|end' f
    expect 0 'f:1:7:0:short foo\nf:2:24:10:[line of 34 bytes, 2 matches]\nf:4:1:66:foo at the end\n' \
        mscan "${path[@]}" -Hb --column $cut foo f
    # With 14 bytes, a line of 14 bytes is printed; 0 is no limit.
    expect 0 'foo at the end\n' mscan "${path[@]}" $cut end f
    expect 0 '[line of 14 bytes, 1 match]\n' mscan "${path[@]}" --max-columns=13 end f
    expect 0 'foo at the end\n' mscan "${path[@]}" --max-columns=13 --max-columns=0 end f
    expect 0 'nothing in this line\n' mscan "${path[@]}" --max-columns=1k this f
    # Lines without matches: context, -v, empty ones.
    expect 0 'short foo\n[line of 34 bytes, 1 match]\n[line of 20 bytes]\nfoo at the end\n' \
        mscan "${path[@]}" $cut -C2 'longer' f
    expect 0 '3:[line of 20 bytes]\n' mscan "${path[@]}" $cut -nv foo f
    expect 0 'short foo\n[line of 34 bytes]\n[line of 20 bytes]\nfoo at the end\n' mscan "${path[@]}" $cut '' f
    expect 0 '[line of 34 bytes]\n' mscan "${path[@]}" $cut '(?=bar)' f
    # The start, without effect where there is no limit.
    expect 0 'short foo\na line that is [... 20 bytes, 2 more matches]\nfoo at the end\n' \
        mscan "${path[@]}" $cut $preview foo f
    expect 0 'a line that is [... 20 bytes]\n' mscan "${path[@]}" $cut $preview=start 'a line' f
    expect 0 'a line that is [... 20 bytes]\n' mscan "${path[@]}" $cut $preview 'is lo' f
    expect 0 'a line that is [... 20 bytes, 1 more match]\n' mscan "${path[@]}" $cut $preview ' longer' f
    expect 0 'nothing in thi [... 6 bytes]\n' mscan "${path[@]}" $cut $preview -v foo f
    expect 0 'nothing in this line\n' mscan "${path[@]}" $preview this f
    # Around the first match.
    expect 0 '[... 20 bytes] r, foo bar foo\n' mscan "${path[@]}" $cut $preview=match 'foo bar' f
    expect 0 '[... 20 bytes] r, foo bar foo\n' mscan "${path[@]}" $cut $preview=match '(?<=bar )foo|bar (?=f)' f
    expect 0 'a line that is [... 20 bytes, 1 more match]\n' mscan "${path[@]}" $cut $preview=match 'a line|bar' f
    expect 0 '[... 6 bytes]  that is longe [... 14 bytes]\n' mscan "${path[@]}" $cut $preview=match ' that.*' f
    expect 0 'nothing in thi [... 6 bytes]\n' mscan "${path[@]}" $cut $preview=match -v foo f
    expect 0 '1-short foo\n2:[... 11 bytes]  is longer, fo [... 9 bytes]\n3-nothing in thi [... 6 bytes]\n' \
        mscan "${path[@]}" -n -C1 $cut $preview=match 'is l\Kong' f
    # Matches by themselves.
    expect 0 '1:short\n2:[match of 18 bytes]\n' mscan "${path[@]}" -n $cut -o 'short|is long.*bar' f
    expect 0 'is longer, foo [... 4 bytes]\n' mscan "${path[@]}" $cut $preview=match -o 'is long.*bar' f
    # Lines in which matches are replaced, as long as they come to be.
    expect 0 'short 12345678\n[line of 44 bytes, 2 matches]\n[line of 19 bytes, 1 match]\n' \
        mscan "${path[@]}" $cut --replace 12345678 foo f
    expect 0 'short 123456789 [... 5 bytes]\n' mscan "${path[@]}" --max-columns=15 $preview -m1 --replace 12345678901234 foo f
    expect 0 '[... 2 bytes] ort 1234567890\n' mscan "${path[@]}" $cut $preview=match -m1 --replace 1234567890 foo f
    expect 0 '[match of 15 bytes]\n[match of 15 bytes]\n' mscan "${path[@]}" $cut -m1 -o --replace 123456789012345 'foo|sh' f
    expect 0 '12345678901234 [... 1 byte]\n' mscan "${path[@]}" $cut $preview -m1 -o --replace 123456789012345 foo f
}
each_path each

# Characters stay whole, and what is no character is cut anywhere; a limit may be less than a character.
printf 'aéé日本x\n' >u
expect 0 'aé [... 9 bytes]\n' mscan --max-columns=4 --max-columns-preview a u
expect 0 'aéé [... 7 bytes]\n' mscan --max-columns=7 --max-columns-preview a u
expect 0 '[... 5 bytes] 日 [... 4 bytes]\n' mscan --max-columns=5 --max-columns-preview=match 日 u
expect 0 '[... 8 bytes] 本x\n' mscan --max-columns=5 --max-columns-preview=match x u
expect 0 ' [... 3 bytes]\n' mscan -o --max-columns=2 --max-columns-preview 日 u
expect 0 'a\303 [... 10 bytes]\n' mscan -a --no-unicode --max-columns=2 --max-columns-preview a u
expect 0 '\377\200\200 [... 1 byte, 1 more match]\n' mscan -a --max-columns=3 --max-columns-preview b <(printf '\377\200\200b\n')
# All of the line has to be text.
expect 0 'aaaa [... 2 bytes, 2 more matches]\nBinary file (standard input) matches\n' \
    eval "printf 'aaaaaa\naaaaa\\377\n' | mscan --max-columns=4 --max-columns-preview a"
# Remarks have the separators' colour, and what is cut ends its own.
expect 0 'xx\33[01;31m\33[Kyy\33[m\33[K\33[36m\33[K [... 2 bytes, 1 more match]\33[m\33[K\n' \
    mscan --color=always --max-columns=4 --max-columns-preview y+ <(printf 'xxyyxy\n')
expect 0 '\33[36m\33[K[... 2 bytes] \33[m\33[K\33[01;31m\33[Kyy\33[m\33[Kx\33[36m\33[K [... 1 byte, 1 more match]\33[m\33[K\n' \
    mscan --color=always --max-columns=3 --max-columns-preview=match y+ <(printf 'xxyyxy\n')
expect 0 '\33[36m\33[K[line of 6 bytes, 2 matches]\33[m\33[K\n' mscan --color=always --max-columns=3 y+ <(printf 'xxyyxy\n')
expect 0 '\33[2m\33[Kxxy\33[m\33[K [... 3 bytes]\n' \
    eval "GREP_COLORS=se=:sl=2 mscan --color=always --max-columns=3 --max-columns-preview -v z <<<xxyyxy"
expect 0 'f:\t[line of 3 bytes, 1 match]\nf:\n' eval "printf 'abc\\n\\n' >f; mscan -HT --max-columns=2 'a|^$' f"

# A line longer than any buffer.
{ head -c 3000000 /dev/zero | tr '\0' a; echo bab; } >long
expect 0 '[line of 3000003 bytes, 2 matches]\n' mscan --max-columns=100 b long
expect 0 '[... 2999998 bytes] aabab\n' mscan --max-columns=5 --max-columns-preview=match b long
expect 0 'a [... 3000002 bytes, 2 more matches]\n' mscan --max-columns=1 --max-columns-preview b long
expect 0 '[line of 3000003 bytes, 3000003 matches]\n' mscan --max-columns=1 . long

expect_like 2 '' ".*'x'.*expected a number of bytes.*" mscan --max-columns=x a f
expect_like 2 '' ".*'end'.*expected start or match.*" mscan --max-columns-preview=end a f

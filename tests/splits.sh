#!/usr/bin/env bash
# However a file is split among threads, and however it is read, the output is the same, byte for byte.
#
# Every mode of output over inputs made to be nasty, for 1, 2, 3 and 8 threads, chunks of 1, 2, 7 and 64 bytes
# and of the default size, mapped, read and piped.  TESTS_QUICK=1 takes fewer of them, for slow builds.
. "$(dirname "$0")/cli/check.sh"

# --- the inputs ---

# Lines of every length around seams, of two letters so that matches begin and end everywhere.
for ((i = 0; i < 132; i++)); do
    printf -v line '%*s' $i ''
    line=${line// /a}
    ((i % 5 == 4)) && line=${line%a}b
    printf '%s\n' "$line"
done >ladder
printf '\n\n\na\n\n\n\nab\n\n' >empties
{ cat empties; printf 'aab aa'; } >unfinished
printf 'aa\r\n\r\nab\r\n\ra\r\n' >crlf
{ printf 'aa 1\naa 2\nb\na\000b\naa 3\n'; } >nul
{ printf 'ab é\nж Ж аб\n日本\n\303\na\377b\n\342\202\naé\n'; printf 'é'; } >utf8
{ printf 'ab\n'; head -c 3000 /dev/zero | tr '\0' a; printf 'b ab\n\n'; head -c 2500 /dev/zero | tr '\0' b; } >long
printf 'a' >byte
printf '\n' >newline
: >nothing
# A byte-order mark, which stands before the first line; and one that stands alone.
{ printf '\357\273\277aab a\r\n\357\273\277a\nb'; } >marked
printf '\357\273\277' >mark
# By a generator of its own, so that it is the same everywhere.
LC_ALL=C awk 'BEGIN { x = 7; for (i = 0; i < 12000; i++) { x = (x * 1103515245 + 12345) % 2147483648
    printf "%s", substr("aaab b\n\nc", int(x / 65536) % 9 + 1, 1) } }' >mixed
tr '\nb' '\0\n' <mixed >records
all='ladder empties unfinished crlf nul utf8 long byte newline nothing marked mark mixed missing'

# --- the modes: options, pattern and files, one command a line ---

modes=(
    "'' $all"
    "-n a $all"
    "-c a $all"
    "-l b $all"
    "-L b $all"
    "-vn a $all"
    "-vb 'a+b' $all"
    "-o 'a+' $all"
    "-ob 'ab?' $all"
    "-hn '^\$' $all"
    "-x 'a*' $all"
    "-wc a $all"
    "-in 'AB|É' $all"
    "--count-matches a $all"
    "--color=always -nb 'a+' $all"
    "-m1 a $all"
    "-m3 -n '' $all"
    "-m7 -c '^' $all"
    "-m2 -vo a $all"
    "-a -nb '' $all"
    "-a -no '[^a]+' $all"
    "-F -e ab -e 'b b' -e é $all"
    "-e '^a' -e 'b\$' -e '(.)\\1b' -n $all"
    "'(a+)b\\1' $all"
    "-o '\\w+' utf8 mixed"
    "--no-unicode -c . $all"
    "-q 'b b' nothing mixed"
    "-q x $all"
    "-s -c 'a\$' $all"
    "--line-buffered -n 'a b' $all"
    "--block-buffered 'b\$' $all"
    "-n --engine=pcre2 --match-limit=30 '^(a+)+\$' ladder"
    "-H -n --label=x '^a*\$' - <ladder"
    "-m5 -n b - - <mixed"
    "-z -n b $all records"
    "-zc '' $all records"
    "-zo 'a[^b]*' $all records"
    "-z -vb '^a' $all records"
    "-zxL 'a\na' $all records"
    "-TnbZ a $all records"
    "--only-matching=1 -b --column '(a)b|b( *)' $all"
    "-E --only-matching=2 -n '(a|ab)(b|a*)*' $all"
    "--replace '<\$1\$0>' -n '(a)a|(?<x>b)|\$' $all"
    "-o -b --replace '\$x\$x' -C1 '(?<x>a+) ?' $all"
    "--passthru --color=always --replace '' -T 'a+b' $all"
    "--max-columns=10 -n -C1 'a b|b+' $all"
    "--max-columns=7 --max-columns-preview=match --color=always --passthru 'a b|b+|é' $all"
    "--max-columns=9 --max-columns-preview -v 'b' $all"
    "--max-columns=8 --max-columns-preview=match --replace '[\$0]' -A2 'a?b' $all"
    "--max-columns=3 --max-columns-preview -ob 'a+' $all"
    "--column -b 'b| a' $all"
    "-o --column -C1 'a*b' $all"
    "--record-start '^a' -n -C1 'b(?s).*a' $all"
    "--record-start '^.?b' -c 'a\nb' $all"
    "--record-start 'a$' -vb --last=3 '^b' $all"
    "--record-start nowhere -o '[ab]+' $all"
    "--tally '[^ ]+' $all"
    "--tally=5 --tally-order=first -H -m7 --only-matching=1 '(a+)b' $all"
)

# Compressed files, as far as this build reads them.
for tool in gzip zstd xz; do
    if command -v "$tool" >/dev/null && mscan --version | grep -q "compressed by:.* $tool ([^n]"; then
        for file in ladder mixed utf8; do
            "$tool" -c <$file >$file.$tool
        done
        cat mixed.$tool ladder.$tool | head -c -5 >cut.$tool
        modes+=("--decompress -nb 'a+b' ladder.$tool mixed.$tool utf8.$tool cut.$tool")
    fi
done

# All modes one after another, into the files NAME.out and NAME.err.
run_modes()
{
    local name=$1 mode
    shift
    for mode in "${modes[@]}"; do
        echo "=== $mode"
        echo "=== $mode" >&2
        eval "mscan \"\$@\" $mode"
        echo "=== status $?"
    done >"$name.out" 2>"$name.err"
}

# Where all comes through a pipe the modes are those for one input.
run_piped()
{
    local name=$1 options file
    shift
    for options in '' -n '-vn a' '-ob a' '-c a' '-m3 -n a' '-a -nb b'; do
        for file in ladder long mixed nul utf8 unfinished; do
            [[ $options == *[ab] ]] || options="$options ^"
            echo "=== $options <$file"
            # shellcheck disable=SC2086
            cat $file | mscan "$@" $options
            echo "=== status $?"
        done
    done >"$name.out" 2>"$name.err"
}

compare()
{
    local stream
    for stream in out err; do
        cmp -s "$1.$stream" "$2.$stream" && continue
        fail "$3: not the same as in one piece (- one piece, + here)"
        diff -a -U 2 "$1.$stream" "$2.$stream" | cat -A | cut -c 1-120 | head -n 20
    done
}

run_modes whole -j1 --no-mmap
run_piped whole-piped -j1
# It would prove little if there were nothing in it.
[ "$(wc -l <whole.out)" -gt 2000 ] || fail "the modes print too little"
grep -q 'match limit' whole.err || fail "no mode runs into a limit"

threads='1 2 3 8' sizes='1 2 7 64 default'
if [ -n "${TESTS_QUICK-}" ]; then
    threads='1 3' sizes='1 7 default'
fi
for count in $threads; do
    for size in $sizes; do
        options=(-j "$count")
        [ "$size" = default ] || options+=("--chunk-size=$size")
        for how in --mmap --no-mmap; do
            run_modes split "${options[@]}" $how
            compare whole split "$how ${options[*]}"
        done
        run_piped split "${options[@]}"
        compare whole-piped split "piped ${options[*]}"
    done
done

#!/usr/bin/env bash
# --byte-range and --shard: the lines that begin in a part of a file.  See also shares.py.
. "$(dirname "$0")/check.sh"

file f 'one\ntwo\nthree\nfour\nfive'
each()
{
    expect 0 'one\ntwo\nthree\nfour\nfive\n' mscan "${path[@]}" --byte-range=0 '' f
    expect 0 'two\nthree\nfour\nfive\n' mscan "${path[@]}" --byte-range=1 '' f
    expect 0 'two\nthree\n' mscan "${path[@]}" --byte-range=4,5 '' f
    expect 0 'three\n' mscan "${path[@]}" --byte-range=5,4 '' f
    expect 1 '' mscan "${path[@]}" --byte-range=5,3 '' f
    expect 1 '' mscan "${path[@]}" --byte-range=5,0 '' f
    expect 1 '' mscan "${path[@]}" --byte-range=20 '' f
    expect 0 'five\n' mscan "${path[@]}" --byte-range=19,1 '' f
    expect 1 '' mscan "${path[@]}" --byte-range=1T,1P '' f
    expect 0 '8:three\n14:four\n' mscan "${path[@]}" --byte-range=8,11 -b '' f
    # 23 bytes: the parts begin at 0, 7 and 15.
    expect 0 'one\ntwo\n' mscan "${path[@]}" --shard=0/3 '' f
    expect 0 'three\nfour\n' mscan "${path[@]}" --shard=1/3 '' f
    expect 0 'five\n' mscan "${path[@]}" --shard=2/3 '' f
    expect 1 '' mscan "${path[@]}" --shard=3/1000 '' f
    expect 0 'f:2\nf:2\n' mscan "${path[@]}" --shard=1/3 -c '' f f
    # Context comes from lines around the part, too, and -m counts lines of the part.
    expect 1 'three\nfour\n' mscan "${path[@]}" --shard=1/3 -A2 two f
    expect 1 'four\n' mscan "${path[@]}" --shard=1/3 -B1 five f
    expect 0 'three\nfour\n' mscan "${path[@]}" --shard=1/3 -A1 -m1 e f
    expect 0 'four\n' mscan "${path[@]}" --shard=1/3 --skip-matches=1 '' f
    expect 0 'four\n' mscan "${path[@]}" --shard=1/3 --last=1 '' f
    expect 1 '' mscan "${path[@]}" --shard=1/3 -q five f
    # Numbers of lines.
    expect 0 '3:three\n4:four\n' mscan "${path[@]}" --shard=1/3 -n --line-base=count '' f
    expect 0 '13:three\n14-four\n' mscan "${path[@]}" --shard=1/3 -n --line-base=12 -A1 three f
    expect 1 '3-three\n4-four\n' mscan "${path[@]}" --shard=1/3 -nC2 --line-base=2 'two|five' f
    expect 0 '101:one\n' mscan "${path[@]}" -n --line-base=100 one f
    expect_like 2 '' 'mscan: line numbers .* an index .* --line-base=NUM.*' mscan "${path[@]}" --shard=1/3 -n '' f
    expect_like 2 '' 'mscan: line numbers .*' mscan "${path[@]}" --shard=1/3 --column '' f
    expect 0 '2\n' mscan "${path[@]}" --shard=1/3 -nc '' f
    # Counting.
    expect 0 ' 2  2 11 f\n' mscan --wc "${path[@]}" --shard=1/3 f
    expect 0 '4 f\n' mscan --wc -c "${path[@]}" --shard=2/3 f
    expect 0 '0 f\n' mscan --wc -c "${path[@]}" --byte-range=5,1 f
}
path=(--mmap) && each
path=(--no-mmap --chunk-size=3) && each
path=(--mmap -j3 --chunk-size=1) && each

# A part whose bytes could be the beginning of a mark ends where it ends.
file marked '\0zz y\0'
expect 1 '\0' mscan -z --no-mmap --byte-range=0,1 -B1 '\w' marked
expect 1 '' mscan -z --no-mmap --byte-range=0,1 '\w' marked

# A long line belongs to one part.
{ printf 'a\n'; head -c 300000 /dev/zero | tr '\0' x; printf '\nb\n'; } >long
expect 0 'a\nx\n' mscan --shard=0/30 -o '^.' long
expect 1 '' mscan --shard=7/30 -o '^.' long
expect 0 'b\n' mscan --byte-range=290000 -o '^.' long
expect 0 'x\n' mscan --byte-range=2,1 -o '^.' long

# Context that reaches over more than is looked at in one go, and that a line which is no text ends.
seq 400000 >far
{ seq 150000; printf '\\377\n'; seq 150001 400000; } >ended
for options in '-A300000 ^5$' '-B300000 ^399998$' '-C200000 ^200000$' '-A100 ^1?5$' '-C99999999 ^7$' '-I -A300000 ^5$'; do
    # shellcheck disable=SC2086
    for name in far ended; do
        mscan $options $name >whole
        check_run 0 cat whole
        for k in 0 1 2 3 4; do
            mscan --shard=$k/5 $options $name || [ $? -eq 1 ] || fail "status: $options $name"
        done | grep -a -v '^Binary' >parts
        grep -a -v '^Binary' whole | check_same "the parts of $options $name" /dev/stdin parts
    done
done

# Boundaries need more than 64 bits, and a hole takes no time.
truncate -s 7E huge 2>/dev/null || truncate -s 15T huge 2>/dev/null || rm -f huge
if [ -e huge ]; then
    printf '\nend\n' >>huge
    expect 0 'end\n' mscan --byte-range="$(($(stat -c %s huge) - 5)),3" end huge
    expect 1 '' mscan --shard=18446744073709551614/18446744073709551615 d f
fi

# Standard input is where it was, and is left behind the part.
expect 0 'three\n--\nfive' bash -c "{ '$MSCAN' --byte-range=8,3 ''; echo --; sed -n 2p; } <f"
expect 0 '4:three\n' bash -c "{ head -c 4 >/dev/null; '$MSCAN' --byte-range=8,3 -b ''; } <f"
expect 0 'two\n' bash -c "{ head -c 4 >/dev/null; '$MSCAN' --shard=0/3 ''; } <f"

# Where there is no size.
refused='mscan: (standard input): only a regular file has ranges and shares\n'
expect_error 2 '' "$refused" bash -c "cat f | '$MSCAN' --shard=0/2 ''"
expect_error 2 '' "$refused" bash -c "cat f | '$MSCAN' --byte-range=0 ''"
expect_error 1 '' "${refused/(standard input)/"'standard input'"}" bash -c "cat f | '$MSCAN' --wc --shard=0/2"
[ -r /proc/self/status ] &&
    expect_error 2 '' 'mscan: /proc/self/status: only a regular file has ranges and shares\n' \
        mscan --shard=0/1 '' /proc/self/status
printf '\377\376a\0\n\0b\0\n\0' >utf16
for share in 0/2 1/2; do
    expect_error 2 '' 'mscan: utf16: text that has to be decoded has no ranges and shares\n' mscan --shard=$share b utf16
done
: >empty
expect 1 '' mscan --shard=0/1 '' empty

# Mistakes.
for wrong in '' x 1, ,1 1,x -1 1,2,3; do
    expect_like 2 '' "mscan: option '--byte-range': .*" mscan --byte-range="$wrong" a f
done
for wrong in '' 1 1/ /2 2/2 0/0 a/b 1/2/3 -1/2 1K/2K; do
    expect_like 2 '' "mscan: option '--shard': .*" mscan --shard="$wrong" a f
done
expect_like 2 '' "mscan: options '--byte-range' and '--shard' exclude each other.*" mscan --shard=0/1 --byte-range=0 a f
expect_like 1 '' "mscan: options '--byte-range' and '--shard' exclude each other.*" mscan --wc --shard=0/1 --byte-range=0 f
expect_like 2 '' "mscan: option '--line-base': .*" mscan --line-base=x a f

# The size that is expected.
expect 0 'one\n' mscan --expect-size=23 one f
expect_error 2 '' 'mscan: f: its size is not the one that --expect-size gives\n' mscan --expect-size=22 one f
expect_error 2 '' 'mscan: (standard input): it has no size to expect\n' bash -c "cat f | '$MSCAN' --expect-size=23 one"

expect 1 '' mscan zzz f
expect 0 '' mscan --no-match-ok zzz f
expect 0 '0\n' mscan --no-match-ok -c zzz f
expect_like 2 '' '.*No such file.*' mscan --no-match-ok zzz missing

#!/usr/bin/env bash
# --decompress: the text of compressed files is searched and counted, as far as it can be had.
. "$(dirname "$0")/check.sh"

# built FORMAT: whether this build reads it.
built() { mscan --version | grep -q "compressed by:.* $1 ([^n]"; }

printf 'one ERROR\ntwo\nthree ERROR' >text
{ cat text; printf '\nfour\n'; } >text2
seq 200000 | sed 's/7$/7 ERROR/' >long

expect 0 'text:one ERROR\ntext:three ERROR\n' mscan -H --decompress ERROR text
expect 0 '2\n' mscan --decompress -c ERROR - <text
expect 0 '20000\n' mscan --decompress --mmap -c ERROR long
expect 0 ' 200000  220000 1408895 long\n' mwc --decompress long
expect 0 '1408895 long\n' mwc --decompress -c long
: >nothing
expect 1 '' mscan --decompress x nothing
# What only begins as if it were compressed.
for start in '\0037' '\0037\0213' 'BZh9' '\0375' '\0375''7zXZ' '\0050\0265' '\0004\0042\0115'; do
    file start "$start"
    check_run 0 mscan --decompress -ac '' start
    check_text "lines of $start" '1\n' "$out"
    check_run 0 eval 'cat start | mscan --decompress -ac ""'
    check_text "lines of $start, piped" '1\n' "$out"
done

each()
{
    expect 0 'f:1:one ERROR\nf:3:three ERROR\n' mscan "${path[@]}" --decompress -Hn ERROR f
    expect 0 '0:one ERROR\n14:three ERROR\n' mscan "${path[@]}" --decompress -b ERROR f
    expect 0 '2\n' mscan "${path[@]}" --decompress -rc ERROR f
    expect 0 'one ERROR\n' mscan "${path[@]}" --decompress -m1 ERROR f
    expect 0 'f\n' mscan "${path[@]}" --decompress -l ERROR f
    expect 0 '' mscan "${path[@]}" --decompress -q ERROR f
    expect 0 'three ERROR\n' mscan "${path[@]}" --decompress --last=1 ERROR f
    expect 0 'two\n' mscan "${path[@]}" --decompress -v ERROR f
    expect 0 '2\n' mscan "${path[@]}" --decompress -c ERROR - <f
    expect 0 '2\n' eval 'cat f | mscan "${path[@]}" --decompress -c ERROR'
    expect 0 'one ERROR\ntwo\nthree ERROR\n' mscan "${path[@]}" --decompress --chunk-size=1 '' f
    # Members one after another are one text.
    expect 0 '1:one ERROR\n3:three ERRORone ERROR\n5:three ERROR\n' mscan "${path[@]}" --decompress -n ERROR ff
    expect_file 0 expected mscan "${path[@]}" --decompress -nb ERROR large
    expect_file 0 expected eval 'cat large | mscan "${path[@]}" --decompress -nb ERROR'
    expect_file 0 expected mscan "${path[@]}" --decompress --chunk-size=1000 -nb ERROR large
    expect 0 ' 200000  220000 1408895 large\n' mwc "${path[@]}" --decompress large
    expect 0 '1408895 large\n' mwc "${path[@]}" --decompress -c large
    expect_like 0 ".*file: f: read \(compressed by $format\).*" '' mscan "${path[@]}" --decompress --explain x f
}

mscan -nb ERROR long >expected
formats=0
for tool in gzip bzip2 xz zstd lz4; do
    format=$tool
    command -v "$tool" >/dev/null || continue
    pack() { "$tool" -c <"$1"; }
    if ! built "$tool"; then
        pack text >f
        expect_error 2 '' "mscan: f: compressed by $tool, which this build cannot read\n" mscan --decompress x f
        continue
    fi
    formats=$((formats + 1))
    pack text >f
    cat f f >ff
    pack long >large
    if [ "$tool" = gzip ]; then
        each_path each
    else
        path=(-j 3)
        each
    fi
    pack nothing >f
    expect 1 '' mscan --decompress '' f
    expect 0 '0 f\n' mwc --decompress -l f

    # Text that a mark says to decode, after that.
    printf '\377\376a\0b\0\n\0' >marked
    pack marked >f
    expect 0 'ab\n' mscan --decompress '^ab$' f
    expect 0 'ab\n' mscan --decompress --encoding=utf-16 '^ab$' f

    # Cut: what is there is found, and where it ends is said; then comes the next file.
    pack text2 >whole
    size=$(stat -c %s whole)
    for ((cut = 20; cut < size; cut += 11)); do
        head -c $cut whole >f
        check_run 2 mscan --decompress -h '' f text
        tail -n 3 "$out" >rest
        check_same "the next file after $tool cut at $cut" <(cat text; echo) rest
        # The last line is ended where the text ends within it.
        head -n -3 "$out" | head -c -1 >found
        cmp -s -n "$(stat -c %s found)" found text2 || fail "$tool cut at $cut finds what is not there"
        check_text "the message for $tool cut at $cut" "mscan: f: damaged at compressed offset $cut\n" "$err"
    done
    # Damaged inside: the same, whatever the threads and pieces.
    size=$(stat -c %s large)
    for at in $((size / 3)) $((size - 10)); do
        { head -c "$at" large; printf 'damaged!'; tail -c +$((at + 9)) large; } >f
        for options in -j1 '-j3 --chunk-size=7000'; do
            # shellcheck disable=SC2086
            check_run 2 mscan $options --decompress -n ERROR f
            cp "$out" damaged.out.new && cp "$err" damaged.err.new
            if [ "$options" = -j1 ]; then
                cp damaged.out.new damaged.out && cp damaged.err.new damaged.err
                check_like "the message on damaged $tool" 'mscan: f: damaged at compressed offset [0-9]+.' "$err"
                cmp -s -n "$(stat -c %s damaged.out)" <(mscan -n ERROR long) damaged.out ||
                    [ "$tool" = lz4 ] || [ "$tool" = gzip ] || [ "$tool" = xz ] || fail "$tool damaged at $at finds what is not there"
            fi
            check_same "$tool damaged at $at, $options" damaged.out damaged.out.new
            check_same "messages on $tool damaged at $at, $options" damaged.err damaged.err.new
        done
    done
    # What is damaged behind all that is wanted is not looked at.
    { cat large; head -c $((size / 2)) large; } >f
    expect 0 '7:7 ERROR\n' mscan --decompress -m1 -n ERROR f
    expect 0 'f\n' mscan --decompress -l ERROR f
    expect_error 0 '' '' mscan --decompress -q ERROR f
    check_run 2 mscan --decompress -s -L ERRORS f
    check_like 'a message in spite of -s' 'mscan: f: damaged at compressed offset [0-9]+.' "$err"
    check_run 1 mwc --decompress -l f
    check_like 'the message of mwc' 'mscan: f: damaged at compressed offset [0-9]+.' "$err"

    # In a tree, beside others.
    rm -rf tree
    mkdir -p tree/d
    for ((i = 0; i < 5; i++)); do
        pack text >tree/d/$i."$tool"
    done
    cp text tree/plain
    expect 0 '12\n' eval 'mscan -r --decompress -h ERROR tree | wc -l'
done
[ "$formats" -gt 0 ] || skip 'nothing can be decompressed here'

# Parts that several threads decode.
for ((i = 0; i < 4; i++)); do cat long; done >longer
mscan -nb ERROR longer >expected
if command -v bgzip >/dev/null && built gzip; then
    bgzip -c longer >large
    each_path expect_file 0 expected mscan "${path[@]-}" --decompress -nb ERROR large
fi
if command -v zstd >/dev/null && built zstd; then
    for ((i = 0; i < 4; i++)); do zstd -qc <long; done >large
    for threads in 1 3; do
        expect_file 0 expected mscan -j $threads --decompress -nb ERROR large
        expect_file 0 expected mscan -j $threads --decompress --chunk-size=700 -nb ERROR large
        expect 0 '3\n' eval "mscan -j $threads --decompress -m3 -n ERROR large | wc -l"
        expect 0 '800000:200000\n' mscan -j $threads --decompress -n --last=1 '^200000' large
        expect 0 ' 800000  880000 5635580 large\n' mwc -j $threads --decompress large
    done
fi

# A dictionary is not to be had.
if command -v zstd >/dev/null && built zstd; then
    for ((i = 0; i < 2000; i++)); do echo "line $i of the samples, $((i * 7919 % 1000))"; done >samples
    if zstd -q --train -B100 samples --maxdict=2000 -o dictionary 2>/dev/null; then
        zstd -qc -D dictionary samples >f
        expect_error 2 '' 'mscan: f: compressed by zstd with a dictionary, which mscan cannot use\n' \
            mscan --decompress x f
    fi
fi

# The command of that name.
ln -s "$MSCAN" mzscan
gzip -c text >f 2>/dev/null
if built gzip; then
    expect 0 '2\n' ./mzscan -c ERROR f
    expect 0 '2\n' bash -c 'PATH=$PWD:$PATH; mzscan -c ERROR f'
    expect 0 '2 f\n' ./mzscan --wc -l f
    # An archive is no text.
    tar -cf a.tar text 2>/dev/null && gzip -f a.tar &&
        expect 0 'Binary file a.tar.gz matches\n' mscan --decompress ERROR a.tar.gz
    # Lines are found as they arrive.
    mkfifo pipe
    { gzip -c text; exec sleep 60; } >pipe &
    expect 0 'one ERROR\n' timeout 20 "$MSCAN" --decompress -m1 ERROR pipe
    kill $!
fi

# Offsets in the file say nothing of the text.
for option in --byte-range=0 --shard=0/2 --manifest=m; do
    expect_like 2 '' "mscan: options '--[a-z-]*' and '--[a-z-]*' exclude each other.*" \
        mscan --decompress "$option" x text
    expect_like 2 '' "mscan: options '--[a-z-]*' and '--[a-z-]*' exclude each other.*" ./mzscan "$option" x text
    expect_like 1 '' ".* exclude each other.*" mwc --decompress "$option" text
done

# What becomes very large is counted in little memory, and can be interrupted.
if command -v zstd >/dev/null && built zstd; then
    head -c 300M /dev/zero | zstd -qc >f
    expect 0 '314572800 f\n' bash -c 'ulimit -v 250000; "$MSCAN" --wc -j1 --decompress -c f'
    expect_error 2 '0\n' 'mscan: f: a line of its text takes more memory than it may\n' \
        mscan --max-memory=10M --decompress -c x f
    yes 'a line' | head -c 70M | zstd -qc >f
    expect 0 '10485760\n' bash -c 'ulimit -v 250000; "$MSCAN" -j1 --decompress -c line f'
    cat f f f f f f f f >ff
    check_run 124 timeout -s INT 0.2 "$MSCAN" --decompress -c '(l.?n|x)e$' ff
fi

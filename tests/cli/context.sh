#!/usr/bin/env bash
# -A, -B, -C, -NUM: lines around selected ones, in groups; as in GNU grep 3.8.
. "$(dirname "$0")/check.sh"

file f 'a\nb\nm1\nc\nm2\nd\ne\nf\ng\nm3\nh\n'
file g 'x\nm4'

each()
{
    expect 0 'm1\nc\nm2\nd\n--\nm3\nh\n' mscan "${path[@]}" -A1 m f
    expect 0 'b\nm1\nc\nm2\n--\ng\nm3\n' mscan "${path[@]}" -B 1 m f
    expect 0 'b\nm1\nc\nm2\nd\n--\ng\nm3\nh\n' mscan "${path[@]}" --context=1 m f
    expect 0 'b\nm1\nc\nm2\nd\n--\ng\nm3\nh\n' mscan "${path[@]}" -1 m f
    expect 0 'a\nb\nm1\nc\nm2\nd\ne\nf\ng\nm3\nh\n' mscan "${path[@]}" -2 m f
    # What is said of one side holds, wherever -C stands; a number may have many digits.
    expect 0 'm1\nc\n--\nm3\nh\n' mscan "${path[@]}" -A1 -B0 -C5 'm[13]' f
    expect 0 'b\nm1\n--\ng\nm3\n' mscan "${path[@]}" -C1 -A0 'm[13]' f
    expect 0 'a\nb\nm1\nc\nm2\nd\ne\nf\ng\nm3\nh\n' mscan "${path[@]}" -12 m3 f
    expect 0 'g\nm3\nh\n' mscan "${path[@]}" -1 -2 -1 m3 f
    expect 0 'f\ng\nm3\nh\n' mscan "${path[@]}" m3 -1h2 f
    expect 0 'g\nm3\nh\n' mscan "${path[@]}" -h1 m3 f -H -h
    expect 0 'e\nf\ng\nm3\nh\n' mscan "${path[@]}" -A 99999999999999999999999 -B3 m3 f
    # Even without a line of context, groups are kept apart.
    expect 0 'm1\n--\nm2\n--\nm3\n' mscan "${path[@]}" -A0 m f
    expect 0 'm1\nXY\nm2\nXY\nm3\n' mscan "${path[@]}" -A0 --group-separator=XY m f
    expect 0 'm1\nm2\nm3\n' mscan "${path[@]}" -A0 --no-group-separator m f
    # Prefixes of context have another mark.
    expect 0 '2-b\n3:m1\n4-c\n5:m2\n6-d\n--\n9-g\n10:m3\n11-h\n' mscan "${path[@]}" -n -C1 m f
    expect 0 'f-2-2-b\nf:3:4:m1\nf-4-7-c\n' mscan "${path[@]}" -Hnb -C1 m1 f
    # From file to file, the last line without a newline.
    expect 0 'f-g\nf:m3\nf-h\n--\ng-x\ng:m4\n' mscan "${path[@]}" -C1 'm[34]' f g
    expect 0 'g\nm3\nh\n--\nx\nm4\n' mscan "${path[@]}" -h -C1 'm[34]' f g
    # -m: the context of the last line, whatever is in it.
    expect 0 'm1\nc\nm2\nd\n' mscan "${path[@]}" -m1 -A3 m f
    expect 0 '3:m1\n4-c\n5-m2\n6-d\n' mscan "${path[@]}" -n -m1 -A3 m f
    expect 0 '1:a\n2:b\n3-m1\n4-c\n' mscan "${path[@]}" -n -v -m2 -A2 m f
    expect 0 '1:a\n2:b\n3-m1\n4:c\n5-m2\n6:d\n7:e\n8:f\n9:g\n10-m3\n11:h\n' mscan "${path[@]}" -nv -B1 m f
    # -o prints the matches of what matches, and that is context with -v.
    expect 0 'm\nm\n--\nm\n' mscan "${path[@]}" -o -C1 m f
    expect 0 '3-m\n5-m\n10-m\n' mscan "${path[@]}" -ov -n -A1 m f
    # Nothing of it where no lines are printed.
    expect 0 '3\n' mscan "${path[@]}" -c -C1 m f
    expect 0 'f\n' mscan "${path[@]}" -l -C1 m f
    expect 0 '' mscan "${path[@]}" -q -C1 m f
    expect 1 '' mscan "${path[@]}" -C1 nothing f
    expect 0 '\33[36m\33[K--\33[m\33[K\n' eval "mscan ${path[*]} -A0 --color=always m f | sed -n 2p"
    expect 0 '\33[32m\33[K2\33[m\33[K\33[36m\33[K-\33[m\33[Kb\n' \
        eval "mscan ${path[*]} -n -C1 --color=always m1 f | sed -n 1p"
}
each_path each

# With -v, matches in context have the colour mc, and with rv lines change theirs.
expect 0 '\33[33m\33[Km\33[m\33[K1\n' eval "GREP_COLORS=mc=33 mscan -v -A1 --color=always m f | sed -n 3p"
expect 0 '\33[2m\33[Ka\33[m\33[K\n\33[2m\33[Kb\33[m\33[K\n\33[1m\33[K\33[01;31m\33[Km\33[m\33[K\33[1m\33[K1\33[m\33[K\n' \
    eval "GREP_COLORS=rv:sl=1:cx=2 mscan -v -A1 --color=always m f | sed 3q"

# -z: records are the lines, and the separator's line ends in a newline.
file z 'a\0m\0b\0c\0m\0'
expect 0 'm\0--\nm\0' mscan -z -A0 m z
expect 0 'a\0m\0b\0c\0m\0' mscan -z -C1 m z

# Chunks that hold no selected line, long context, few lines in each block of a pipe.
seq 3000 >long
grep -C700 -n 1500 long >wanted
for split in --chunk-size=1 --chunk-size=7 --chunk-size=1000 '-j1 --chunk-size=64' '--no-mmap --chunk-size=64'; do
    # shellcheck disable=SC2086
    expect_file 0 wanted mscan $split -C700 -n 1500 long
done
expect_file 0 wanted eval '{ sed 1400q long; sleep 0.1; sed 1,1400d long | sed 99q; sleep 0.1; sed 1,1499d long; } |
    mscan -C700 -n 1500'
# More context than a buffer of output holds.
lines=${TESTS_QUICK:+200000} lines=${lines:-1000000}
seq $lines >longer
for option in -A999999 -B999999; do
    pattern=^1$
    [ $option = -A999999 ] || pattern=^$lines$
    expect_file 0 longer mscan $option "$pattern" longer
    expect_file 0 longer eval "cat longer | mscan $option '$pattern'"
    expect 0 "longer:$lines\n" eval "mscan -Hn $option '$pattern' longer | tr -- - : | cut -d: -f1,3 | tail -n 1"
done

# A line of context that is not text is not printed, and ends the context of what is before it.
file e 'x\0377\nm1\nx\0377\nb\nc\nm2\n'
expect 0 'm1\n--\nc\nm2\nBinary file e matches\n' mscan -C1 m e
expect 0 'm1\n--\nm2\nBinary file e matches\n' mscan -A2 m e
expect 0 'm1\n--\nc\nm2\n' mscan -I -C1 m e
expect 0 'x\0377\nm1\nx\0377\n--\nc\nm2\n' mscan -a -C1 m e

for option in -A -B -C --after-context= --before-context= --context=; do
    for number in x '' -1 1x; do
        [ "$option$number" != -A ] && [ "$option$number" != -B ] && [ "$option$number" != -C ] || continue
        expect_like 2 '' "mscan: .*'$number': expected a number of lines.*" mscan "$option$number" m f
    done
done

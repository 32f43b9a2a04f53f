#!/usr/bin/env bash
# --manifest and --merge: what shares print is put together, and what does not fit is refused.  See also shares.py.
. "$(dirname "$0")/check.sh"

seq 1000 >f
[[ $("$MSCAN" --merge /nowhere 2>&1) == *'built without'* ]] && skip 'there is no libjansson or libxxhash'

shares() # COUNT OPTION...
{
    local k count=$1
    rm -rf parts
    mkdir parts
    for ((k = 0; k < count; k++)); do
        "$MSCAN" "${@:2}" --shard=$k/"$count" --output=parts/$k.out --manifest=parts/$k.json || [ $? -eq 1 ]
    done
}
copy()
{
    rm -rf "$2"
    cp -a "$1" "$2"
}
shares 4 -C1 -b 99 f
mscan -C1 -b 99 f >whole
expect_file 0 whole mscan --merge parts
expect_file 0 whole mscan --merge parts/3.json parts/1.json parts/0.json parts/2.json
expect 0 '' mscan --merge --output=merged parts
expect_file 0 merged cat whole
expect 0 '' mscan --merge --todo parts
expect 0 '0/4 0\n1/4 271\n2/4 514\n3/4 757\n' mscan --merge --line-bases parts
(cd / && "$MSCAN" --merge "$OLDPWD/parts") >elsewhere
expect_file 0 whole cat elsewhere

# What is missing, double, cut or changed.
expect_like 2 '' 'mscan: share 2/4 is missing
' mscan --merge parts/[013].json
expect 0 '2/4\n' mscan --merge --todo parts/[013].json
cp parts/1.json parts/again.json
expect_like 2 '' 'mscan: parts/again.json: the same lines are in another part, too
' mscan --merge parts
rm parts/again.json
copy parts cut
truncate -s -1 cut/1.out
expect_like 2 '' 'mscan: cut/1.json: its output is not what it was
' mscan --merge cut
expect 0 '1/4\n' mscan --merge --todo cut
tr 9 8 <parts/1.out >cut/1.out
expect_like 2 '' 'mscan: cut/1.json: its output is not what it was
' mscan --merge cut
rm cut/*.out
expect 0 '0/4\n1/4\n2/4\n3/4\n' mscan --merge --todo cut
expect_like 2 '' '(mscan: cut/[0-3].json: its output is missing
){4}' mscan --merge cut
copy parts broken
head -c 100 parts/1.json >broken/1.json
expect_like 2 '' 'mscan: broken/1.json: not a complete manifest
' mscan --merge broken
sed 's/"complete": true/"complete": false/' parts/1.json >broken/1.json
expect_like 2 '' 'mscan: broken/1.json: not a complete manifest
' mscan --merge broken
sed '/"bytes"/d' parts/1.json >broken/1.json
expect_like 2 '' 'mscan: broken/1.json: not a manifest of this release
' mscan --merge broken
# Other options, other files, other versions.
other()
{
    copy parts other
    "$MSCAN" "${@:2}" --shard=1/4 --output=other/1.out --manifest=other/1.json
    expect_like 2 '' "mscan: other/1.json: $1
" mscan --merge other
}
other 'the options .*' -C1 -b 98 f
other 'the options .*' -C1 99 f
other 'the options .*' -C2 -b 99 f
other 'it is of another task than others' -c 99 f
cp f g
other 'it is of another file than others' -C1 -b 99 g
expect 0 '' mscan -C1 -b 99 -j2 --mmap --chunk-size=7 --shard=1/4 --output=parts/1.out --manifest=parts/1.json f
expect_file 0 whole mscan --merge parts
copy parts newer
sed -i 's/"version": "mscan/"version": "mscan%200.0/' newer/2.json
expect_like 2 '' 'mscan: newer/2.json: it is by another version \(--force takes it\)
' mscan --merge newer
expect_file 0 whole mscan --merge --force newer
cp f copy && mv copy f
other 'the file was another one, or had been changed.*' -C1 -b 99 f
echo 1001 >>f
other 'the file had another size than for others' -C1 -b 99 f

# Counts, names and wc.
seq 1000 >f
shares 5 -Hc 9 f
expect 0 'f:271\n' mscan --merge parts
shares 5 -l 555 f
expect 0 'f\n' mscan --merge parts
shares 5 -L 555 f
expect 0 '' mscan --merge parts
shares 5 -c zzz f
expect 1 '0\n' mscan --merge parts
shares 5 --wc f
expect 0 '1000 1000 3893 f\n' mscan --merge parts
# JSON, in which all but the times is what one run prints.
timeless()
{
    sed -E 's/"elapsed(_total)?":\{[^}]*\}//g'
}
for options in '-C1 99' '-A3 zzz' '-v 9' '-o \d\d'; do
    # shellcheck disable=SC2086
    shares 7 --json --line-base=count $options f
    # shellcheck disable=SC2086
    mscan --json $options f | timeless >whole
    mscan --merge parts | timeless >merged
    expect_file 0 whole cat merged
done
shares 5 --wc --json f
expect 0 '{"type":"count","data":{"path":{"text":"f"},"lines":1000,"words":1000,"bytes":3893}}\n' mscan --merge parts
# A tally, whatever its order and how many values are shown.
for options in '' '--tally-order=value' '--tally-order=first' '--tally=3' '--json' '--tally=2 --tally-order=first'; do
    # shellcheck disable=SC2086
    shares 7 --tally $options '\d' f
    # shellcheck disable=SC2086
    mscan --tally $options '\d' f >whole
    expect_file 0 whole mscan --merge parts
done
expect_like 2 '' "mscan: option '--manifest': values of a tally that have newlines cannot be merged
" mscan --tally --replace=$'x\ny' 1 f --manifest=m.json --output=o
# A part that has no line, and parts by bytes.
shares 2000 -c '' f
expect 0 '1000\n' mscan --merge parts
rm -rf parts && mkdir parts
for range in 0,1000 1000,5 1005; do
    "$MSCAN" -n --line-base=count --byte-range=$range --output=parts/$range --manifest=parts/$range.json '' f
done
mscan -n '' f >whole
expect_file 0 whole mscan --merge parts
rm parts/1000,5.json
expect 0 '1000,8\n' mscan --merge --todo parts
expect_like 2 '' 'mscan: bytes 1000 to 1008 are missing
' mscan --merge parts
expect_like 2 '' 'mscan: parts/0.json: No such file.*' mscan --merge parts/0.json
mkdir empty
expect_like 2 '' 'mscan: there are no manifests
' mscan --merge empty
expect_like 2 '' 'mscan: --merge: no manifest .*' mscan --merge
expect_like 0 'Usage: mscan --merge .*' '' mscan --merge --help

# What a share cannot know is refused, and what fails leaves no manifest.
for options in -m1 --skip-matches=1 --last=1 -q --total=only -r; do
    expect_like 2 '' "mscan: options .*'--manifest'.* exclude each other.*" mscan $options --line-base=0 --shard=0/2 --output=o --manifest=m.json 9 f
done
expect_like 2 '' "mscan: option '--manifest': it needs --output
" mscan --manifest=m.json 9 f
expect_like 2 '' "mscan: option '--manifest': it is about one file.*" mscan --manifest=m.json --output=o 9 f f
expect_like 2 '' "mscan: option '--manifest': it is about one file.*" mscan --manifest=m.json --output=o 9
expect_like 1 '' "mscan: options '--manifest' and '--total' exclude each other.*" mscan --wc --total=only --manifest=m.json --output=o f
expect_like 2 '' 'mscan: missing: .*' mscan --manifest=m.json --output=o 9 missing
printf '%s\n' "$(printf 'a%.0s' {1..40})c" >slow
expect_like 2 '' 'mscan: slow: line at offset 0.*' mscan --engine=pcre2 --manifest=m.json --output=o '^(a+)+$' slow
[ -e m.json ] || [ -e o ] && fail 'what failed left something'
# Names that are no UTF-8.
name=$(printf 'x\377%%41 ä')
cp f "$name"
shares 3 -H 777 "$name"
mscan -H 777 "$name" >whole
expect_file 0 whole mscan --merge parts

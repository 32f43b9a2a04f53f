#!/usr/bin/env bash
# --help: the options on standard output, status 0.
. "$(dirname "$0")/check.sh"

expect_like 0 'Usage: mscan \[OPTION\]\.\.\. PATTERN \[FILE\]\.\.\..*' '' mscan --help
expect_like 0 'Usage: mscan .*' '' mscan -n --help missing
expect_like 0 'Usage: mscan .*' '' mscan --hel
mscan --help >text
for option in -e -f -E -F -G -P --extended-regexp --basic-regexp -i -v -w -x -c -l -L -q -s -m -n -b -o -H -h -a -j -V --regexp --file --fixed-strings \
    --perl-regexp --ignore-case --no-ignore-case --invert-match --word-regexp --line-regexp --count \
    --count-matches --files-with-matches --files-without-match --quiet --no-messages --max-count --line-number \
    --byte-offset --column --with-filename --no-filename --only-matching --replace --max-columns --max-columns-preview --label --color --text --line-buffered \
    --block-buffered --threads --mmap --no-mmap --huge-pages --madvise --stats --explain --help --version \
    --no-unicode --match-limit --heap-limit --depth-limit -r -R -d -D --recursive --dereference-recursive \
    --directories --devices --include --exclude --exclude-from --exclude-dir -z -Z -T -U \
    --null-data --null --initial-tab --binary --files0-from; do
    grep -q -e "^ .*$option\([,= []\|$\)" text || fail "--help does not name $option"
done
[ "$(awk 'length > 80' text | wc -l)" -eq 0 ] || fail "--help has lines longer than 80 columns"
grep -q chunk-size text && fail "--help shows a hidden option"
# Nothing is searched, and later mistakes do not matter.
expect_like 0 'Usage: mscan .*' '' mscan --help --nonsense

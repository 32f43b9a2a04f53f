#!/usr/bin/env bash
# Without --decompress a compressed file is searched as it is, and the option is said once.
. "$(dirname "$0")/check.sh"

said() { echo "mscan: $1: warning: compressed by $2, and searched as it is; --decompress searches its text\n"; }

# The first bytes alone, as in the specifications.
file a.gz '\0037\0213\0010\0000\n'
file a.bz2 'BZh91AY&SY\0000\n'
file a.xz '\03757zXZ\0000\n'
file a.zst '\0050\0265\0057\0375\n'
file a.lz4 '\0004\0042\0115\0030\n'
each()
{
    expect_error 1 '' "$(said a.gz gzip)" mscan "${path[@]}" ERROR a.gz
    expect_error 1 '' "$(said a.bz2 bzip2)" mscan "${path[@]}" ERROR a.bz2
    expect_error 1 '' "$(said a.xz xz)" mscan "${path[@]}" ERROR a.xz
    expect_error 1 '' "$(said a.zst zstd)" mscan "${path[@]}" ERROR a.zst
    expect_error 1 '' "$(said a.lz4 lz4)" mscan "${path[@]}" ERROR a.lz4
    # Once in a run, whatever comes of it.
    expect_error 1 'a.gz:0\na.xz:0\n' "$(said a.gz gzip)" mscan "${path[@]}" -c ERROR a.gz a.xz
    expect_error 0 'Binary file a.bz2 matches\n' "$(said a.bz2 bzip2)" mscan "${path[@]}" BZ a.bz2
    # Not where bytes are what is wanted, or nothing is to be said.
    expect 1 '' mscan "${path[@]}" -s ERROR a.gz
    expect 1 '' mscan "${path[@]}" -a ERROR a.gz
    expect 1 '' mscan "${path[@]}" -I ERROR a.gz
    expect_error 1 '' "$(said a.gz gzip)" mscan "${path[@]}" --chunk-size=1 ERROR a.gz
    expect_error 1 '' "$(said a.xz xz)" mscan "${path[@]}" -z ERROR a.xz
}
each_path each

# Standard input, and names that a shell does not take as they are.
expect_error 1 '' "$(said '(standard input)' gzip)" mscan ERROR - <a.gz
piped() { cat a.gz | mscan ERROR; }
expect_error 1 '' "$(said '(standard input)' gzip)" piped
cp a.gz 'my log.gz'
expect_error 1 '' "$(said 'my log.gz' gzip)" mscan ERROR 'my log.gz'
mkdir d
cp a.gz d/1.gz
cp a.gz d/2.gz
file d/3 'ERROR\n'
expect_error 0 'd/3:ERROR\n' "$(said d/1.gz gzip)" mscan -r ERROR d

# What only looks like it is text.
file text 'BZh9 is how bzip2 begins\n'
expect 1 '' mscan ERROR text
file text 'x\0037\0213\0010\n'
expect 1 '' mscan ERROR text
expect 0 '1 a.gz\n' mwc -l a.gz

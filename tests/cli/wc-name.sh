#!/usr/bin/env bash
# The program's two names for counting.
. "$(dirname "$0")/check.sh"

file a 'one two\n'
ln -s "$MSCAN" mwc
expect 0 '1 2 8 a\n' ./mwc a
expect 0 '1 2 8 a\n' bash -c 'PATH=$PWD:$PATH; \mwc a'
expect_error 1 '' "mwc: invalid option -- 'z'\nTry 'mwc --help' for more information.\n" ./mwc -z
expect_error 1 '' 'mwc: nope: No such file or directory\n' ./mwc nope
expect_like 0 'Usage: mwc \[OPTION\].*Exit status is.*mwc\(1\).*' '' ./mwc --help
expect_like 0 'Usage: mscan --wc \[OPTION\].*--files0-from=FILE.*' '' mwc --help
expect_like 0 'mscan [0-9].*' '' ./mwc --version
expect_like 0 ' *1  *2  *8 a.' 'files: 1.bytes: 8 \(0\.0 MB\).seconds: .*path: .*threads: 1.' ./mwc --stats a
# --wc comes first; behind a pattern it is no option of the search.
expect_like 2 '' "mscan: unrecognized option '--wc'.*" mscan x --wc a

#!/usr/bin/env bash
# Standard output cannot be written: said once, status 2.
. "$(dirname "$0")/check.sh"

[ -c /dev/full ] && [ -w /dev/full ] || skip "there is no /dev/full"
seq 300000 >long
file f 'a\n'

full() { mscan "$@" >/dev/full; }
each()
{
    for arguments in 'a f' '-c a f' '-l a f' '-L x f' '-n a f' '-o a f' '--color=always a f' '-n . long' '-v x long' \
        '. long long long' '-c 1 long f long' '--line-buffered . long' '-b -m 1000 . long'; do
        # shellcheck disable=SC2086
        expect_error 2 '' 'mscan: write error: No space left on device\n' full "${path[@]}" $arguments
    done
    # Nothing to write, nothing to fail.
    expect 1 '' full "${path[@]}" x f
    expect 0 '' full "${path[@]}" -q a f
}
each_path each
expect_error 2 '' 'mscan: write error: No space left on device\n' full a <f
expect_like 2 '' 'mscan: write error: No space left on device'$'\n' full --help
expect_like 2 '' 'mscan: write error: No space left on device'$'\n' full --version
expect_like 2 '' 'mscan: write error: No space left on device'$'\n' full --explain a f

#!/usr/bin/env bash
# A file in UTF-16 or UTF-32 that is not decoded is searched as bytes, which is said.
. "$(dirname "$0")/check.sh"

said() { echo "mscan: f: warning: the text is $1, by its byte-order mark, and is searched as bytes\n"; }
each()
{
    file f '\0377\0376a\0000\n\0000b\0000\n\0000'
    expect_error 1 '' "$(said UTF-16)" mscan "${path[@]}" --encoding=none ab f
    expect_error 0 'Binary file f matches\n' "$(said UTF-16)" mscan "${path[@]}" --encoding=none b f
    expect_error 0 '1\n' "$(said UTF-16)" mscan "${path[@]}" --encoding=none -c b f
    expect 0 'f\n' mscan "${path[@]}" --encoding=none -ls b f
    expect 1 '' mscan "${path[@]}" --encoding=none -I b f
    expect 0 '\0000b\0000\n' mscan "${path[@]}" -a b f
    file f '\0376\0377\0000a'
    expect_error 1 '' "$(said UTF-16)" mscan "${path[@]}" --encoding=none ab f
    file f '\0377\0376\0000\0000a\0000\0000\0000'
    expect_error 1 '' "$(said UTF-32)" mscan "${path[@]}" --encoding=none ab f
    file f '\0000\0000\0376\0377\0000\0000\0000a'
    expect_error 1 '' "$(said UTF-32)" mscan "${path[@]}" --encoding=none ab f
    # UTF-8's is text, and so is what stands elsewhere.
    file f '\0357\0273\0277a\n'
    expect 0 '\0357\0273\0277a\n' mscan "${path[@]}" a f
    file f 'a\n\0377\0376b\n'
    expect 0 'a\n' mscan "${path[@]}" a f
    file f '\0377'
    expect 1 '' mscan "${path[@]}" a f
}
each_path each

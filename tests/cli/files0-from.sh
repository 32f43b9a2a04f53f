#!/usr/bin/env bash
# --files0-from: the names of the files come from a file, or from standard input as they are found.
. "$(dirname "$0")/check.sh"

file f 'x\n'
file $'g\nh' 'x\ny\n'
mkdir d
file d/i 'x\n'
file names 'f\0g\nh\0f\0'
each()
{
    expect 0 'f:x\ng\nh:x\nf:x\n' mscan "${path[@]}" --files0-from=names x
    expect 0 'x\nx\nx\n' mscan "${path[@]}" -h --files0-from=names x
    expect 0 'f:0\ng\nh:1\nf:0\n' mscan "${path[@]}" -c --files0-from names y
    expect 0 'f:x\n' eval 'printf f | mscan "${path[@]}" x --files0-from=-'
}
each_path each
expect 1 '' mscan --files0-from=/dev/null x
# The names are those of arguments: directories with -r, globs, "-" for standard input.
file tree 'd\0f'
expect 0 'd/i:x\nf:x\n' mscan -r --files0-from=tree x
expect_error 2 'f:x\n' 'mscan: d: Is a directory\n' mscan --files0-from=tree x
expect 0 'f:x\n' mscan -d skip --files0-from=tree x
expect 0 'd/i:x\n' mscan -r --exclude=f --files0-from=tree x
file dash '-\0f\0'
expect 0 '(standard input):xyz\nf:x\n' eval "echo xyz | mscan --files0-from=dash x"
expect_error 2 'f:x\n' 'mscan: -: standard input holds the file names\n' eval 'mscan --files0-from=- x <dash'
# What is wrong is said, and the rest is searched.
file wrong 'none\0\0f\0'
expect_error 2 'f:x\n' \
    'mscan: none: No such file or directory\nmscan: : a file name without characters\n' mscan --files0-from=wrong x
expect_error 2 '' 'mscan: nowhere: No such file or directory\n' mscan --files0-from=nowhere x
expect_error 2 '' 'mscan: d: Is a directory\n' mscan --files0-from=d x
expect_like 2 '' '.*leaves no place for the file .g.*' mscan --files0-from=names x g
# Many names.
seq 20000 | sed 's,.*,f,' | tr '\n' '\0' >many
expect 0 '20000\n' eval 'mscan -j4 -l x --files0-from=many | wc -l'
# A file is searched while the next name is still to come, and -q does not wait for it.
mkfifo fifo
{ printf 'f\0'; read -r _ <fifo; printf 'd/i\0'; } | mscan --line-buffered --files0-from=- x | {
    read -r line
    [ "$line" = f:x ] || fail "first is $line"
    echo >fifo
    read -r line
    [ "$line" = d/i:x ] || fail "second is $line"
}
exec 3< <(printf 'f\0'; exec sleep 30)
sleeper=$!
timeout 10 "$MSCAN" -q --files0-from=- x <&3 || fail "-q: status $?"
kill $sleeper

#!/usr/bin/env bash
# -r, -R and -d: what is searched below a directory, in which order, and what is said of what cannot be.
. "$(dirname "$0")/check.sh"

mkdir -p d/sub/deep d/sub- d/é
file d/b 'x\n'
file d/a 'x\ny\n'
file d/B 'x\n'
file d/sub/f 'x\n'
file d/sub/deep/g 'y\n'
file d/sub-/h 'x\n'
file d/é/i 'x\n'
file d/- 'x\n'
file d/.hidden 'x\n'
file top 'x\n'

# In the order of the names' bytes, directories among the files.
order='d/-:x\nd/.hidden:x\nd/B:x\nd/a:x\nd/b:x\nd/sub/f:x\nd/sub-/h:x\nd/é/i:x\n'
each()
{
    expect 0 "$order" mscan "${path[@]}" -r x d
    expect 0 "$order" mscan "${path[@]}" -R x d
    expect 0 "$order" mscan "${path[@]}" -d recurse x d//
    expect 0 "top:x\n${order}top:x\n" mscan "${path[@]}" -r x top d top
    expect 0 "${order//:x/}" mscan "${path[@]}" -rl x d
    expect 0 'd/sub/deep/g\n' mscan "${path[@]}" -rL x d
    expect 0 'd/a:2:y\nd/sub/deep/g:1:y\n' mscan "${path[@]}" -rn y d
    expect 0 'd/-:0\nd/.hidden:0\nd/B:0\nd/a:1\nd/b:0\nd/sub/deep/g:1\nd/sub/f:0\nd/sub-/h:0\nd/é/i:0\n' \
        mscan "${path[@]}" -rc y d
    expect 0 "$(printf 'x%.0s\\n' 1 2 3 4 5 6 7 8)" mscan "${path[@]}" -rh x d
}
each_path each
expect 1 '' mscan -r z d
expect 0 '' mscan -rq x d

# Names are shown for a directory, and for many operands; not for one file.
expect 0 'x\n' mscan -r x top
expect 0 'top:x\n' mscan -rH x top
mkdir empty one
file one/f 'x\n'
expect 1 '' mscan -r x empty
expect 0 'one/f:x\n' mscan -r x one

# Without an operand it is the working directory, and standard input is left alone.
in_d() { printf 'x\n' | (cd d && mscan "$@"); }
expect 0 "${order//d\//}" in_d -r x
expect 0 "${order//d\//./}" in_d -r x .
expect 0 'x\n' in_d -r -d read x
expect 0 'x\n' in_d -r x -

# A directory that is not to be searched.
expect_error 2 '' 'mscan: d: Is a directory\n' mscan x d
expect_error 2 'd:0\ntop:1\n' 'mscan: d: Is a directory\n' mscan -c x d top
expect_error 2 'd\n' 'mscan: d: Is a directory\n' mscan -L x d top
expect_error 2 'top\n' 'mscan: d: Is a directory\n' mscan -l x d top
expect 2 '' mscan -s x d
expect 0 'top:x\n' mscan -d skip x d top
expect 0 "" mscan -d skip -L x d top
expect_like 2 '' '.*invalid argument .x.*' mscan -d x x d
expect_like 2 '' '.*invalid argument .re.*' mscan -d re x d

# Symbolic links: followed when named, and all of them with -R, round which a circle is seen.
ln -s d link
ln -s ../../one d/sub/one
ln -s .. d/sub/up
ln -s nowhere d/dangling
ln -s ../top d/link
expect 0 "${order//d\//link/}" mscan -r x link
expect 0 "$order" mscan -r x d
followed='d/-:x\nd/.hidden:x\nd/B:x\nd/a:x\nd/b:x\nd/link:x\nd/sub/f:x\nd/sub/one/f:x\nd/sub-/h:x\nd/é/i:x\n'
gone='mscan: d/dangling: No such file or directory\n'
loop='mscan: d/sub/up: warning: recursive directory loop\n'
expect_error 2 "$followed" "$gone$loop" mscan -R -j1 x d
expect_error 2 "$followed" "$gone$loop" mscan -R -r -j3 x d
expect 2 "$followed" mscan -Rs x d
rm d/dangling
expect_error 0 "$followed" "$loop" mscan -R x d
expect_error 1 '' "$loop" mscan -R z d

# Devices: passed over, unless they are named, or by -R or -D read.
mkfifo one/fifo
expect 0 'one/f:x\n' mscan -r x one
expect 0 'one/f:x\n' mscan -R -D skip x one
expect 1 '' mscan -D skip x one/fifo /dev/null
read_fifo() { printf 'x\nx\n' >one/fifo & mscan "$@"; local status=$?; wait; return $status; }
expect 0 'one/fifo:x\none/fifo:x\n' read_fifo -r x one/fifo --with-filename
expect 0 'one/f:1\none/fifo:2\n' read_fifo -Rc x one
expect 0 'one/f:1\none/fifo:2\n' read_fifo -r -D read -c x one
expect_like 2 '' '.*invalid argument .x.*' mscan -D x x d

# The output is not read, wherever it is found.
into() { local target=$1; shift; mscan "$@" >"$target"; }
expect_error 2 '' 'mscan: out/o: input file is also the output\n' eval 'mkdir out; cp top out/f; into out/o -r x out'
[ "$(cat out/o)" = out/f:x ] || fail "out/o holds $(cat out/o)"
expect 0 '' into out/o -rl x out

# A tree that is deeper than any path may be long, and than there are descriptors.
deep=$(printf '%0200d' 0)
(
    mkdir deep && cd deep || exit
    for ((i = 0; i < 40; i++)); do
        mkdir "$deep" 1 && file 1/f "$i\n" && file z "$i\n" && cd "$deep" || exit
    done
)
deep_run() { (ulimit -n 24; exec "$MSCAN" -j2 -rh . deep); }

deepest() { deep_run | sort -n | uniq -c | awk '{ print $1, $2 }'; }
expect 0 "$(for ((i = 0; i < 40; i++)); do printf '2 %d\\n' $i; done)" deepest
expect 0 '80\n' eval 'deep_run | wc -l'

# Many files in one directory, and many directories with one.
mkdir many wide
seq 3000 | sed 's,^,many/,' | xargs touch
seq 300 | sed 's,^,wide/,' | xargs mkdir
for ((i = 1; i <= 300; i++)); do echo "$i" >"wide/$i/f"; done
few() { (ulimit -n 20; exec "$MSCAN" -j4 "$@"); }
expect 1 '' few -rL x many --include=0
expect 0 '3000\n' eval 'few -rL x many | wc -l'
expect 0 "$(seq 300 | LC_ALL=C sort | sed 's,$,\\n,' | tr -d '\n')" few -rh . wide

# A directory that may not be read.
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    chmod 755 "$check_dir" "$check_dir/work"
    mkdir locked
    file locked/f 'x\n'
    mkdir locked/in
    file locked/in/f 'x\n'
    chmod 0 locked/in
    as_nobody() { setpriv --reuid=65534 --clear-groups "$MSCAN" "$@"; }
    expect_error 2 'locked/f:x\n' 'mscan: locked/in: Permission denied\n' as_nobody -r x locked
    expect_error 2 '' 'mscan: locked/in: Permission denied\n' as_nobody -r x locked/in
    expect 0 'locked/f:x\n' as_nobody -r x --exclude-dir=in locked
    expect 2 'locked/f:x\n' as_nobody -rs x locked
fi

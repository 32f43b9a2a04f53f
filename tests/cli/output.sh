#!/usr/bin/env bash
# --output: a file is replaced when all has gone well.
. "$(dirname "$0")/check.sh"

seq 1000 >f
only()
{
    [ "$(ls -A)" = "$1" ] || fail "there is more than $1: $(ls -A)"
}
expect 0 '' mscan --output=out 99 f
expect 0 '99\n199\n' head -n 2 out
expect 1 '' mscan --output=out zzz f
expect 0 '' cat out
expect 0 '' mscan --wc -l --output=out f
expect 0 '1000 f\n' cat out
only $'f\nout'

# What fails leaves it as it was.
expect_like 2 '' '.*missing.*' mscan --output=out 99 f missing
expect_like 1 '' '.*missing.*' mscan --wc --output=out f missing
expect 0 '1000 f\n' cat out
expect_like 2 '' '.*' mscan --output=out '(' f
expect 0 '1000 f\n' cat out
expect 1 '' mscan --output=new -m0 9 f
expect 0 '' cat new
rm new
only $'f\nout'

# Links, modes and what is no file.
ln -s out link
chmod 640 out
expect 0 '' mscan --output=link -c 99 f
[ -L link ] || fail 'the link was replaced'
expect 0 '19\n' cat out
expect 0 '640\n' stat -c %a out
rm link
expect_error 2 '' 'mscan: .: Is a directory\n' mscan --output=. 9 f
expect_error 2 '' 'mscan: /dev/null: not a regular file\n' mscan --output=/dev/null 9 f
expect_error 2 '' 'mscan: missing/out: No such file or directory\n' mscan --output=missing/out 9 f
expect_like 2 '' 'mscan: : No such file or directory.*' mscan --output= 9 f
only $'f\nout'
# Other names.
mkdir "a b" && cd "a b" || exit 99
long=$(printf 'ä%.0s' {1..127})
expect 0 '' mscan --output="./$long" 1000 ../f
expect 0 '1000\n' cat "$long"
cd ..
# A file may be replaced by what is found in it.
expect 0 '' mscan --output=f 100 f
expect 0 '100\n1000\n' cat f

# Two that run at once, and one that is killed: the file is whole at any time.
seq 300000 >large
wanted=$(grep -c 7 large)
for _ in 1 2 3 4; do
    mscan --output=both 7 large &
done
wait
expect 0 "$wanted\n" mscan -c '' both
mkdir killed
mscan --output=killed/out 7 - < <(cat large; sleep 100) &
for _ in {1..100}; do
    [ -n "$(ls -A killed)" ] && break
    sleep 0.05
done
kill -KILL $!
wait $! 2>/dev/null
[ -e killed/out ] && fail 'a killed run left its output'
[[ $(ls -A killed) == .out.*.part ]] || fail "a killed run left $(ls -A killed)"

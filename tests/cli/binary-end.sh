#!/usr/bin/env bash
# Nothing of a file is printed behind the line that is not text, whatever other threads have found there already.
. "$(dirname "$0")/check.sh"

python3 - <<'END'
line = b'rootrootrootrootroot\n'
with open('f', 'wb') as file:
    file.write(line * 52000 + b'root\0\n' + line * 150000)
END
"$MSCAN" -j1 -ob . f >one
tail -n 1 one | grep -qx 'Binary file f matches' || fail 'the last line is not the message'
for run in 1 2 3 4 5 6; do
    "$MSCAN" -j2 -ob . f >two
    cmp one two || fail "run $run differs from one thread"
done

#!/usr/bin/env bash
# A file that stands at a position is searched from there.
. "$(dirname "$0")/check.sh"

file f '1 a\n2 a\n3 b\n4 a\n'

# dd moves the position exactly, where head may read more than it uses.
at()
{
    local count=$1
    shift
    { dd bs="$count" count=1 of=/dev/null 2>/dev/null; mscan "$@"; } <f
}

each()
{
    expect 0 '2 a\n4 a\n' at 4 "${path[@]}" a
    expect 0 'a\n2 a\n4 a\n' at 2 "${path[@]}" a
    expect 0 '\n2 a\n3 b\n4 a\n' at 3 "${path[@]}" ''
    expect 0 '1:2 a\n3:4 a\n' at 4 "${path[@]}" -n a
    expect 0 '2\n' at 4 "${path[@]}" -c a
    expect 0 '3 b\n' at 8 "${path[@]}" b -
    expect 1 '' at 12 "${path[@]}" b
    expect 1 '' at 16 "${path[@]}" ''
    expect 1 '' at 100 "${path[@]}" ''
    expect 0 '(standard input):2 a\nf:1 a\n' at 4 "${path[@]}" -m1 a - f
    expect 0 'b\n' at 4 "${path[@]}" --chunk-size=1 -o b
    # Named, it is opened anew.
    expect 0 '1 a\n' at 4 "${path[@]}" 1 f
    [ ! -e /dev/stdin ] || expect_like 0 '(1 a.)?2 a.4 a.' '' at 4 "${path[@]}" a /dev/stdin
    # Beyond the end.
    expect 1 '' beyond "${path[@]}" ''
}
beyond() { python3 -c 'import os, sys; os.lseek(0, 1000, 0); os.execv(sys.argv[1], sys.argv[1:])' "$MSCAN" "$@" <f; }
need python3
each_path each

# A position in a large file, not at a page's or a chunk's begin.
seq 1000000 >f
tail -c +1000002 f | grep 999 >wanted
each()
{
    expect_file 0 wanted at 1000001 "${path[@]}" 999
    expect 0 "$(tail -c +1000002 f | wc -l)\n" at 1000001 "${path[@]}" -c ''
}
each_path each

# What counting leaves: standard input at its end, unless it stands beyond that.
seq 100 >f
rest() { { dd bs="$1" count=1 of=/dev/null 2>/dev/null; mwc "${@:2}"; cat; } <f; }
each()
{
    for what in c:'288\n' l:'98\n' w:'98\n' m:'288\n' L:'3\n'; do
        expect 0 "${what#*:}" rest 4 "${path[@]}" "-${what%%:*}"
    done
    expect 0 '1 -\n' rest 291 "${path[@]}" -c -
    expect 0 '0\n' rest 292 "${path[@]}" -c
    expect 0 '0\n0\n' beyond_end "${path[@]}" -c
}
beyond_end()
{
    python3 -c 'import os, subprocess, sys; os.lseek(0, 1000, 0)
subprocess.run(sys.argv[1:]); print(os.lseek(0, 0, 1) - 1000)' "$MSCAN" --wc "$@" <f
}
each_path each

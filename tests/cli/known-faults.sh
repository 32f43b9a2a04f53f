#!/usr/bin/env bash
# Where releases of PCRE2 are wrong, or contradict themselves, the answer is right, and the same under every split.
. "$(dirname "$0")/check.sh"

printf 'a\n' >a
printf 'E1\n' >e
expect 0 'a\n' mscan '(?=a)b?a' a
expect 0 'a\n' mscan -o '(?=a)b?a' a
expect 0 'a\n' mscan -io '(?=a)b?A' a
expect 0 '1\n' mscan -c '(?=E)W?E(\d)\1?' e
expect 0 'E1\n' mscan -o '(?=E)W?E(\d)\1?' e
expect 0 'a\n' mscan -ow '(?=a)b?a' a
expect 0 'a\n' mscan -ox '(?=a)b?a' a
expect 0 'a\n' mscan -o -e '(?=a)b?a' -e '(.)\1' a

# What PCRE2 misses in a line it may find in a window, by a character of a later line.
yes 'abc # x' | head -n 20000 >lines
printf 'fg#\nabc # x\n#\n' >mixed
for pattern in '(?=#)\s*#' 'z*(?=#)\s*#' '(?:z?(?=#))\s*#' '(?=#)\s*#|(.)\1' '(?=#)(?:\s|z)*#(?|()|())'; do
    for options in -j1 -j3 '-j3 --mmap' '-j3 --no-mmap' '-j2 --chunk-size=7' '-j3 --chunk-size=64' -j3\ --chunk-size=1000 \
        --engine=pcre2 '--engine=pcre2 --no-jit'; do
        # shellcheck disable=SC2086
        {
            expect 0 '20000\n' mscan --count-matches $options -e "$pattern" lines
            expect 0 '20000\n' mscan -c $options -e "$pattern" lines
            expect 0 '1:#\n2:#\n3:#\n' mscan -no $options -e "$pattern" mixed
        }
    done
done

# The JIT and [:graph:].
printf 'a\343\200\200b\nab\n' >wide
expect 0 '2\n' mscan -c '^[[:graph:]\x{3000}]+$' wide
expect 0 'a\343\200\200b\nab\n' mscan -o '[[:graph:]\x{3000}]+' wide
expect 0 'a\343\200\200b\nab\n' mscan -o '[[:print:]\x{3000}]+' wide

# Others in the table of src/pcre2/known-faults.c.
printf 'bb\n' >b
expect 0 'bb\n' mscan -o 'b+(?:c)?+b' b
printf 'aaa\n' >aaa
expect 1 '' mscan '(?>a*|)a' aaa
printf 'x1\n' >one
expect 0 '1\n' mscan -o '(1|)b*1' one
printf 'aaaaa\n' >property
expect 0 'aaaaa\n' mscan --no-unicode -o 'aaaaa[\pN]?' property

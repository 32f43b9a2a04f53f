#!/usr/bin/env bash
# Lines end with a newline; the last may lack it and gets one; a carriage return is text.
. "$(dirname "$0")/check.sh"

each()
{
    file f 'a\nb'
    expect 0 'b\n' mscan "${path[@]}" b f
    expect 0 'a\nb\n' mscan "${path[@]}" . f
    expect 0 'a\nb\n' mscan "${path[@]}" '' f
    expect 0 'b\n' mscan "${path[@]}" -v a f
    expect 0 '2:b\n' mscan "${path[@]}" -n b f
    expect 0 '2\n' mscan "${path[@]}" -c . f
    expect 0 'b\n' mscan "${path[@]}" 'b$' f
    expect 0 'b\n' mscan "${path[@]}" -o b f
    file f 'b'
    expect 0 'b\n' mscan "${path[@]}" b f
    expect 0 '1\n' mscan "${path[@]}" -c '' f
    file f '\n'
    expect 0 '\n' mscan "${path[@]}" '' f
    expect 0 '\n' mscan "${path[@]}" '^$' f
    expect 1 '' mscan "${path[@]}" . f
    expect 0 '\n' mscan "${path[@]}" -v . f
    file f '\n\n\n'
    expect 0 '\n\n\n' mscan "${path[@]}" '' f
    expect 0 '3\n' mscan "${path[@]}" -c '^$' f
    expect 0 '1:\n2:\n3:\n' mscan "${path[@]}" -n '$' f
    file f ''
    expect 1 '' mscan "${path[@]}" '' f
    expect 1 '' mscan "${path[@]}" '^$' f
    expect 1 '' mscan "${path[@]}" -v x f
    expect 1 '0\n' mscan "${path[@]}" -c '' f
    expect 1 '' mscan "${path[@]}" '' - <f
    # Every file's last line, and the next file's first.
    file f 'a'
    file g 'a'
    expect 0 'f:a\ng:a\nf:a\n' mscan "${path[@]}" a f g f
    # Carriage returns.
    file f 'a\r\n\r\nb\r\n'
    expect 0 'a\r\n' mscan "${path[@]}" a f
    expect 1 '' mscan "${path[@]}" 'a$' f
    expect 0 'a\r\n' mscan "${path[@]}" 'a\r$' f
    expect 1 '' mscan "${path[@]}" '^$' f
    expect 0 '3\n' mscan "${path[@]}" -c '\r$' f
    expect 0 'a\nb\n' mscan "${path[@]}" -o '[ab]' f
    file f 'a\rb\n'
    expect 0 'a\rb\n' mscan "${path[@]}" '^a.b$' f
    expect 1 '' mscan "${path[@]}" '^b' f
}
each_path each

#!/usr/bin/env bash
# Patterns are PCRE2's, whatever they look like.
. "$(dirname "$0")/check.sh"

file f 'foobar\nfoobaz\nabab\nabcd\n2024-01-31 x\n a b\nFOO\n(x)\n((x))\n'

expect 0 'foobar\n' mscan 'foo(?=bar)' f
expect 0 'foobaz\n' mscan 'foo(?!bar)' f
expect 0 'foobaz\n' mscan '(?<=fooba)z' f
expect 0 'abab\n' mscan '(ab)\1' f
expect 0 'abab\n' mscan '(?<p>ab)\k<p>' f
expect 0 'abab\n' mscan '^(..)(?1)$' f -o --max-count=1
expect 0 '2024-01-31\n' mscan -o '\d{4}-\d\d-\d\d' f
expect 0 'bar\n' mscan -o 'foo\Kbar' f
expect 0 '3:bar\n' mscan -ob 'foo\Kbar' f
expect 0 'foobar\nfoobaz\nFOO\n' mscan '(?i)foo' f
expect 0 ' a b\n' mscan '(?x) a \s b # comment' f
expect 0 ' a b\n' mscan '(?x) a \s b' f
expect 0 '(x)\n((x))\n' mscan '^(\((?:x|(?1))\))$' f
expect 0 '(x)\n((x))\n' mscan '\Q(x)\E' f
expect 0 '(x)\n((x))\n' mscan '\Q(x)' f
expect 1 '' mscan '(?>fo|foo)bar' f
expect 1 '' mscan 'fo*+obar' f
expect 0 'foobar\n' mscan '\x66oo\x{62}ar' f
expect 0 'foobar\nfoobaz\nFOO\n' mscan '^[[:alpha:]]{3}(ba|$)' f
expect 0 'foobar\n' mscan 'fooba(*COMMIT)r' f
expect 0 'abab\n' mscan '(?|a(b)|c(d))a\1' f
expect 0 'abcd\n' mscan 'ab(?(?=c)cd|zz)' f
expect 0 'foobar\n' mscan '(?#comment)fooba(?#another)r' f
expect 0 'foobar\n' mscan '(*NO_JIT)foobar' f
expect 0 'foobar\n' mscan '(*UTF)(*UCP)foobar' f
expect 0 'foobar\n' mscan '(*LIMIT_MATCH=100000)foobar' f
expect 0 'foobar\n' mscan -x '(*UCP)foobar' f
expect 0 'foobar\n' mscan -w '(*UCP)foobar' f
expect 0 '(x)\n' mscan -x '\Q(x)' f
expect 0 ' a b\n' mscan -x '(?x) \s a \s b # comment' f

# Anchors are those of the line.
expect 0 'foobar\nfoobaz\n' mscan '^foo' f
expect 0 'foobar\nfoobaz\n' mscan '\Afoo' f
expect 0 'foobar\n' mscan 'bar$' f
expect 0 'foobar\n' mscan 'bar\z' f
expect 0 'foobar\n' mscan 'bar\Z' f
expect 0 'foobar\nfoobaz\n' mscan '\Gfoo' f
expect 0 'foobar\n' mscan '(?m)bar$' f
expect 0 'foobar\n' mscan '(?m)^foobar$' f

# A match of one line never depends on another match of it.
file repeat 'aaaa\nabcabc\n'
expect 0 'aa\naa\n' mscan -o 'aa' repeat
expect 0 'a\na\na\na\n' mscan -o 'a' -m1 repeat
expect 0 'abc\n' mscan -o '^abc' repeat
expect 0 'abc\n' mscan -o 'abc(?!abc)' repeat
expect 0 'c\nc\n' mscan -o '(?<=b)c' repeat

# Not too large, but it would be with the newline taken out of each set.
file wide 'ax\n'
expect 0 'ax\n' mscan --no-unicode '(?:\W){1900}|ax' wide

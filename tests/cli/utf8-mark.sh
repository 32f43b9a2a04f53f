#!/usr/bin/env bash
# The byte-order mark of UTF-8 at the start of a file stands before its first line: patterns do not see it.
. "$(dirname "$0")/check.sh"

mark='\0357\0273\0277'
text='foo bar\nfoo\n\nbar foo\n'
file plain "$text"
file f "$mark$text"

# every WANTED OPTION...: whatever way the file is read and cut, and whatever engine finds the lines.
every()
{
    local wanted=$1 status=0 size engine
    shift
    [ -n "$wanted" ] || status=1
    for size in 1 2 3 7 1M; do
        for engine in auto pcre2 literal dfa; do
            expect $status "$wanted" mscan --mmap -j3 --chunk-size=$size --engine=$engine "$@" f
            expect $status "$wanted" mscan --no-mmap -j2 --chunk-size=$size --engine=$engine "$@" f
        done
    done
    expect $status "$wanted" mscan "$@" - <f
    expect $status "$wanted" drip "$@"
}
# The first reads give one and two bytes of the mark.
drip()
{
    { head -c 1 f && sleep 0.02 && tail -c +2 f | head -c 1 && sleep 0.02 && tail -c +3 f; } | mscan "$@"
}
every "${mark}foo bar\nfoo\n" '^foo'
every "${mark}foo bar\n" '^foo bar$'
every "${mark}foo bar\n" -x 'foo bar'
every "${mark}foo bar\n" -E '^fo+ '
every "${mark}foo bar\n" -G '^fo* '
every "${mark}foo bar\n" -F -x 'foo bar'
every "${mark}foo bar\n" '\Afoo (?<=^foo )b'
every "1:3:foo\n2:11:foo\n" -onb '^foo'
every "1:5:${mark}foo bar\n4:1:bar foo\n" --column bar
every "1:1:${mark}foo bar\n2:1:foo\n4:5:bar foo\n" --column foo
every "0:${mark}foo bar\n" -b '^foo '
every "7:bar\n16:bar\n" -ob bar
every '2\n' --count-matches '^foo'
every '2\n' -c '^foo'
every '' -q '^oo'
every "16:bar foo\n" -b '^bar'
every '\n' -v .
every "${mark}foo bar\n" -v '^foo$|^$|^bar'
every "${mark}X bar\nX\n\nbar foo\n" --passthru --replace=X '^foo'
every "${mark}foo bar\nfoo\n" -w -m2 foo
every "${mark}foo bar\nfoo\n" --last=2 '^foo'
every "1:${mark}foo bar\n2:foo\n" -n --last=2 '^foo'
every "1-${mark}foo bar\n2:foo\n" -nB1 '^foo$'
every "2:foo\n3-\n4-bar foo\n" -nA2 '^foo$'
every "${mark}foo bar\n" --and '^foo' ' bar'
every 'foo\n' --not '^foo bar' '^foo'
every '1\n' -zc '\A(?s)foo.*bar foo'
every "${mark}foo bar\n" --crlf '^foo bar$'
every "${mark}foo bar\n" '^\X{4}bar$'
every "${mark}\e[01;31m\e[Kfoo\e[m\e[K bar\n\e[01;31m\e[Kfoo\e[m\e[K\n" --color=always '^foo'
every "${mark}foo bar\n" --max-columns=7 ' bar'
every "${mark}[line of 7 bytes, 1 match]\n" --max-columns=6 ' bar'
every "${mark}foo [... 4 bytes]\n" --max-columns=3 --max-columns-preview '^foo '

# All the same with the mark as without it, but for the mark and, with -b, offsets.
same()
{
    local status=0
    mscan "$@" - <plain >wanted || status=$?
    check_run $status mscan --chunk-size=2 -j3 "$@" - <f
    LC_ALL=C sed $'s/\xef\xbb\xbf//' "$out" >got
    check_same "without marks: $shown" wanted got
}
for pattern in '' '^' '$' '^$' . foo '^foo' 'foo$' '^foo$' '^foo bar$' 'bar|^f' '\bfoo' '\Bfoo' '(?<!.)f' '(?<=\W)f' '^\W' \
    '[^a]' '^.{7}$' '\p{Cf}' '[^\x00-\x7f]' 'zz|^(?=f)' '(.)\1' '^(?:(.)oo)'; do
    for options in '' -v -c -vc -o -x -w -xo -wo -n -in --column --count-matches -l -L '--replace=[$0]' '--passthru --replace=<$0>' \
        -C1 -vC1 -nB1 -A1 '-m1 -A1' --color=always '-v --color=always' '-on --column' --last=1 '--last=2 -B1' \
        --skip-matches=1 '--skip-matches=1 -m1' --max-columns=4 '--max-columns=3 --max-columns-preview' \
        '--max-columns=3 --max-columns-preview=match' -z -zo --crlf --passthru '-T --replace=' -T '--and foo' '--not foo' \
        '--and ^f --not ^$'; do
        # shellcheck disable=SC2086
        same $options -e "$pattern"
    done
done

# Several files, trees, descriptors that do not stand at the start, marks elsewhere.
mkdir d
cp f d/a
file d/b "${mark}zoo\n$mark"
expect 0 "d/a:${mark}foo bar\nd/a:foo\n" mscan '^foo' d/a d/b
expect 0 "d/b:1:${mark}zoo\n" mscan -rn '^zoo' d
expect 0 '2\n' mscan -hc '.' d/b
expect 1 '0\n' mscan -c '^$' d/b
at_offset() { { head -c "$1" >/dev/null && mscan "${@:2}"; } <g; }
file g "$mark${mark}foo\n"
expect 0 "$mark${mark}foo\n" mscan '^.foo' g
expect 1 '' mscan '^foo' g
for how in --mmap --no-mmap; do
    expect 1 '' at_offset 3 $how '^foo'
    expect 0 "3:foo\n" at_offset 3 $how -ob foo
    expect 0 "0:foo\n" at_offset 6 $how -ob '^foo'
done

# The mark before a line that is longer than a chunk and a window.
{ printf '\357\273\277' && head -c 2000000 /dev/zero | tr '\0' x && echo foo; } >long
for how in --mmap --no-mmap; do
    for engine in auto pcre2 literal dfa; do
        cut=("$how" -j3 --chunk-size=100000 --engine=$engine)
        expect 0 '1\n' mscan "${cut[@]}" -c '^x+foo$' long
        expect 0 '2000003:foo\n' mscan "${cut[@]}" -ob foo long
        expect 0 '3:xx\n' mscan "${cut[@]}" -ob '^xx' long
        expect 1 '0\n' mscan "${cut[@]}" -vc '^x' long
        expect 1 '' mscan "${cut[@]}" '^foo|^.x+f$' long
    done
done

# Who searches for the mark finds it; so does who says that text is bytes.
for pattern in '\x{FEFF}' '\x{feff}foo' '^\x{0fefF}' '\N{U+FEFF}' '\o{177377}' '[z\x{feff}]' $'\xef\xbb\xbf' $'\ufefff'; do
    expect 0 '1\n' mscan -c "$pattern" f
    expect 0 '1\n' mscan -c -e zz -e "$pattern" f
    expect 0 "${mark}foo bar\n" mscan --and "$pattern" foo f
    expect 0 '2\n' mscan --not "$pattern" -c foo f
done
for syntax in -F -G -E; do
    expect 0 "$mark\n" mscan -o $syntax $'\ufeff' f
done
expect 0 "${mark}foo bar\n" mscan -x '\x{FEFF}foo bar' f
expect 1 '' mscan -F '\x{FEFF}' f
expect 1 '' mscan '\\x{FEFF}' f
expect 1 '' mscan --no-unicode '^foo bar' f
expect 0 "${mark}foo bar\n" mscan --no-unicode '^\xef\xbb\xbff' f
expect 1 '' env LC_ALL=C "$MSCAN" '^foo bar' f

# A file that is nothing but the mark has no line; a newline behind it ends an empty one.
file only "$mark"
file empty_line "$mark\n"
for options in '' -v -c -l -q -o -x -z -A1 --passthru --last=1 --count-matches -n --color=always; do
    for pattern in '' '^$' a; do
        # shellcheck disable=SC2086
        file wanted "$(mscan $options "$pattern" /dev/null | cat)"
        [ ! -s wanted ] || echo >>wanted
        # shellcheck disable=SC2086
        expect_file 1 wanted mscan $options "$pattern" only
    done
done
expect_like 1 '' '.*lines: 0.*' mscan --stats a only
expect 0 '1\n' mscan -c '^$' empty_line
expect 0 '1\n' mscan -c '' empty_line
expect 0 "1:0:$mark\n" mscan -nb '^$' empty_line
expect 1 '' mscan -v '' empty_line
expect 0 "$mark\n" mscan -v . empty_line
file part '\0357\0273'
expect_error 0 'Binary file part matches\n' '' mscan -v a part

# Files of patterns and of globs, too.
file p "${mark}^foo b\nzz\n"
expect 0 "${mark}foo bar\n" mscan -f p f
expect 0 "${mark}foo bar\n" mscan -f - f <p
expect 0 "${mark}foo bar\n" mscan -f plain -f p --and b --not '^b' f
file p "$mark"
expect 1 '' mscan -f p f
file p "${mark}a\n"
expect 0 'd/b\n' mscan -rl --exclude-from=p '' d

# Counted as by wc.
for kind in -l -w -c -m -L; do
    for name in f d/b only empty_line g; do
        expect 0 "$(wc $kind $name)\n" mwc $kind $name
    done
done

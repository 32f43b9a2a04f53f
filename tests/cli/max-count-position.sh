#!/usr/bin/env bash
# With -m, -q, -l and -L, standard input is left after the last line that was wanted, else at its end.
. "$(dirname "$0")/check.sh"

file f 'a1\nb1\na2\nb2\na3\nb3\n'
file other 'other\n'


each()
{
    expect 0 'a1\n--\nb1\na2\nb2\na3\nb3\n' two "${path[@]}" -m1 a
    expect 0 'a1\na2\n--\nb2\na3\nb3\n' two "${path[@]}" -m2 a
    expect 0 'a1\na2\na3\n--\nb3\n' two "${path[@]}" -m3 a
    expect 0 'a1\na2\na3\n--\n' two "${path[@]}" -m4 a
    expect 0 'a1\na2\na3\n--\n' two "${path[@]}" a
    expect 0 'b1\n--\na2\nb2\na3\nb3\n' two "${path[@]}" -v -m1 a
    expect 0 '2\n--\nb2\na3\nb3\n' two "${path[@]}" -c -m2 a
    expect 0 'a\n--\nb1\na2\nb2\na3\nb3\n' two "${path[@]}" -o -m1 a
    expect 0 '3:a2\n--\nb2\na3\nb3\n' two "${path[@]}" -n -m1 a2
    expect 0 'a1\n--\nb1\na2\nb2\na3\nb3\n' two "${path[@]}" -m1 ''
    expect 0 'a1\n--\nb1\na2\nb2\na3\nb3\n' two "${path[@]}" --chunk-size=1 -m1 a
    expect 0 '--\n' two "${path[@]}" x
    expect 0 '3\n--\n' two "${path[@]}" -c a
    expect 0 '--\na1\nb1\na2\nb2\na3\nb3\n' two "${path[@]}" -m0 a
    # One after the other.
    expect 0 'a1\na2\na3\n' three "${path[@]}" -m1 a
    # What needs one line leaves it after that.
    for option in -q -l -L -c; do
        local printed=$option status=0
        case $option in
        -q) printed='' ;;
        -l) printed='(standard input)\n' ;;
        -L) printed='' status=1 ;;
        -c) printed='1\n' ;;
        esac
        for more in '' '--chunk-size=1' '-i' '-S'; do
            expect 0 "$printed--\nb1\na2\nb2\na3\nb3\n" two "${path[@]}" $option -m1 $more a
            [ $option = -c ] && continue
            expect 0 "$printed--\nb1\na2\nb2\na3\nb3\n" two "${path[@]}" $option $more a
            expect 0 "$printed--\nb2\na3\nb3\n" two "${path[@]}" $option $more a2
            expect 0 "$printed--\na2\nb2\na3\nb3\n" two "${path[@]}" $option -v $more a
            expect 0 "$printed--\n" two "${path[@]}" $option $more b3
        done
    done
    expect 0 '--\n' two "${path[@]}" -q x
    expect 0 '(standard input)\n--\n' two "${path[@]}" -L x
    # A later file that is found sooner changes nothing, nor does an earlier one that ends it all.
    expect 0 '--\nb2\na3\nb3\n' two "${path[@]}" -q a2 - other
    expect 0 '--\n' two "${path[@]}" -q 'other' - other
    expect 0 '--\na1\nb1\na2\nb2\na3\nb3\n' two "${path[@]}" -q 'other' other -
    # Named, it is the same.
    expect 0 '(standard input):a1\n--\nb1\na2\nb2\na3\nb3\n' two "${path[@]}" -H -m1 a -
}

two()
{
    { mscan "$@"; echo --; cat; } <f
}

three()
{
    { mscan "$@"; mscan "$@"; mscan "$@"; } <f
}
each_path each

seq 300000 >f
each()
{
    expect 0 '150000\n--\n150001\n' both "${path[@]}" -m1 150000
    expect 0 '299999\n--\n300000\n' both "${path[@]}" -m1 299999
    expect 0 '300000\n--\n' both "${path[@]}" -m1 300000
    # Of several lines, the first, whichever thread is first.
    expect 0 '--\n100002\n' both "${path[@]}" --chunk-size=10k -q '1$'  --and '^10000|^2.....$'
    expect 0 '--\n2\n' both "${path[@]}" -q 1
    expect 0 '--\n150001\n' both "${path[@]}" -q '0000$' --not '^.....$' --and 150000
    expect 0 '(standard input)\n--\n300000\n' both "${path[@]}" -l 299999
    expect 0 '--\n' both "${path[@]}" -q '300000|x' - other
}

both()
{
    { mscan "$@"; echo --; head -n 1; } <f
}
each_path each

# No newline at the end.
file f 'x\na'
expect 0 'a\n--\n' two -m1 a
expect 0 'x\n--\na' two -m1 x

# A pipe has no position; its writer goes on until it is closed.
expect 0 '' bash -c '"$MSCAN" -q a < <(printf "a\nb\n")'

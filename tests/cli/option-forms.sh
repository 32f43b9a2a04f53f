#!/usr/bin/env bash
# Options: short, in clusters, long, with = or not, abbreviated, the last one counts.
. "$(dirname "$0")/check.sh"

file f 'one\ntwo\nTWO\n'

expect 0 '2:two\n3:TWO\n' mscan -in two f
expect 0 '2:two\n3:TWO\n' mscan -i -n two f
expect 0 '2:two\n3:TWO\n' mscan --ignore-case --line-number two f
expect 0 '2:two\n3:TWO\n' mscan --ignore-c --line-n two f
expect 0 '2\n' mscan -ic two f

# Arguments: attached, apart, with =.
expect 0 'two\n' mscan -etwo f
expect 0 'two\n' mscan -e two f
expect 0 'two\n' mscan --regexp=two f
expect 0 'two\n' mscan --regexp two f
expect 0 'two\n' mscan --rege two f
expect 0 '1:one\n' mscan -nm1 -e. f
expect 0 '1:one\n' mscan -nm 1 . f
expect 0 'one\n' mscan --max-count=1 . f
expect 0 'one\n' mscan --max-count 1 . f
expect 0 'one\n' mscan --max-cou 1 . f

# Short forms that grep knows mean the same, though other options here begin like them.
expect 0 'two\nTWO\n' mscan --a 1 two f
expect 0 'f:one\n' mscan --la=x --with-f one f
expect 0 '1\n' mscan --cou two f
expect 0 '1\n' mscan --coun two f
expect 0 'two\n' mscan --col two f
expect 0 'two\n' mscan --col=never two f
for form in m ma max max- max-c max-co; do
    expect 0 'one\n' mscan --$form 1 . f
done
expect 2 '' mscan --no-m . missing
expect 0 'two\n' mscan --p 't\w+o' f
expect 0 '' mscan --s two f
expect 0 'two\n' mscan --t two f
expect_like 0 'Usage: mscan .*' '' mscan --h
expect_like 0 'Usage: mscan .*' '' mscan --he

# All short forms that the grep at hand takes, of options without an argument.
names=$(command grep --help 2>/dev/null | command grep -oE -- '--[a-z-]+([ =,[]|$)' | command grep -v '[=[]' | tr -d ' ,')
for name in $names; do
    for ((length = 3; length < ${#name}; length++)); do
        form=${name:0:length}
        command grep "$form" -e two f >by-grep 2>/dev/null
        status=$?
        [ $status -le 1 ] && [ "$name" != --help ] && [ "$name" != --version ] || continue
        check_run $status mscan "$form" -e two f
        cmp -s by-grep "$out" || fail "$form is not grep's $name"
    done
done

# -ein is the pattern "in", and -m takes what follows in the cluster.
expect 1 '' mscan -ein f
expect_like 2 '' "mscan: .*'1n'.*" mscan -m1n . f

# The last of those that contradict each other counts.
expect 0 'two\n' mscan -i --no-ignore-case two f
expect 0 'two\nTWO\n' mscan --no-ignore-case -i two f
expect 0 'f:two\n' mscan -h -H two f
expect 0 'two\n' mscan -H -h two f
expect 0 'f\n' mscan -L -l two f
expect 1 '' mscan -m 1 -m 0 two f
expect 0 'one\n' mscan -m 0 -m 1 . f
expect 0 'two\n' mscan --color=always --color=never two f
expect 0 'one\n' mscan -j 4 -j 1 one f
expect 0 'one\n' mscan --mmap --no-mmap one f

# Accepted, though the default.
expect 0 'two\n' mscan -P two f
expect 0 'two\n' mscan --perl-regexp two f
expect 0 'two\n' mscan --no-ignore-case two f
expect 1 '' mscan -F 't.o' f
expect 0 'two\n' mscan -F -P 't.o' f

#!/usr/bin/env bash
# A missing or wrong option: which, and how to get help; status 2, and nothing is searched.
. "$(dirname "$0")/check.sh"

file f 'one\n'
help='Usage: mscan \[OPTION\]... PATTERN \[FILE\]...'$'\n'"Try 'mscan --help' for more information."$'\n'

wrong()
{
    local text=$1
    shift
    expect_like 2 '' "mscan: $text"$'\n'"$help" mscan "$@" <f
}

wrong 'no pattern given'
wrong 'no pattern given' -i
wrong 'no pattern given' --
wrong "unrecognized option '--nope'" --nope one f
wrong "unrecognized option '--nope=3'" one f --nope=3
wrong "invalid option -- 'u'" -u one f
wrong "invalid option -- 'u'" -nu one f
wrong "option requires an argument -- 'e'" -e
wrong "option requires an argument -- 'f'" -f
wrong "option requires an argument -- 'm'" one f -m
wrong "option requires an argument -- 'j'" -nj
wrong "option '--regexp' requires an argument" --regexp
wrong "option '--label' requires an argument" one --label
wrong "option '--count' doesn't allow an argument" --count=3 one f
wrong "option '--line' is ambiguous; possibilities: '--line-regexp' '--line-number' '--line-buffered' '--line-base'" --line one f
# Only what --help shows is offered.
wrong "option '--no' is ambiguous; possibilities: '--not' '--no-ignore-case' '--no-unicode' '--no-jit' '--no-messages' '--no-filename' '--no-group-separator' '--no-match-ok' '--no-mmap'" --no x f
wrong "option '--ex=x' is ambiguous; possibilities: '--extended-regexp' '--exclude' '--exclude-from' '--exclude-dir' '--expect-size' '--explain'" --ex=x one f
wrong "option '--count' doesn't allow an argument" --coun=3 one f
# A name that is nearly one.
for pair in colur:color colr:color ingore-case:ignore-case ignorecase:ignore-case recursvie:recursive \
    max-colums=3:max-columns exlude=x:exclude Count:count with-filenames:with-filename passthrough:passthru; do
    wrong "unrecognized option '--${pair%%:*}'; did you mean '--${pair#*:}'\\?" "--${pair%%:*}" one f
done
for name in x xx sort follow hidden chunksize-of-nothing "$(printf '%0100d' 0)"; do
    wrong "unrecognized option '--$name'" "--$name" one f
done

wrong ".*'x'.*" -m x one f
wrong ".*''.*" -m '' one f
wrong ".*'1.5'.*" -m 1.5 one f
wrong ".*'x'.*" --max-count=x one f
wrong ".*'x'.*" -j x one f
wrong ".*'-1'.*" -j -1 one f
wrong ".*'1k'.*" --threads=1k one f
wrong ".*--color.*'sometimes'.*" --color=sometimes one f
wrong ".*--color.*''.*" --color= one f
wrong ".*--huge-pages.*'maybe'.*" --huge-pages=maybe one f
wrong ".*--madvise.*'often'.*" --madvise=often one f
wrong ".*--madvise.*'often'.*" --madvise=random,often one f
wrong ".*--madvise.*''.*" --madvise= one f
wrong ".*--match-limit.*'x'.*" --match-limit=x one f
wrong ".*--match-limit.*'0'.*" --match-limit=0 one f
wrong ".*--depth-limit.*'-5'.*" --depth-limit=-5 one f
wrong ".*--heap-limit.*''.*" --heap-limit= one f
wrong ".*--chunk-size.*'0'.*" --chunk-size=0 one f

# Numbers may be larger than any that the machine has.
expect 0 'one\n' mscan -m 99999999999999999999999 one f
expect 0 'one\n' mscan --match-limit=99999999999999999999 one f
expect 0 'one\n' mscan --threads=99999999999 one f

# -s is about files only.
wrong "unrecognized option '--nope'" -s --nope one f
wrong "no pattern given" -q

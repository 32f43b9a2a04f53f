#!/usr/bin/env bash
# 0: a line was selected, 1: none was, 2: something went wrong.
. "$(dirname "$0")/check.sh"

file f 'a\n'
file g 'b\n'
gone='mscan: missing: No such file or directory\n'

expect 0 'a\n' mscan a f
expect 1 '' mscan x f
expect 0 'f:a\n' mscan a f g
expect 0 'f:a\n' mscan a g f
expect 1 '' mscan x f g
# An error is stronger than a match, and a match with -q than an error.
expect_error 2 'f:a\n' "$gone" mscan a f missing
expect_error 2 'f:a\n' "$gone" mscan a missing f
expect_error 2 '' "$gone" mscan x f missing
expect_error 2 '' "$gone" mscan a missing
expect_error 0 '' "$gone" mscan -j1 -q a missing f
expect 0 '' mscan -j1 -q a f missing
expect_error 2 '' "$gone" mscan -q x f missing
expect 2 'f:a\n' mscan -s a f missing
expect 0 '' mscan -qs a missing f
expect_error 2 'f:1\n' "$gone" mscan -c a f missing
expect_error 2 'f\n' "$gone" mscan -l a f missing
expect_error 2 'g\n' "$gone" mscan -L a missing f g
# All that can go wrong with files.
expect_error 2 'f:a\n' "$gone""mscan: .: Is a directory\n" mscan a missing . f
# Counting is no different.
expect 1 '0\n' mscan -c x f
expect 0 '1\n' mscan -c a f
expect 1 'f\n' mscan -L x f
expect 0 '' mscan -L a f
expect 0 '' mscan -o '' f
# Nothing to search.
expect 1 '' mscan a /dev/null
expect 1 '' mscan '' /dev/null
# In any order of threads: errors are said in the order of the files.
names=()
wanted='' said=''
for ((i = 0; i < 40; i++)); do
    if ((i % 3)); then
        file "f$i" "a$i\n"
        wanted+="f$i:a$i\n"
    else
        said+="mscan: f$i: No such file or directory\n"
    fi
    names+=("f$i")
done
for threads in 1 2 8; do
    expect_error 2 "$wanted" "$said" mscan -j $threads a "${names[@]}"
done

# Schedulers take 75, 99, 100, 126 and more for other things than a failure.  Whatever goes wrong, it is none of them.
status_of() # COMMAND...
{
    local status=0
    "$@" >out 2>err </dev/null || status=$?
    [ "$status" -le 2 ] || fail "status $status: $*"
}
limited() # LIMIT COMMAND...
{
    # shellcheck disable=SC2086
    (ulimit $1 && shift && exec "$@") 2>/dev/null
}
seq 20000 >many
for command in '' '--wc' '--merge'; do
    for arguments in '' '-e ( f' '--nonsense' '-e a /nowhere' '-e a .' '-e (*LIMIT_MATCH=1)a*b f' '-f /nowhere f' '-j0x f' \
        '-e a f --output=/nowhere/x' '-e a f --byte-range=x' '-e a f --shard=9/3' '-e a f --expect-size=1' \
        '-e a f --manifest=/nowhere/m --output=/nowhere/o' '-n --shard=0/2 -e a f' '/nowhere' '.'; do
        # shellcheck disable=SC2086
        status_of "$MSCAN" $command $arguments
    done
done
# Where there is less, the loader does not start it.
for limit in '-v 40000' '-v 60000' '-v 100000' '-d 2000' '-n 4' '-n 5'; do
    [[ $limit == -v* || $limit == -d* ]] && [ -n "${ASAN_OPTIONS-}" ] && continue
    status_of limited "$limit" "$MSCAN" --output=result -n '(\d)\1' many
done

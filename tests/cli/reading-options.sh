#!/usr/bin/env bash
# --mmap, --no-mmap, --huge-pages, --madvise: another way, the same result.
. "$(dirname "$0")/check.sh"

seq 500000 >long
grep -n 99 long >wanted
file f 'a\n'
: >none

for options in --mmap --no-mmap '--mmap --no-mmap' --huge-pages=auto --huge-pages=never '--mmap --huge-pages=never' \
    '--no-mmap --huge-pages=auto' --madvise=none --madvise=sequential --madvise=willneed --madvise=random \
    --madvise=populate --madvise=sequential,willneed,populate --madvise=random,none '--mmap --madvise=populate'; do
    # shellcheck disable=SC2086
    {
        expect_file 0 wanted mscan $options -n 99 long
        expect 0 'a\n' mscan $options a f
        expect 1 '' mscan $options a none
        expect_file 0 wanted mscan $options -n 99 <long
    }
done

# "always" works, or says why it does not.
mscan --huge-pages=always -n 99 long >got 2>message
case $? in
0) cmp -s got wanted || fail "--huge-pages=always prints something else" ;;
2) expect_like 0 '(mscan: long: .+.)+' '' cat message
   expect 0 '' cat got ;;
*) fail "--huge-pages=always: status not 0 or 2" ;;
esac
expect_like 2 '' 'mscan: f: the file is smaller than a huge page.' mscan --mmap --huge-pages=always a f

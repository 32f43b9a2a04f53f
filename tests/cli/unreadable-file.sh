#!/usr/bin/env bash
# A file that may not be read: said, and the rest is searched.
. "$(dirname "$0")/check.sh"

file f 'a\n'
file secret 'a\n'
chmod 000 secret

# Root may read everything, so somebody else has to try.
as_user() { "$MSCAN" "$@"; }
if [ "$(id -u)" -eq 0 ]; then
    need setpriv
    chmod 755 "$check_dir" "$check_dir/work"
    as_user() { setpriv --reuid=65534 --regid=65534 --clear-groups "$MSCAN" "$@"; }
    as_user --version >/dev/null 2>&1 || skip "another user cannot run $MSCAN"
fi

expect_error 2 '' 'mscan: secret: Permission denied\n' as_user a secret
expect_error 2 'f:a\n' 'mscan: secret: Permission denied\n' as_user a secret f
expect_error 2 'f:a\n' 'mscan: secret: Permission denied\n' as_user a f secret
expect 2 'f:a\n' as_user -s a f secret
expect_error 2 'f:1\n' 'mscan: secret: Permission denied\n' as_user -c a f secret
expect_error 0 '' 'mscan: secret: Permission denied\n' as_user -j1 -q a secret f
expect_error 2 '' 'mscan: secret: Permission denied\n' as_user -f secret f
mkdir d
file d/f 'a\n'
chmod 000 d
expect_error 2 '' 'mscan: d/f: Permission denied\n' as_user a d/f

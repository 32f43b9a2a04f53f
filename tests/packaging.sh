#!/usr/bin/env bash
# What packagers meet: the archive, builds for another machine, and machines that configure refuses.
#
# Compiles nothing but what configure tries.

set -u
LC_ALL=C
export LC_ALL
unset MAKEFLAGS MAKELEVEL MFLAGS CONFIG_SITE
build=${top_builddir:?} source=${srcdir:?}

dir=$(mktemp -d "${TMPDIR:-/tmp}/mscan-packaging.XXXXXX") || exit 99
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
trap 'exit 99' HUP INT TERM
failures=0

fail()
{
    echo "FAIL: $*"
    tail -n 5 "$dir/log"
    failures=$((failures + 1))
}

# refuses MESSAGE ARGUMENT...: configure fails, and says so in a line that fits.
refuses()
{
    local message=$1
    shift
    mkdir "$dir/refused"
    if (cd "$dir/refused" && "$source/configure" "$@") >"$dir/log" 2>&1; then
        fail "configure $* succeeds"
    fi
    grep -q "error: $message" "$dir/log" || fail "configure $* does not say '$message'"
    rm -r "$dir/refused"
}

# --- a machine of 32 bits, and a PCRE2 that does not link ---

# The libraries of 32 bits need not be there.
cat >"$dir/cc32" <<'END'
#!/bin/sh
for argument; do
    test "$argument" != -c || exec cc -m32 "$@"
done
exec cc "$@"
END
chmod +x "$dir/cc32"
refuses 'mscan needs a 64-bit processor' CC="$dir/cc32"

mkdir "$dir/pc"
cat >"$dir/pc/libpcre2-8.pc" <<'END'
Name: libpcre2-8
Description: of another machine
Version: 10.42
Libs: -lpcre2-8-of-another-machine
END
refuses 'PCRE2 for .* is missing: .*of-another-machine' PKG_CONFIG_PATH="$dir/pc" PKG_CONFIG_LIBDIR="$dir/pc"

# --- the archive ---

# all_but_xz COMMAND...: runs it where there is no xz.
all_but_xz()
{
    local old=$PATH folder
    mkdir "$dir/bin"
    while IFS= read -r -d : folder; do
        [ ! -d "$folder" ] || find -L "$folder" -maxdepth 1 -type f ! -name 'xz*' -exec ln -s -t "$dir/bin" {} + 2>/dev/null
    done <<<"$old:"
    PATH=$dir/bin "$@"
}
(cd "$dir" && all_but_xz make -C "$build" distdir="$dir/unpacked" dist) >"$dir/log" 2>&1 && fail "make dist succeeds without xz"
grep -q 'make dist: xz is missing' "$dir/log" || fail "make dist does not say that xz is missing"
[ ! -e "$dir/unpacked" ] || fail "make dist leaves its folder"
[ ! -e "$dir/unpacked.tar.xz" ] || fail "make dist leaves an archive"

make -C "$build" distdir="$dir/unpacked" distdir >"$dir/log" 2>&1 || fail "make distdir fails"
for file in mscan mwc _mscan _mwc mscan.fish mwc.fish; do
    [ -s "$dir/unpacked/completions/$file" ] || fail "the archive lacks completions/$file"
done

# --- built for another machine: its program does not run, so the archive's completions are installed ---

chmod -R u+w "$dir/unpacked"
mkdir "$dir/cross"
sed -i '1s/^/# as in the archive\n/' "$dir/unpacked/completions/mscan"
cross()
{
    (cd "$dir/cross" &&
        "$1/configure" --build=x86_64-pc-linux-gnu --host="$(uname -m)-other-linux-gnu" CC="${CC:-cc}" PKG_CONFIG=pkg-config \
            AR=ar RANLIB=ranlib --prefix=/usr --with-zsh-completion-dir=/elsewhere)
}
cross "$dir/unpacked" >"$dir/log" 2>&1 || fail "configure for another machine fails"
make -C "$dir/cross" DESTDIR="$dir/installed" install-nodist_bashcompletionDATA install-nodist_zshcompletionDATA \
    install-nodist_fishcompletionDATA >"$dir/log" 2>&1 || fail "the completions cannot be installed"
cmp "$dir/unpacked/completions/mscan" "$dir/installed/usr/share/bash-completion/completions/mscan" ||
    fail "the completions for bash are not the archive's"
[ -s "$dir/installed/elsewhere/_mwc" ] || fail "the completions for zsh are not installed"
[ ! -e "$dir/cross/mscan" ] || fail "the program is built for the completions"

# Without an archive there are none, and configure says so.
rm -r "$dir/cross" "$dir/unpacked/completions"
mkdir "$dir/cross"
cross "$dir/unpacked" >"$dir/log" 2>&1 || fail "configure fails where the completions are not at hand"
grep -q 'completions  *left out' "$dir/log" || fail "configure does not say that completions are left out"
make -n -C "$dir/cross" install DESTDIR="$dir/installed" >"$dir/log" 2>&1 || fail "make install wants the completions"
! grep -q 'completions=bash' "$dir/log" || fail "the program is run though it is another machine's"

[ "$failures" -eq 0 ]

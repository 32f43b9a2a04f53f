# shellcheck shell=bash
# check.sh - what every test of the command line begins with.  Sourced, by bash:
#
#     #!/usr/bin/env bash
#     . "$(dirname "$0")/check.sh"
#
# The program is $MSCAN, an absolute path; by hand, `MSCAN=$PWD/mscan tests/cli/count.sh` does.
# The test finds itself in an empty directory of its own, which is removed at the end, with standard
# input at /dev/null and the locale C.UTF-8.  It ends with status 0, 1 when some expectation was not
# met (each is shown), 77 when it was skipped, 99 when it could not be run.  A test that hangs is
# ended after CHECK_TIMEOUT seconds (300).  CHECK_OPTIONS is given to every run of mscan: the whole
# suite should pass with, say, CHECK_OPTIONS='-j3 --chunk-size=7'.
#
# Expected texts are arguments of printf's %b: \n, \t, \\, \0ooo (octal), \xhh.

if [ -z "${CHECK_RUNNING-}" ]; then
    case ${MSCAN-} in
    /*) ;;
    '') [ -x ./mscan ] && MSCAN=$PWD/mscan ;;
    *) MSCAN=$PWD/$MSCAN ;;
    esac
    if [ ! -x "${MSCAN-}" ]; then
        echo "set MSCAN to the absolute path of mscan"
        exit 99
    fi
    export MSCAN CHECK_RUNNING=1
    check_self=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
    exec timeout --kill-after=5 "${CHECK_TIMEOUT:-300}" bash "$check_self" "$@" </dev/null
fi

set -u
unset CHECK_RUNNING check_self
unset LANG LANGUAGE LC_CTYPE LC_COLLATE LC_MESSAGES LC_NUMERIC LC_TIME LC_MONETARY
unset GREP_COLORS GREP_COLOR NO_COLOR GREP_OPTIONS POSIXLY_CORRECT MSCAN_THREADS OMP_NUM_THREADS
export LC_ALL=C.UTF-8

tests=$(cd "$(dirname "$0")" && pwd)
check_dir=$(mktemp -d "${TMPDIR:-/tmp}/mscan-test.XXXXXX") || exit 99
check_state=$check_dir/state
mkdir "$check_state" "$check_dir/work" || exit 99
cd "$check_dir/work" || exit 99

check_end()
{
    local status=$?
    cd / || :
    [ -e "$check_state/failed" ] && [ $status -eq 0 ] && status=1
    chmod -R u+rwx "$check_dir" 2>/dev/null
    rm -rf "$check_dir"
    exit $status
}
trap check_end EXIT
trap 'exit 99' HUP INT TERM

# The program itself, so that expectations read as one would type them.
mscan()
{
    # shellcheck disable=SC2086
    "$MSCAN" ${CHECK_OPTIONS-} "$@"
}

# The same program as a counter.
mwc()
{
    # shellcheck disable=SC2086
    "$MSCAN" --wc ${CHECK_OPTIONS-} "$@"
}

# fail MESSAGE: an expectation was not met.  Works in a subshell too.
fail()
{
    printf 'FAIL: %s\n' "$*"
    : >"$check_state/failed"
}

skip()
{
    echo "skipped: $*"
    exit 77
}

# need COMMAND...: skips the test where one of them is missing.
need()
{
    local command
    for command; do
        command -v "$command" >/dev/null 2>&1 || skip "there is no $command"
    done
}

# check_same WHAT EXPECTED GOT: compares two files and shows how they differ.
check_same()
{
    cmp -s "$2" "$3" && return 0
    fail "$1 is not what is expected (- expected, + got)"
    check_visible "$2" >"$2.visible"
    check_visible "$3" | diff -u "$2.visible" - | tail -n +3 | head -n 40
}

# A file with every byte visible, at most 100 columns of each line.
check_visible()
{
    head -c 20000 "$1" | LC_ALL=C cat -A | cut -c 1-100
}

# check_run STATUS COMMAND...: runs it; leaves its output in the files $out and $err, and what to call it in $shown.
check_run()
{
    local expected=$1 status=0
    shift
    out=$check_state/out.$BASHPID err=$check_state/err.$BASHPID check_wanted=$check_state/wanted.$BASHPID
    printf -v shown '%q ' "$@"
    shown=${shown:0:200}
    "$@" >"$out" 2>"$err" || status=$?
    if [ $status -ne "$expected" ]; then
        fail "status $status, not $expected: $shown"
        head -c 500 "$err"
    fi
}

# check_text WHAT TEXT FILE
check_text()
{
    if [ -n "$2" ]; then
        printf %b "$2" >"$check_wanted"
    elif [ -s "$3" ]; then
        : >"$check_wanted"
    else
        return 0
    fi
    check_same "$1" "$check_wanted" "$3"
}

# expect STATUS STDOUT COMMAND...: the exact output and status, and nothing on standard error.
expect()
{
    expect_error "$1" "$2" '' "${@:3}"
}

# expect_error STATUS STDOUT STDERR COMMAND...: and the exact messages.
expect_error()
{
    check_run "$1" "${@:4}"
    check_text "standard output of: $shown" "$2" "$out"
    check_text "standard error of: $shown" "$3" "$err"
}

# expect_like STATUS REGEX REGEX COMMAND...: each an extended expression for all of standard output and error.
expect_like()
{
    check_run "$1" "${@:4}"
    check_like "standard output of: $shown" "$2" "$out"
    check_like "standard error of: $shown" "$3" "$err"
}

check_like()
{
    local content
    content=$(tr '\0' '@' <"$3" && echo .)
    content=${content%.}
    if ! [[ $content =~ ^($2)$ ]]; then
        fail "$1 is not like $2, but:"
        check_visible "$3" | head -n 20
    fi
}

# expect_file STATUS FILE COMMAND...: standard output is what the file holds, and standard error empty.
expect_file()
{
    check_run "$1" "${@:3}"
    check_same "standard output of: $shown" "$2" "$out"
    check_text "standard error of: $shown" '' "$err"
}

# file NAME TEXT: makes one.
file()
{
    printf %b "$2" >"$1"
}

# need_terminals: skips the test where on_terminal cannot work.
need_terminals()
{
    need python3
    python3 -c 'import pty; pty.openpty()' 2>/dev/null || skip 'there are no pseudo-terminals'
}

# on_terminal ARGUMENT...: mscan with a pseudo-terminal for all three streams, what it shows on standard output.
on_terminal()
{
    python3 -c '
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
got = b""
while True:
    try:
        part = os.read(terminal, 65536)
    except OSError:
        break
    if not part:
        break
    got += part
sys.stdout.buffer.write(got.replace(b"\r\n", b"\n"))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
' "$MSCAN" "$@"
}

# each_path COMMAND...: runs it with each way to read a file and several numbers of threads, whose
# options it finds in the array `path`; a few of these with TESTS_QUICK in the environment, for slow builds.
each_path()
{
    local how threads
    for how in --mmap --no-mmap; do
        for threads in 1 4; do
            [ -z "${TESTS_QUICK-}" ] || [ "$how $threads" = '--mmap 4' ] || [ "$how $threads" = '--no-mmap 1' ] || continue
            path=("$how" -j "$threads")
            "$@"
        done
    done
}

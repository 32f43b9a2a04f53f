#!/usr/bin/env bash
# SIGINT, SIGTERM, SIGHUP and SIGQUIT end the process by themselves, soon, and after a whole line.
. "$(dirname "$0")/check.sh"

need python3
ulimit -c 0

cat >try.py <<'END'
import os, random, resource, signal, subprocess, sys, tempfile, threading, time

mscan, kind, length, runs = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
options = os.environ.get("CHECK_OPTIONS", "").split()
dice = random.Random(length)
numbers = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT]


def drain(pipe, got, slow):
    while True:
        if slow:
            time.sleep(0.002)
        part = os.read(pipe, 65536)
        if not part:
            return
        got.append(part)


for run in range(runs):
    number = numbers[run % 4]
    how = [["--mmap", "-j2"], ["--no-mmap", "-j1"], ["--mmap", "-j1", "-n"], ["--mmap", "-j2", "-H", "--line-buffered"]][run // 4 % 4]
    command = [mscan, *options, *how, "x", "text"]
    file = tempfile.TemporaryFile(dir=".")
    to_file = kind == "file"
    process = subprocess.Popen(command, stdout=file if to_file else subprocess.PIPE, stderr=subprocess.PIPE)
    got = []
    if not to_file:
        reader = threading.Thread(target=drain, args=(process.stdout.fileno(), got, kind == "slow"))
        if kind != "never":
            reader.start()
    time.sleep(0.03 + dice.random() * 0.1)
    begin = time.monotonic()
    process.send_signal(number)
    process.wait()
    took = time.monotonic() - begin
    if kind == "never":
        reader.start()
    if not to_file:
        reader.join()
    if to_file:
        file.seek(0)
        got = [file.read()]
    text = b"".join(got)
    message = process.stderr.read()
    what = f"{kind}, lines of {length}, {' '.join(how)}, {number.name}"
    ended = process.returncode == 0 and to_file  # it was faster
    if process.returncode != -number and not ended:
        print(f"{what}: status {process.returncode}")
    if took > float(os.environ.get("SIGNALS_SECONDS", 1.5 if kind == "slow" else 0.5)):
        print(f"{what}: took {took:.3f} s")
    if kind != "never" and text and not text.endswith(b"\n"):
        print(f"{what}: half a line at the end, {len(text)} bytes")
    if message:
        print(f"{what}: {message!r}")
END

# lines LENGTH: a file of 64 MiB.
lines()
{
    python3 -c 'import sys
length = int(sys.argv[1])
with open("text", "wb") as file:
    for i in range(max(1, (64 << 20) // (length + 1))):
        file.write(b"x" * length + b"\n")' "$1"
}

for length in 60 5000 200000 1048500; do
    lines $length
    for kind in slow file never; do
        expect 0 '' python3 try.py "$MSCAN" $kind $length "${SIGNALS_RUNS:-4}"
    done
done

# What is ignored stays so.
ignored() { (trap '' HUP; "$MSCAN" "$@" & sleep 0.2; kill -HUP $!; echo b >&3; exec 3>&-; wait $!); }
mkfifo pipe
exec 3<>pipe
expect 0 'b\n' ignored -m1 b pipe
exec 3>&-

# Before anything is written, and while input is waited for.
waiting() { (exec 3<>pipe; timeout -s "$1" 0.3 "$MSCAN" -j2 b pipe 3>&-; echo $?); }
for name in INT TERM QUIT; do
    expect 0 '124\n' waiting $name
done

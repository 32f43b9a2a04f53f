#!/usr/bin/env bash
# --version: the program's, PCRE2's and OpenMP's versions and the kernels.
. "$(dirname "$0")/check.sh"

expect_like 0 'mscan [0-9]+\.[0-9]+.*PCRE2 [0-9]+\.[0-9]+.*OpenMP [0-9]+.*kernels: [a-z0-9]+.*' '' mscan --version
expect_like 0 'mscan [0-9]+\.[0-9]+.*' '' mscan -V
expect_like 0 'mscan [0-9]+\.[0-9]+.*' '' mscan --vers a b c
MSCAN_KERNELS=c expect_like 0 '.*kernels: c .*' '' mscan --version

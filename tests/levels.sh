#!/bin/sh
# levels.sh - kernels that are built with -O2 are about as fast as with -O3: those of the instruction set that every
# processor of this kind has.
#
# Skipped (77) where bench/corpus is not built.

top_builddir=${top_builddir:-build}
export top_builddir
if ! test -x "$top_builddir/bench/corpus"; then
    echo "skipped: bench/corpus is not built"
    exit 77
fi
case $(uname -m) in
x86_64) set=sse2 ;;
aarch64) set=neon ;;
*) set=c ;;
esac
exec "${srcdir:-.}/bench/levels" --size 1M "$set"

#!/bin/sh
# A function compiled and linked for WebAssembly, with the driver told to leave the optimizer of Binaryen alone.
# Guess: --no-wasm-opt links as ever and leaves out the step that follows, so that the module does not depend on whether
#   that optimizer happens to be installed.
# What happens: nothing is linked at all. The driver compiles, ends with 0, says nothing, and there is no module. Asked for
#   its commands (-###), it names the compiler and no linker.
# Version: clang 1:19.1.7-3~deb12u1.
# Why it matters: with an -O in the link, the driver runs whatever wasm-opt it finds, and the same sources and compiler
#   give other bytes on the next machine. The option that should prevent it makes a build that "succeeds" and goes on
#   with the module of the day before. What helps is a link without any -O, and the optimizer called by its name.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
version=1:19.1.7-3~deb12u1
for package in clang-19 lld-19 libclang-cpp19 libllvm19; do
  apt-get -o APT::Sandbox::User=root download -q "$package=$version" >/dev/null
done
for file in *.deb; do dpkg -x "$file" packages; done
bin=$work/packages/usr/lib/llvm-19/bin
LD_LIBRARY_PATH=$(find "$work/packages" -name 'libLLVM*.so*' -printf '%h:' -quit)$work/packages/usr/lib/llvm-19/lib:$(find "$work/packages" -name 'libclang-cpp.so.19*' -printf '%h' -quit)
export LD_LIBRARY_PATH
echo 'int seven(void) { return 7; }' >seven.c
link() { "$bin/clang" --target=wasm32-wasi -nostdlib -Wl,--no-entry,--export=seven "$@" seven.c -o module.wasm; }
state() { if [ -e module.wasm ]; then echo "a module"; else echo "no module"; fi; }
"$bin/clang" --version | head -n 1
link -O2
with=$(state)
echo "-O2:                exit code 0, $with"
rm -f module.wasm
link -O2 --no-wasm-opt
without=$(state)
echo "-O2 --no-wasm-opt:  exit code 0, $without"
linkers=$(link -O2 --no-wasm-opt '-###' 2>&1 | grep -c wasm-ld || true)
echo "linkers among its commands: $linkers"
[ "$with" = "a module" ] && [ "$without" = "no module" ] && [ "$linkers" = 0 ]

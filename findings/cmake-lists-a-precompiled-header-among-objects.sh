#!/bin/sh
# $<TARGET_OBJECTS:parts> of an object library, without and with a precompiled header, generated into a file and linked.
# Guess: it lists what the library's sources were compiled to, which a precompiled header does not add to.
# What happens: with GCC the compiled header (.gch) is the first of the list. Whoever names the library itself, or has the
#   list among a target's sources, notices nothing, since CMake leaves it out there; in target_link_libraries, and as
#   arguments of a custom command, it goes to the linker or the program as an object file, and the link fails.
# Version: cmake 3.25.1-1 with its Ninja generator.
# Why it matters: a precompiled header, which should change nothing but the time that compiling takes, breaks commands in
#   other places that have read the list for years. What helps is $<FILTER:...,EXCLUDE,[.][gp]ch$>.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in cmake=3.25.1-1 cmake-data=3.25.1-1 ninja-build=1.11.1-2~deb12u1 libarchive13 libjsoncpp25 librhash0 libuv1 libcurl4; do
  apt-get -o APT::Sandbox::User=root download -q "$package" >/dev/null
done
for file in *.deb; do dpkg -x "$file" packages; done
export PATH="$work/packages/usr/bin:$PATH"
LD_LIBRARY_PATH=$(find "$work/packages" -name 'libuv.so.1' -printf '%h' -quit)
export LD_LIBRARY_PATH
cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.20)
project(parts LANGUAGES CXX)
add_library(parts OBJECT part.cpp)
if(PRECOMPILED)
  target_precompile_headers(parts PRIVATE <vector>)
endif()
add_executable(by-name main.cpp)
target_link_libraries(by-name PRIVATE parts)
add_executable(by-source main.cpp $<TARGET_OBJECTS:parts>)
add_executable(by-list main.cpp)
target_link_libraries(by-list PRIVATE $<TARGET_OBJECTS:parts>)
file(GENERATE OUTPUT objects.txt CONTENT "$<JOIN:$<TARGET_OBJECTS:parts>,\n>\n")
END
echo 'int part() { return 7; }' >part.cpp
echo 'int part(); int main() { return part() - 7; }' >main.cpp
cmake --version | head -n 1
links() { if ninja -C "$1" "$2" >said 2>&1; then echo "links"; else echo "fails"; fi; }
for precompiled in OFF ON; do
  cmake -S . -B "$precompiled" -G Ninja -DCMAKE_CXX_COMPILER=g++ -DPRECOMPILED="$precompiled" >/dev/null
  echo "precompiled header $precompiled:"
  sed 's|.*/|  listed: |' "$precompiled/objects.txt"
  for target in by-name by-source by-list; do echo "  $target $(links "$precompiled" "$target")"; done
done | tee told
headers=$(grep -c 'listed: .*[.]gch$' told || true)
failed=$(grep -c fails told || true)
[ "$headers" = 1 ] && [ "$failed" = 1 ] && [ "$(tail -n 1 told)" = "  by-list fails" ]

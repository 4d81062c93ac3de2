#!/bin/sh
# Results have the same bits on every processor: arithmetic.sh PROGRAM OBJECTS FOLDER, from the checkout. OBJECTS is where
# the rooms' object files lie.
set -eu
program=$1 objects=$2 folder=$3
failed=0
fail() {
  echo "FAILED: $*"
  failed=1
}

# Fused operations round once where two operations round twice. The kernels ask for them; a compiler that makes them by
# itself, as g++ 12 does against -ffp-contract=off, gives results that follow its version and the processor.
# A room's objects lie in its .dir, those of files compiled together in a folder of their own in there.
for room in "$objects"/*.dir; do
  seen=0
  for object in $(find "$room" -name '*.o' | grep -vE '/kernels_avx(2|512)\.cpp\.o$'); do
    seen=$((seen + 1))
    fused=$(objdump -d --no-show-raw-insn "$object" | grep -cE '\bvfn?m(add|sub)' || true)
    [ "$fused" = 0 ] || fail "$object has $fused fused operations"
  done
  [ "$seen" -gt 0 ] || fail "no object file lies in $room"
done
rooms=$(ls -d "$objects"/*.dir | wc -l)
[ "$rooms" -ge 20 ] || fail "only $rooms rooms lie in $objects"

# Functions of the C library that round are processors' own.
libm=$(ldd "$program" | sed -n 's/.*libm\.so\.6 => \([^ ]*\).*/\1/p')
if [ -n "$libm" ]; then
  nm -D --defined-only "$libm" | awk '{ sub(/@.*/, "", $3); print $3 }' | sort -u >"$folder.libm"
  exact='fabs|sqrt|fma|floor|ceil|round|trunc|rint|nearbyint|lround|llround|lrint|llrint|ldexp|scalbn|scalbln|frexp|modf|fmod|remainder|logb|ilogb|copysign|nextafter|nexttoward|fdim|fmax|fmin|fe[a-z]+'
  rounding=$(nm -D --undefined-only "$program" | awk '{ sub(/@.*/, "", $2); print $2 }' | sort -u | comm -12 - "$folder.libm" |
    grep -vxE "($exact)[fl]?" | tr '\n' ' ')
  [ -z "$rounding" ] || fail "these come from the C library: $rounding"
fi

# Every experiment, as this processor is and as if it had no fused multiply-adds for the C library: the same data.
for variant in "" "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-AVX2_Usable,-FMA_Usable"; do
  name=$folder/with${variant:+out}
  rm -rf "$name"
  if ! GLIBC_TUNABLES=$variant REPORT_CACHE="$name/cache" "$program" build --format html --chapters tests/mutation/chapters \
    --data "$name/no-data" --output "$name" --color never >"$folder.log" 2>&1; then
    cat "$folder.log"
    fail "the build ${variant:+under $variant}"
  fi
done
count=$(ls "$folder/with/data" | wc -l)
[ "$count" -ge 28 ] || fail "only $count data files"
diff -rq "$folder/with/data" "$folder/without/data" || fail "results follow the processor"
exit $failed

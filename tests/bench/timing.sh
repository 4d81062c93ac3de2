# What benchmarks of whole commands share: times are noted by name in the folder in which the benchmark works.

# seconds NAME COMMAND...: runs the command and notes its time under the name. What it says is shown when it fails.
seconds() {
  local name=$1 start=$EPOCHREALTIME end
  shift
  "$@" >/dev/null 2>"$work/said" || { cat "$work/said" >&2; exit 1; }
  end=$EPOCHREALTIME
  echo $((${end/./} - ${start/./})) >>"$work/times-$name"
}

# The median of what was noted under the name, in microseconds.
median() { sort -n "$work/times-$1" | awk '{ a[NR] = $1 } END { print NR % 2 ? a[(NR + 1) / 2] : int((a[NR / 2] + a[NR / 2 + 1]) / 2) }'; }

# compare TEXT NAME REFERENCE MOST: prints both medians and their ratio, which may be MOST.
compare() {
  local ours reference
  ours=$(median "$2") reference=$(median "$3")
  awk -v text="$1" -v o="$ours" -v r="$reference" -v most="$4" 'BEGIN {
    printf "%-44s %8.0f ms %8.0f ms %7.2f  (at most %s)%s\n", text, o / 1e3, r / 1e3, o / r, most, o / r <= most ? "" : "  MISSED"
    exit o / r > most }' || missed=1
}

# change SCRIPT FILE: an edit that finds nothing to change would measure nothing.
change() {
  cp "$2" "$work/before"
  sed -i "$1" "$2"
  if cmp -s "$2" "$work/before"; then echo "the edit '$1' changed nothing in $2" >&2; exit 1; fi
}

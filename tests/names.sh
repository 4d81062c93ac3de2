#!/bin/sh
# No two types that headers declare outside of other types have one name: who reads `Reference` need not ask which. And
# no test's name has a semicolon, at which CMake would cut it in two that do not exist.
cd "$(dirname "$0")/.." || exit 1
grep -rnE '^TEST_CASE\("[^"]*;' tests --include='*.cpp' && exit 1
twice=$(find src render -name '*.hpp' -exec grep -hoE '^(struct|class|enum class|enum) [A-Z][A-Za-z0-9]+ *(final )?[:{]' {} + |
  sed -E 's/^(struct|class|enum class|enum) ([A-Za-z0-9]+).*/\2/' | sort | uniq -d)
[ -z "$twice" ] && exit 0
for name in $twice; do
  grep -rnE "^(struct|class|enum class|enum) $name *(final )?[:{]" src render --include='*.hpp'
done
exit 1

// What is allowed to an output, in words and where nothing is declared.
#include "experiment/allowed.hpp"

#include "catch.hpp"
#include "experiment/output_info.hpp"

namespace allowed_test {

using namespace experiment;

TEST_CASE("what is allowed holds for the output of this kind, panel and name, and others are compared to 1e-9") {
  const std::vector<OutputInfo> outputs{{OutputKind::measured, "loss", "eta=1", "", within({1e-12}, "a")},
                                        {OutputKind::theory, "loss", "eta=1", "", within({1e-3}, "b")},
                                        {OutputKind::number, "", "kappa", "its meaning", exactly("c")},
                                        {OutputKind::sequence, "", "kappa", "its meaning", exactly("d")}};
  CHECK(allowed_for(outputs, OutputKind::measured, "loss", "eta=1").reason == "a");
  CHECK(allowed_for(outputs, OutputKind::theory, "loss", "eta=1").reason == "b");
  CHECK(allowed_for(outputs, OutputKind::number, "", "kappa").reason == "c");
  CHECK(allowed_for(outputs, OutputKind::sequence, "", "kappa").reason == "d");
  const Allowed other = allowed_for(outputs, OutputKind::measured, "path", "eta=1");
  CHECK(other.bound.relative == 1e-9);
  CHECK(other.bound.absolute == 0);
  CHECK(other.statistics.empty());
}

TEST_CASE("what is allowed reads as words") {
  CHECK(limits_text(exactly("")) == "exactly");
  CHECK(limits_text(within({1e-12, 0}, "")) == "within 10⁻¹² relative");
  CHECK(limits_text(within({0.05, 0.2}, "")) == "within 5 % + 0.2");
  CHECK(limits_text(
            statistics({first_value({1e-4, 0}), median({0.1, 0}), quantile(0.95, {0, 2}), last_value({0.2, 0})}, "")) ==
        "first within 0.0001 relative, median within 10 %, 95 % quantile within 2, last within 20 %");
}

}  // namespace allowed_test

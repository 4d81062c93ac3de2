// Any JSON as what a directive says under `live`, as axes that are held, as what a drawing leaves to the next, and as a
// claim that the page's module judges: understood or refused, and what is understood can be used.
#include <cmath>

#include "experiment/parameters.hpp"
#include "fuzz.hpp"
#include "livefigure/claims.hpp"
#include "livefigure/controls.hpp"
#include "livefigure/held_axes.hpp"
#include "livefigure/kept_json.hpp"

using namespace livefigure;
using experiment::Json;

namespace {

struct Walk {
  std::vector<double> rates{0.01, 0.2};
  double share = 0.5, offset = 0, anything = 1;
  int steps = 50;
};

const experiment::Experiment& walk() {
  static const experiment::Experiment made = [] {
    experiment::Experiment e;
    e.name = "walk";
    e.parameters = experiment::Parameters<Walk>{}
                       .numbers("rates", &Walk::rates, "", experiment::above(0).to(1e6))
                       .number("share", &Walk::share, "", experiment::from(0).to(1))
                       .number("offset", &Walk::offset, "", experiment::from(-1e6).to(1e6))
                       .number("anything", &Walk::anything, "", experiment::from(0))
                       .integer("steps", &Walk::steps, "", experiment::from(1).to(100000))
                       .list()
                       .infos();
    return e;
  }();
  return made;
}

void move(const Json& live) {
  const Json parameters = experiment::effective_parameters(walk().parameters, Json::object()).value;
  const Controls controls = read_controls(walk(), parameters, live);
  fuzz::promise(!controls.list.empty() || !controls.errors.empty(), "there is something to move, or a reason");
  for (const auto& error : controls.errors)
    fuzz::promise(!error.message.empty() && !error.path.empty() && error.path.front() == "live",
                  "an error says what is wrong, and where");
  for (const Control& c : controls.list) {
    fuzz::promise(c.from < c.to && c.from <= c.value && c.value <= c.to, "a range holds the report's value");
    for (const double place : {0.0, 0.3, 1.0}) {
      const double value = value_at(c, place);
      fuzz::promise(
          std::isfinite(value) && value >= c.from - std::abs(c.from) * 0.01 && value <= c.to + std::abs(c.to) * 0.01,
          "a slider's value lies in its range");
    }
    to_json(controls.list).dump(-1, ' ', false, Json::error_handler_t::replace);
  }
}

void judge_claim(const Json& claim) {
  const manuscript::Term term = term_from(claim);
  fuzz::promise(to_json(term_from(to_json(term))) == to_json(term), "a condition comes back as it went");
  experiment::Result result;
  result.values["a"] = 3;
  result.functions["b"] = {1, {1, 2}};
  result.samples["c"] = {1, 2};
  judge(term, result, Json{{"d", 4}}, {{"e", "a"}});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const Json json = Json::parse(fuzz::text_of(bytes, size), nullptr, false);
  if (json.is_discarded()) return 0;
  move(json);
  held_from(json);
  const Json kept = to_json(kept_from(json));
  fuzz::promise(to_json(kept_from(kept)) == kept, "what is kept comes back as it went");
  judge_claim(json);
  return 0;
}

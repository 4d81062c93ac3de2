// Facts about `explain`, as users meet it.
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "user.hpp"

namespace explain_test {

using namespace user;
using Json = nlohmann::ordered_json;

TEST_CASE("explain shows every input of a figure's key, and marks what changed") {
  const User run;
  run.chapter(bowl);
  CHECK(contains(run({"explain", "bowl"}).output, "fig:bowl  chapters/01.md:1  missing\n"));
  REQUIRE(run({"build", "--format", "json"}).status == 0);
  const auto fresh = run({"explain", "bowl"});
  CHECK(fresh.status == 0);
  CHECK(fresh.errors.empty());
  CHECK(fresh.output.starts_with("fig:bowl  chapters/01.md:1  fresh\nnothing that it depends on changed"));
  for (const char* input : {"\nexperiment   quadratic-bowl\n", "\nseed         1\n", "\ndata set     none\n",
                            "\ncode         ", "\nkey          ", "\nresult       ", "\nlast run     ", " steps: 20\n"})
    CHECK(contains(fresh.output, input));

  std::string other = bowl;
  other.replace(other.find("steps: 20"), 9, "steps: 30");
  run.chapter("# Text above\n\n" + other);
  const auto stale = run({"explain", "fig:bowl"});
  CHECK(stale.status == 0);
  CHECK(stale.output.starts_with("fig:bowl  chapters/01.md:3  stale\nsteps 20 -> 30\n"));
  CHECK(contains(stale.output, " steps: 30  (was 20)\n"));
  CHECK(contains(stale.output, "(not there)\n"));
  CHECK(contains(run({"list"}).output, "stale"));
  CHECK(contains(run({"list"}).output, "  steps 20 -> 30\n"));

  const Json json = Json::parse(run({"explain", "fig:bowl", "--json"}).output);
  CHECK(json.at("state") == "stale");
  CHECK(json.at("changes").dump() == R"([{"kind":"parameter","name":"steps","before":20,"now":30,"where":[]}])");
  CHECK(json.at("inputs").at("parameters").at("steps") == 30);
  CHECK(json.at("key").get<std::string>().size() == 64);
  CHECK(json.at("result").at("stored") == false);
  CHECK(json.at("why") == Json::parse(run({"list", "--json"}).output).at(0).at("why"));
}

TEST_CASE("explain takes one figure that exists, in chapters without mistakes") {
  const User run;
  run.chapter(bowl);
  CHECK(run({"explain"}).status == 2);
  CHECK(run({"explain", "bowl", "flow"}).status == 2);
  const auto unknown = run({"explain", "bowle"});
  CHECK(unknown.status == 2);
  CHECK(contains(unknown.errors, "did you mean 'fig:bowl'?"));
  run.chapter(bowl + "\nSee @fig:blow.\n");
  const auto bad = run({"explain", "bowl"});
  CHECK(bad.status == 2);
  CHECK(contains(bad.errors, "fig:blow"));
}

}  // namespace explain_test

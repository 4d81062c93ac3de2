// check and bless as a user and as CI run them.
#include "catch.hpp"
#include "user.hpp"

namespace check_test {

using user::bowl;
using user::contains;
using user::User;
using user::Words;

namespace {

sys::ProcessResult check(const User& u, const Words& more = {}) {
  Words words{"check", "--references", "golden", "--quiet"};
  words.insert(words.end(), more.begin(), more.end());
  return u(words);
}

sys::ProcessResult bless(const User& u, const Words& more = {}) {
  Words words{"bless", "--references", "golden"};
  words.insert(words.end(), more.begin(), more.end());
  return u(words);
}

/// Without the variables by which the machine that runs the tests may tell that it is CI.
struct UserAtHome : User {
  UserAtHome() { environment.insert(environment.end(), {{"CI", ""}, {"GITHUB_ACTIONS", ""}}); }
};

}  // namespace

TEST_CASE("check prints one line per figure and ends with 1 until what it shows is accepted") {
  const UserAtHome u;
  u.chapter(bowl);
  const auto first = check(u);
  CHECK(first.status == 1);
  CHECK(first.output == "fig:bowl  new             there is no reference yet\n");
  CHECK(first.errors.empty());
  CHECK(bless(u).status == 0);
  const auto second = check(u);
  CHECK(second.status == 0);
  CHECK(second.output == "fig:bowl  same\n");
  u.chapter("Some text.\n\n" + bowl + "\n");
  CHECK(check(u, {"bowl"}).status == 0);
}

TEST_CASE("on GitHub a figure that differs is annotated at its directive's line") {
  UserAtHome u;
  u.chapter("# One\n\n" + bowl);
  u.environment.emplace_back("GITHUB_ACTIONS", "true");
  CHECK(contains(check(u).output,
                 "\n::error file=chapters/01.md,line=3,title=fig%3Abowl%3A new::figure: there is no reference yet\n"));
}

TEST_CASE("bless refuses where CI is set, before anything was checked, and for figures that nobody knows") {
  UserAtHome u;
  u.chapter(bowl);
  CHECK(bless(u).status == 2);
  check(u);
  CHECK(bless(u, {"fig:bowel"}).status == 2);
  CHECK(check(u, {"fig:bowel"}).status == 2);
  u.environment.emplace_back("CI", "true");
  const auto refused = bless(u);
  CHECK(refused.status == 2);
  CHECK(contains(refused.errors, "refuses where CI is set"));
  CHECK(!std::filesystem::exists(u.path / "golden"));
}

TEST_CASE("a check of chapters with mistakes computes and writes nothing") {
  const UserAtHome u;
  u.chapter("```{.figure #fig:bowl}\nexperiment: quadratic-bowl\nsteeps: 3\ncaption: A\nalt: A\n```\n");
  CHECK(check(u).status == 2);
  CHECK(!u.has_output());
}

}  // namespace check_test

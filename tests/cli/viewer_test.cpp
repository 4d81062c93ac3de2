// Facts about --open, with an opener of our own on the PATH.
#include <chrono>

#include "catch.hpp"
#include "user.hpp"

namespace viewer_test {

using namespace user;

namespace {

/// A user at a desktop whose xdg-open is this shell text.
struct Desk : User {
  explicit Desk(const std::string& opener) {
    sys::write_file(path / "bin" / "xdg-open", "#!/bin/sh\n" + opener + "\n");
    fs::permissions(path / "bin" / "xdg-open", fs::perms::owner_all);
    environment.emplace_back("PATH", (path / "bin").string() + ":/usr/bin:/bin");
    environment.emplace_back("DISPLAY", ":7");
    environment.emplace_back("WAYLAND_DISPLAY", "");
    chapter(bowl);
  }
};

}  // namespace

TEST_CASE("figure --open and build --open hand the picture and the page to the desktop") {
  const Desk run("printf '%s\\n' \"$1\" >> opened");
  const auto drawn = run({"figure", "bowl", "--open"});
  CHECK(drawn.status == 0);
  CHECK(sys::read_file(run.path / "opened") == (run.path / "output/figures/bowl.png").string() + "\n");
  CHECK_FALSE(contains(drawn.errors, "not opened"));
  fs::remove(run.path / "opened");
  CHECK(run({"build", "--format", "json,html", "--open"}).status == 0);
  CHECK(sys::read_file(run.path / "opened") == (run.path / "output/report.html").string() + "\n");
}

TEST_CASE("without a display, or when the opener fails, --open says so and the exit code stays") {
  Desk run("exit 3");
  const auto failed = run({"figure", "bowl", "--open"});
  CHECK(failed.status == 0);
  CHECK(contains(failed.errors,
                 "output/figures/bowl.png was not opened: xdg-open found nothing to show it with (exit status 3)"));
  run.environment.emplace_back("DISPLAY", "");
  const auto blind = run({"figure", "bowl", "--open"});
  CHECK(blind.status == 0);
  CHECK(contains(blind.errors, "was not opened: there is no display here"));
  CHECK(contains(blind.output, "output/figures/bowl.png\n"));
}

TEST_CASE("a viewer that stays open is not waited for") {
  const Desk run("exec sleep 8");
  const auto start = std::chrono::steady_clock::now();
  CHECK(run({"figure", "bowl", "--open"}).status == 0);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(6));
}

TEST_CASE("a report that is not true is not opened, and other commands know no --open") {
  const Desk run("printf x >> opened");
  run.chapter(bowl + "\n[Never.]{.claim that=\"bowl: 1 > 2\"}\n");
  CHECK(run({"build", "--format", "html", "--open"}).status == 1);
  CHECK_FALSE(fs::exists(run.path / "opened"));
  CHECK(run({"list", "--open"}).status == 2);
}

}  // namespace viewer_test

// The policy of a page: what is in it may run, by its checksum.
#include "publish/page/content_policy.hpp"

#include "catch.hpp"

namespace content_policy_test {

TEST_CASE("a policy names scripts and styles by the SHA-256 of their text, in base64") {
  const std::string policy = publish::content_policy({"body { color: red }"}, {"alert('Hello, world.');"});
  // alert('Hello, world.'); is the example of CSP Level 2, 7.17.
  CHECK(policy.find("script-src 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='") != std::string::npos);
  CHECK(policy.find("script-src 'unsafe-inline'") == std::string::npos);
  CHECK(policy.find("style-src-elem 'sha256-") != std::string::npos);
  CHECK(policy.find("default-src 'none'") != std::string::npos);
  CHECK(policy.find("connect-src") == std::string::npos);
  CHECK(policy.find("wasm") == std::string::npos);
}

TEST_CASE("a page that brings a module may compile it, and nothing more") {
  const std::string plain = publish::content_policy({"a"}, {"b"}),
                    with_module = publish::content_policy({"a"}, {"b"}, true);
  const std::string word = " 'wasm-unsafe-eval'";
  const auto at = with_module.find(word);
  REQUIRE(at != std::string::npos);
  CHECK(with_module.rfind("; script-src", at) > with_module.rfind("; style-src-elem", at));
  CHECK(std::string(with_module).erase(at, word.size()) == plain);
}

TEST_CASE("one script more may run and ask the page's server, and a page without a policy stays as it is") {
  std::string page = "<head>" + publish::content_policy({}, {"a"}) + "</head><p>; script-src</p>";
  const std::string before = page;
  publish::allow_script_with_server(page, "alert('Hello, world.');");
  CHECK(page.find("; connect-src 'self'; script-src 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=' 'sha256-") !=
        std::string::npos);
  CHECK(page.ends_with("</head><p>; script-src</p>"));
  std::string bare = "<p>; script-src</p>";
  publish::allow_script_with_server(bare, "a");
  CHECK(bare == "<p>; script-src</p>");
}

}  // namespace content_policy_test

#!/bin/sh
# A server on the loopback that hands out a page of two megabytes from memory.
# Guess: it takes some milliseconds; a library that packs answers by itself does so at a level meant for answering.
# What happens: Debian's cpp-httplib packs every text that it holds whole, with Brotli at its highest quality, whenever the
#   client says that it takes "br", as every browser does to HTTPS and to the loopback: seconds of processor time for each
#   answer, before its first byte. An answer of known size from a provider is not packed.
# Version: libcpp-httplib 0.11.4+ds-1+deb12u1 with Brotli 1.0.9.
# Why it matters: a page that is loaded anew at each edit waits for it each time, and a look with curl, which does not ask
#   for Brotli, shows nothing of it.
set -eu
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
server=
cd "$work"
version=0.11.4+ds-1+deb12u1
for package in libcpp-httplib-dev=$version libcpp-httplib0.11=$version libbrotli-dev=1.0.9-2+b6 libbrotli1=1.0.9-2+b6; do
  apt-get -o APT::Sandbox::User=root download -q "$package" >/dev/null
done
for file in *.deb; do dpkg -x "$file" packages; done
library=$(dirname "$(find packages -name 'libcpp-httplib.so.0.11*' | head -n 1)")
cat >server.cpp <<'CPP'
#include <httplib.h>
#include <cstdio>
int main() {
  std::string page = "<!DOCTYPE html><title>Numbers</title><p>";
  for (unsigned i = 0; page.size() < 2000000; ++i) page += std::to_string(i * 7919u % 104729u) + " ";
  httplib::Server server;
  server.Get("/held", [&](const httplib::Request&, httplib::Response& r) { r.set_content(page, "text/html"); });
  server.Get("/provided", [&](const httplib::Request&, httplib::Response& r) {
    r.set_content_provider(page.size(), "text/html", [&](size_t from, size_t length, httplib::DataSink& sink) {
      return sink.write(page.data() + from, length);
    });
  });
  std::printf("%d\n", server.bind_to_any_port("127.0.0.1"));
  std::fflush(stdout);
  server.listen_after_bind();
}
CPP
g++ -std=c++17 -O1 -Ipackages/usr/include -DCPPHTTPLIB_BROTLI_SUPPORT -o server server.cpp -L"$library" -l:"$(basename "$(find "$library" -name 'libcpp-httplib.so.0.11*' | head -n 1)")" \
  -Wl,-rpath-link,"$library" -pthread
LD_LIBRARY_PATH=$library ./server >port &
server=$!
while ! [ -s port ]; do sleep 0.1; done
address=http://127.0.0.1:$(cat port)
ask() { curl -s -o /dev/null -H "Accept-Encoding: $1" -w '%{time_starttransfer} %{size_download}' "$address/$2"; }
echo "libcpp-httplib $version; seconds to the first byte, and bytes:"
plain=$(ask identity held) packed=$(ask br held) provided=$(ask br provided)
echo "held, not packed:      $plain"
echo "held, 'br' taken:      $packed"
echo "provided, 'br' taken:  $provided"
awk -v plain="${plain%% *}" -v packed="${packed%% *}" -v provided="${provided%% *}" \
  'BEGIN { exit !(packed > 20 * plain && packed > 0.5 && provided < packed / 20) }'

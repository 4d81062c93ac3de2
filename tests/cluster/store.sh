#!/bin/sh
# The store over HTTP, with nginx as its server: tests/cluster/store.sh PROGRAM FOLDER
# What one machine computed another takes, byte for byte; a server that is gone, slow, full, or refuses costs a warning and
# no build, and nothing of it is ever believed that is not what was stored.
set -eu
program=$1
folder=$2
. "$(dirname "$0")/servers.sh"
have nginx && have python3 || {
  echo "skipped: there is no nginx here (Debian: apt-get install nginx-light)"
  exit 77
}
rm -rf "$folder"
mkdir -p "$folder/document/chapters"
folder=$(cd "$folder" && pwd)
trap 'stop_nginx' EXIT
cat >"$folder/document/report.yaml" <<'END'
chapters: chapters
END
cat >"$folder/document/chapters/01.md" <<'END'
# Stores

```{.figure #fig:bowl}
experiment: quadratic-bowl
steps: 20
caption: A bowl.
alt: Paths
```

```{.figure #fig:training}
experiment: training-loss
dataset: digits
depth: 3
width: 8
networks: [tanh-xavier, relu-he]
epochs: 1
seeds: 2
caption: Losses.
alt: Curves
```

The loss of chance is `training: chance`{.value format=".3f"}.
END
cd "$folder/document"

# build NAME [VARIABLE=VALUE...]: with a store and an output of its own; its messages are in NAME.said.
build() {
  name=$1
  shift
  env REPORT_CACHE="$folder/cache-$name" "$@" "$program" build --format json --output "$folder/out-$name" \
    >"$folder/$name.said" 2>&1 || {
    cat "$folder/$name.said"
    exit 1
  }
}
fail() {
  echo "failed: $1"
  [ ! -f "$folder/$name.said" ] || sed 's/^/  | /' "$folder/$name.said"
  exit 1
}
says() { grep -q "$1" "$folder/$name.said" || fail "'$1' is not said"; }
says_not() { ! grep -q "$1" "$folder/$name.said" || fail "'$1' is said"; }
once() { [ "$(grep -c "$1" "$folder/$name.said")" = 1 ] || fail "'$1' is not said once"; }
same_report() {
  for file in report.json data/bowl.json data/training.json figures/training.svg; do
    cmp "$folder/out-alone/$file" "$folder/out-$name/$file" || fail "$file is another"
  done
}
writes="REPORT_STORE_ACCESS=write REPORT_STORE_TOKEN=sesame"

start_nginx
build alone REPORT_STORE=

build first $writes
same_report
says "2 run"
says_not warning
build second
same_report
says "0 run"
says_not warning

# Reading needs no token, writing does, from the environment, a file, or netrc.
rm -rf "$folder/served"; mkdir "$folder/served"
build unknown REPORT_STORE_ACCESS=write
same_report
once "warning: the store at $REPORT_STORE refuses with 401"
[ -z "$(find "$folder/served" -type f)" ] || fail "something was written without a token"
printf 'sesame\n' >"$folder/token"
build by-file REPORT_STORE_ACCESS=write "REPORT_STORE_TOKEN=@$folder/token"
says_not warning
[ -n "$(find "$folder/served" -type f -path '*/results/*')" ] || fail "nothing was written"

# What was changed on the server, whole or not, counts for nothing.
for entry in $(find "$folder/served" -path '*/results/*' -type f); do sed -i '2s/[1-8]/9/' "$entry"; done
build damaged
same_report
says "2 run"
once "has entries that are damaged"
for entry in $(find "$folder/served" -path '*/results/*' -type f); do head -c 100 "$entry" >"$entry.cut"; mv "$entry.cut" "$entry"; done
build cut
same_report
says "2 run"

# Whoever may write could write a false number with a right checksum; a secret keeps that out.
rm -rf "$folder/served"; mkdir "$folder/served"
build signed $writes REPORT_STORE_SECRET=quiet
build believer REPORT_STORE_SECRET=quiet
same_report
says "0 run"
for entry in $(find "$folder/served" -path '*/results/*' -type f); do
  tail -n +2 "$entry" | sed 's/[1-8]/9/' >"$entry.body"
  { sha256sum <"$entry.body" | cut -c1-64; cat "$entry.body"; } >"$entry"
  rm "$entry.body"
done
build sceptic REPORT_STORE_SECRET=quiet
same_report
says "2 run"
once "not signed with this secret"

# The server is gone; refuses what is large; is out of order; is full.
stop_nginx
build gone $writes
same_report
once "warning: the store at .* cannot be reached; what it holds is computed here"
once "cannot be reached; results are kept on this machine alone"
rm -rf "$folder/served"; mkdir "$folder/served"
max_body=100 start_nginx
build large $writes
same_report
says "client_max_body_size"
stop_nginx
start_nginx "return 500;"
build broken $writes
same_report
once "answers with 500; what it holds is computed here"
stop_nginx
if [ "$(id -u)" != 0 ]; then
  start_nginx
  chmod a-w "$folder/served"
  build full $writes
  chmod u+w "$folder/served"
  same_report
  once "answers with 500; results are kept"
  stop_nginx
fi

# An answer that breaks off in its midst, and one that does not come.
python3 - "$store_port" "$folder" <<'END' &
import http.server, sys, time
class Half(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(b"0" * 500)
    def log_message(self, *rest): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Half).serve_forever()
END
echo $! >"$folder/half.pid"
until_true 10 answers
build half
end_process half
same_report
once "broke off, or did not answer"

# Over HTTPS, with a certificate that this machine trusts, and with one that it does not.
if have openssl; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=store \
    -addext subjectAltName=IP:127.0.0.1 -keyout "$folder/key.pem" -out "$folder/certificate.pem" 2>/dev/null
  rm -rf "$folder/served"; mkdir "$folder/served"
  plain=$REPORT_STORE
  tls="ssl_certificate $folder/certificate.pem; ssl_certificate_key $folder/key.pem;" start_nginx
  REPORT_STORE=https://${plain#http://}
  build stranger $writes
  same_report
  once "has no certificate that this machine trusts; what it holds"
  build trusting $writes "SSL_CERT_FILE=$folder/certificate.pem"
  build trusted "SSL_CERT_FILE=$folder/certificate.pem"
  same_report
  says "0 run"
  says_not warning
  REPORT_STORE=$plain
  stop_nginx
fi

# An unchanged build asks the server nothing.
start_nginx
build asked $writes
lines=$(wc -l <"$folder/nginx-access.log")
build asked $writes
says "0 run"
[ "$(wc -l <"$folder/nginx-access.log")" = "$lines" ] || fail "an unchanged build asked the server"

# What makes no sense is refused before anything is done.
name=wrong
for setting in REPORT_STORE=ftp://host REPORT_STORE_ACCESS=all "REPORT_STORE_TOKEN=@$folder/nothing"; do
  status=0
  env REPORT_CACHE="$folder/cache-wrong" "$setting" "$program" list >"$folder/wrong.said" 2>&1 || status=$?
  [ "$status" = 2 ] || fail "$setting ends with $status"
done

# audit: what the server has is what this machine computes.
REPORT_CACHE="$folder/cache-audit" "$program" audit 100% >"$folder/audit.said" 2>&1 || { name=audit; fail "the audit found something"; }
echo "the store over HTTP: all as it should be"

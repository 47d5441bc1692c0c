#!/usr/bin/env bash
# Follows the last stage of the image's Dockerfile in a clean folder, without Docker, and runs the result as the image would: as another
# user where it may, who can write nothing but the data. Then tries what README.md beside this promises. Needs what `make test` has built.
set -euo pipefail
cd "$(dirname "$0")/.."

dockerfile=deploy/container/Dockerfile
clean=$(mktemp -d)
server=
# shellcheck disable=SC2329 # called by the trap
finish() {
  [ -z "$server" ] || kill -KILL "$server" 2>/dev/null || true
  chmod -R u+w "$clean"
  rm -rf "$clean"
}
trap finish EXIT
chmod 755 "$clean"

passed=0
ok() { passed=$((passed + 1)); printf 'ok: %s\n' "$1"; }
fail() { printf 'not ok: %s\n' "$1" >&2; exit 1; }

# The steps of the last stage. What the build stages made is where `make` makes it.
declare -a environment=()
while read -r step arguments; do
  case $step in
    COPY)
      read -ra paths <<<"${arguments//--from=server \/src\//}"
      target=$clean${paths[-1]}
      case ${paths[-1]} in */) mkdir -p "$target" ;; *) mkdir -p "${target%/*}" ;; esac
      cp -RL "${paths[@]:0:${#paths[@]}-1}" "$target"
      ;;
    ENV) environment+=("${arguments//=\//=$clean/}") ;;
    RUN) [ "$arguments" = 'install -d -o 10001 -g 10001 /data' ] || fail "a step this script does not know: RUN $arguments" ;;
    USER) [ "$arguments" = 10001:10001 ] || fail "another user than this script knows: $arguments" ;;
  esac
done < <(sed -n '/^FROM debian/,$p' "$dockerfile")
ok "the image's files are where its Dockerfile takes them from"

chmod -R a-w,a+rX "$clean/app"
mkdir "$clean/data"
declare -a as_user=()
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
  chown 10001:10001 "$clean/data"
  as_user=(setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs)
  "${as_user[@]}" touch "$clean/app/x" 2>/dev/null && fail 'the user of the image can write to its files'
  ok 'the user of the image cannot write to its files'
fi

# start ADDRESS: sets `server` and `address`.
start() {
  : >"$clean/out"
  env -i "${environment[@]}" "CONVOCATION_LISTEN=$1" \
    "${as_user[@]}" "$clean/app/convocation" serve >"$clean/out" 2>"$clean/log" &
  server=$!
  for _ in $(seq 100); do
    address=$(sed -n 's/^listening on //p' "$clean/out")
    [ -z "$address" ] || return 0
    sleep 0.1
  done
  cat "$clean/log" >&2
  fail 'the server does not start'
}

stop() {
  local began=$SECONDS
  kill -TERM "$server"
  wait "$server" || fail 'SIGTERM does not end the server cleanly'
  server=
  [ $((SECONDS - began)) -le 5 ] || fail "the server took $((SECONDS - began)) s to end"
}

healthy() { env -i "$clean/app/convocation" health --listen "${address#http://}"; }

# ask METHOD PATH: the body of a successful answer.
ask() {
  node -e '
    const [method, url] = process.argv.slice(1);
    const body = method === "POST" ? "{}" : undefined;
    const answer = await fetch(url, { method, body, headers: body && { "content-type": "application/json" } });
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status}`);
    process.stdout.write(await answer.text());
  ' --input-type=module "$1" "$address$2"
}

start 127.0.0.1:0
healthy || fail 'the health check fails on a healthy server'
ask GET / | grep -q '<title>' || fail 'the first page is not there'
ok 'runs as the image does, and is healthy'

code=$(ask POST /api/classes | sed -E 's/.*"code":"([^"]+)".*/\1/')
ask GET /metrics >"$clean/metrics"
stop
! healthy 2>/dev/null || fail 'the health check succeeds without a server'
ok 'SIGTERM ends it within 5 s'

start "${address#http://}"
ask GET "/api/classes/$code" | grep -q "$code" || fail 'a class did not survive the restart'
stop
ok 'a class survives an upgrade'

# Every metric has its row, and every row its metric, though some show only once something was measured. Edited kernels share a row.
metrics=$(sed -n 's/^# HELP \([a-z_]*\) .*/\1/p' "$clean/metrics" | grep '^convocation_' | grep -v '^convocation_edit_' | sort -u)
described=$(grep -oE 'convocation_[a-z_]+' deploy/README.md | grep -v '^convocation_edit_$' | sort -u)
known=$(grep -rhoE 'convocation_[a-z_]+' backend/server/src | sort -u)
missing=$(comm -23 <(echo "$metrics") <(echo "$described"))
[ -z "$missing" ] || fail "the runbook does not describe: $missing"
unknown=$(comm -13 <(echo "$known") <(echo "$described"))
[ -z "$unknown" ] || fail "the runbook describes what is not measured: $unknown"
ok 'the runbook describes every metric'

"$clean/app/convocation" serve --help >"$clean/help"
while read -r variable; do
  [ "$variable" = CONVOCATION_HOST ] || grep -q "$variable" "$clean/help" || fail "$variable is no variable of the server"
done < <(grep -rhoE 'CONVOCATION_[A-Z_]+' deploy | sort -u)
ok 'every variable named here exists'

if command -v systemd-analyze >/dev/null; then
  sed "s|/opt/convocation/|$clean/app/|g" deploy/systemd/convocation.service >"$clean/convocation.service"
  complaints=$(systemd-analyze verify "$clean/convocation.service" 2>&1 | grep "$clean/convocation.service" || true)
  [ -z "$complaints" ] || fail "the systemd unit: $complaints"
  ok 'the systemd unit is sound'
fi

printf '%d passed, 0 failed\n' "$passed"

#!/bin/bash
# Compares the balancer with nginx (one worker), before the same two targets, in turn and several times over.
#
#   Benchmarks/Proxy/run.sh PROXY_BENCH [SECONDS] [ROUNDS]
#
# Prints per round: requests a second, CPU microseconds per request (user and system) and the 99th percentile of the
# time an answer took. Needs nginx and wrk, and a built proxy-bench. Everything listens on 127.9.9.0/24.
set -euo pipefail

bench=$1 seconds=${2:-8} rounds=${3:-3}
connections=64
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT

body=$(printf 'x%.0s' {1..1024})
common="daemon off; worker_processes 1; error_log $work/error.log;"
events="events { worker_connections 4096; }"
temporary=""
for kind in client_body proxy fastcgi uwsgi scgi; do temporary+="${kind}_temp_path $work/$kind; "; done

cat > "$work/targets.conf" <<CONF
$common pid $work/targets.pid; $events
http { access_log off; keepalive_requests 1000000000; $temporary
  server { listen 127.9.9.1:8080; listen 127.9.9.2:8080; location / { default_type text/plain; return 200 "$body"; } } }
CONF
cat > "$work/proxy.conf" <<CONF
$common pid $work/proxy.pid; $events
http { access_log off; keepalive_requests 1000000000; $temporary
  upstream targets { server 127.9.9.1:8080; server 127.9.9.2:8080; keepalive 128; keepalive_requests 1000000000; }
  server { listen 127.9.9.3:8000; location / { proxy_pass http://targets; proxy_http_version 1.1;
    proxy_set_header Connection ""; proxy_set_header Host \$http_host;
    proxy_set_header X-Forwarded-For \$proxy_add_x_forwarded_for; proxy_set_header X-Forwarded-Proto http;
    proxy_set_header X-Forwarded-Port 8000; proxy_set_header X-Amzn-Trace-Id \$request_id; } } }
CONF

nginx -c "$work/targets.conf" &
nginx -c "$work/proxy.conf" &
"$bench" 127.9.9.4:8000 127.9.9.1:8080 127.9.9.2:8080 &
balancer=$!
for address in 127.9.9.3 127.9.9.4; do
    curl --silent --fail --retry 50 --retry-delay 1 --retry-connrefused --output /dev/null "http://$address:8000/"
done
nginx_worker=$(pgrep -P "$(cat "$work/proxy.pid")")

# User and system time of a process, in clock ticks.
ticks() { awk '{ print $14, $15 }' "/proc/$1/stat"; }

# measure NAME ADDRESS PID
measure() {
    local before after requests p99 rate
    before=$(ticks "$3")
    wrk --connections $connections --threads 1 --duration "${seconds}s" --latency "http://$2:8000/" > "$work/wrk"
    after=$(ticks "$3")
    requests=$(awk '/requests in/ { print $1 }' "$work/wrk")
    rate=$(awk '/Requests\/sec/ { print $2 }' "$work/wrk")
    p99=$(awk '$1 == "99%" { print $2 }' "$work/wrk")
    if grep -q -E "Non-2xx|Socket errors" "$work/wrk"; then cat "$work/wrk" >&2; exit 1; fi
    awk -v name="$1" -v before="$before" -v after="$after" -v n="$requests" -v hz="$(getconf CLK_TCK)" -v rate="$rate" \
        -v p99="$p99" 'BEGIN { split(before, b); split(after, a); u = (a[1] - b[1]) / hz / n * 1e6; s = (a[2] - b[2]) / hz / n * 1e6
        printf "%-9s %9.0f requests/s  %6.1f us CPU (%5.1f user, %5.1f system)  p99 %s\n", name, rate, u + s, u, s, p99 }'
}

for ((round = 1; round <= rounds; round++)); do
    measure nginx 127.9.9.3 "$nginx_worker"
    measure balancer 127.9.9.4 "$balancer"
done

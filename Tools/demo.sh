#!/usr/bin/env bash
# Usage: demo.sh [stop]
#
# Applies manifests/hello to ministack, an AWS API on this machine whose tasks are containers, shows the status, and
# prints what the load balancer answers. The servers stay, for trying things; `stop` ends them.
set -euo pipefail
cd "$(dirname "$0")/.."

demo=$PWD/.build/demo
export RECONCILE_TEST_VENV=${RECONCILE_TEST_VENV:-$PWD/.build/venv}
python=$RECONCILE_TEST_VENV/bin/python

say() { printf '\n==> %s\n' "$*"; }

# start NAME COMMAND...: a server of its own session, which stays when the script ends.
start() {
    local name=$1
    shift
    setsid "$@" >"$demo/$name.log" 2>&1 </dev/null &
    echo $! >"$demo/$name.pid"
}

stop() {
    local name pid
    for name in ministack engine; do
        [ -e "$demo/$name.pid" ] || continue
        pid=$(cat "$demo/$name.pid")
        kill "$pid" 2>/dev/null || true
        for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null && sleep 0.1 || break; done
    done
    [ ! -e "$demo/engine.directory" ] || rm -rf "$(cat "$demo/engine.directory")"
    rm -rf "$demo"
}

# eventually COMMAND...: until it succeeds, 30 seconds at most.
eventually() {
    for _ in $(seq 300); do
        ! "$@" >/dev/null 2>&1 || return 0
        sleep 0.1
    done
    echo "demo: not ready after 30 seconds: $*; see the logs in $demo" >&2
    return 1
}

engine_answers() { "$python" -c 'import docker; docker.from_env().ping()' >/dev/null 2>&1; }

# Uses the container engine that answers, or starts one as root.
provide_engine() {
    ! engine_answers || return 0
    if [ "$(id -u)" != 0 ] || ! PATH=$PATH:/usr/sbin command -v dockerd >/dev/null; then
        echo "demo: the tasks are containers: start Docker, or run as root with docker.io and busybox-static" >&2
        exit 1
    fi
    local directory
    directory=$(mktemp -d /tmp/reconcile-demo.XXXXXX)
    echo "$directory" >"$demo/engine.directory"
    start engine Tools/backends/container-engine.sh "$directory"
    export DOCKER_HOST=unix://$directory/docker.sock
    eventually engine_answers
}

free_port() { "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# fetch URL [HOST]: what is answered there, to a request that is for HOST.
fetch() {
    "$python" - "$@" <<'PYTHON'
import sys, urllib.request
url, *host = sys.argv[1:]
request = urllib.request.Request(url, headers={"Host": host[0]} if host else {})
print(urllib.request.urlopen(request, timeout=10).read().decode(), end="")
PYTHON
}

stop
[ "${1:-}" != stop ] || exit 0
mkdir -p "$demo"

say "Starting an AWS API on this machine, with containers as tasks"
provide_engine
"$python" Tools/backends/hello-image.py reconcile/hello latest 2.0
port=$(free_port)
start ministack Tools/backends/ministack.sh "$port"
export AWS_ENDPOINT_URL=http://127.0.0.1:$port AWS_REGION=eu-west-1
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
eventually fetch "$AWS_ENDPOINT_URL/_ministack/health"

reconcile=$PWD/.build/debug/reconcile
cd "$demo"
cp -r ../../manifests .

say "reconcile apply --yes -f manifests/hello"
"$reconcile" apply --yes -f manifests/hello
say "reconcile status -f manifests/hello"
"$reconcile" status -f manifests/hello

name=$("$RECONCILE_TEST_VENV/bin/aws" elbv2 describe-load-balancers --region "$AWS_REGION" \
    --query 'LoadBalancers[0].DNSName' --output text)
say "GET http://$name/"
fetch "$AWS_ENDPOINT_URL/" "$name"

say "It keeps running. To go on with it, to delete what it made, and to end it:"
cat <<END
    cd ${demo#"$OLDPWD/"}
    export AWS_ENDPOINT_URL=$AWS_ENDPOINT_URL AWS_REGION=$AWS_REGION AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
    ../debug/reconcile destroy -f manifests/hello
    make -C ../.. demo-stop
END

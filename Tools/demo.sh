#!/usr/bin/env bash
# Usage: demo.sh [stop]
#
# Applies manifests/hello to the local cloud, shows the status, and asks twice through the load balancer. The cloud goes
# on, for trying things; `stop` ends it.
#
# The tasks are processes; where a container engine answers, and busybox is there to make an image of, containers.
set -euo pipefail
cd "$(dirname "$0")/.."

demo=$PWD/.build/demo
reconcile=$PWD/.build/debug/reconcile

say() { printf '\n==> %s\n' "$*"; }

stop() {
    [ ! -e "$demo/manifests" ] || "$reconcile" local down --forget -f "$demo/manifests/hello" >/dev/null
    rm -rf "$demo"
}

# What status gives as the address of the application.
url() {
    "$reconcile" status -f manifests/hello -o json |
        sed -n 's/.*"url" *: *"\([^"]*\)".*/\1/p' | head -n 1
}

# fetch URL: over a connection of its own, with nothing but the shell.
fetch() {
    local authority=${1#http://} host port
    authority=${authority%%/*}
    host=${authority%%:*}
    port=${authority#"$host"}
    port=${port#:}
    exec 3<>"/dev/tcp/$host/${port:-80}"
    printf 'GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$authority" >&3
    sed '1,/^\r$/d' <&3
    exec 3>&-
}

stop
[ "${1:-}" != stop ] || exit 0
mkdir -p "$demo"
cd "$demo"
cp -r ../../manifests .
if docker version >/dev/null 2>&1 && [ -x /bin/busybox ]; then ../../Tools/hello-image.sh reconcile/hello latest; fi

say "reconcile apply --yes -f manifests/hello"
"$reconcile" apply --yes -f manifests/hello
say "reconcile status -f manifests/hello"
"$reconcile" status -f manifests/hello

address=$(url)
for _ in 1 2; do
    say "GET $address"
    fetch "$address"
done

say "It keeps running. To go on with it, and to end it with everything it made:"
cat <<END
    cd ${demo#"$OLDPWD/"}
    ../debug/reconcile plan -f manifests/hello
    ../debug/reconcile destroy -f manifests/hello
    ../debug/reconcile local down --forget -f manifests/hello     (or, from here: make demo-stop)
END

#!/usr/bin/env bash
# Usage: hello-image.sh NAME TAG...
#
# Imports, into the container engine that `docker` talks to, images NAME:TAG whose task answers HTTP on port 8080 (or
# $PORT): `/` with "hello TAG from HOSTNAME" and `/healthz` with "ok". No registry is asked: an image is the statically
# linked busybox and a script.
set -euo pipefail

name=$1
shift
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir "$root/bin"
cp /bin/busybox "$root/bin/busybox"
for applet in sh mkdir hostname httpd sleep; do ln -s busybox "$root/bin/$applet"; done
for tag; do
    # As process 1, httpd would ignore SIGTERM. It goes on serving for a second, for the requests already on their way.
    cat >"$root/bin/serve" <<END
#!/bin/sh
mkdir -p /srv
echo "hello $tag from \$(hostname)" > /srv/index.html
echo ok > /srv/healthz
httpd -f -p "\${PORT:-8080}" -h /srv &
trap 'sleep 1; kill %1; exit 0' TERM INT
wait
END
    chmod +x "$root/bin/serve"
    tar -C "$root" -c . | docker import --change 'CMD ["/bin/serve"]' --change 'EXPOSE 8080' - "$name:$tag" >/dev/null
done

"""Usage: hello-image.py NAME TAG...

Imports, into the container engine DOCKER_HOST names, images NAME:TAG whose task answers HTTP on port 8080 (or $PORT):
`/` with "hello TAG from HOSTNAME" and `/healthz` with "ok". No registry is asked: an image is the statically linked
busybox and a script.
"""

import io
import sys
import tarfile

import docker

BUSYBOX = "/bin/busybox"

# As process 1, httpd would ignore SIGTERM. It goes on serving for a second, for the requests already on their way.
SERVE = """#!/bin/sh
mkdir -p /srv
echo "hello {tag} from $(hostname)" > /srv/index.html
echo ok > /srv/healthz
httpd -f -p "${{PORT:-8080}}" -h /srv &
trap 'sleep 1; kill %1; exit 0' TERM INT
wait
"""


def image(tag: str) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        archive.add(BUSYBOX, "bin/busybox")
        for applet in ("sh", "mkdir", "hostname", "httpd", "sleep"):
            link = tarfile.TarInfo(f"bin/{applet}")
            link.type, link.linkname = tarfile.SYMTYPE, "busybox"
            archive.addfile(link)
        script = SERVE.format(tag=tag).encode()
        entry = tarfile.TarInfo("bin/serve")
        entry.mode, entry.size = 0o755, len(script)
        archive.addfile(entry, io.BytesIO(script))
    return content.getvalue()


def main() -> None:
    name, *tags = sys.argv[1:]
    engine = docker.from_env().api
    for tag in tags:
        engine.import_image_from_data(
            image(tag), repository=name, tag=tag, changes=['CMD ["/bin/serve"]', "EXPOSE 8080"]
        )


if __name__ == "__main__":
    main()

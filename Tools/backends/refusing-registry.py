"""Usage: refusing-registry.py PORT

Answers on 127.0.0.1 as an image registry that gives nothing away: the repository says why. `foreign` has an image, for
a processor that nobody has.
"""

import hashlib
import http.server
import json
import sys

REFUSALS = {
    "denied": (403, "DENIED", "requested access to the resource is denied"),
    "limited": (429, "TOOMANYREQUESTS", "You have reached your pull rate limit."),
    "missing": (404, "MANIFEST_UNKNOWN", "manifest unknown"),
}
LIST = "application/vnd.docker.distribution.manifest.list.v2+json"
FOREIGN = {
    "schemaVersion": 2,
    "mediaType": LIST,
    "manifests": [
        {
            "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
            "size": 500,
            "digest": "sha256:" + "0" * 64,
            "platform": {"architecture": "s390x", "os": "linux"},
        }
    ],
}


class Registry(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = self.path.strip("/").split("/")
        if len(parts) == 1:
            self.answer(200, {}, "application/json")
        elif parts[1] == "foreign":
            self.answer(200, FOREIGN, LIST)
        else:
            status, code, message = REFUSALS[parts[1]]
            self.answer(status, {"errors": [{"code": code, "message": message}]}, "application/json")

    do_HEAD = do_GET

    def answer(self, status: int, body: dict, kind: str) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Docker-Content-Digest", "sha256:" + hashlib.sha256(content).hexdigest())
        self.send_header("Docker-Distribution-Api-Version", "registry/2.0")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Registry).serve_forever()

"""Usage: count-calls.py RECONCILE DIRECTORY

Applies DIRECTORY/manifests to moto, an AWS API in memory, and prints how many calls a plan makes then: as many as moto has
written in its log of requests. Moto's services never progress, so the apply ends by its deadline, with exit status 4.
"""

import os
import pathlib
import re
import socket
import subprocess
import sys
import time
import urllib.request


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(url):
    for _ in range(300):
        try:
            return urllib.request.urlopen(url, timeout=5).read()
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{url} does not answer")


def requests(log):
    return len(re.findall(r'"POST /[^"]* HTTP', log.read_text()))


def reconcile(port, expected, *arguments):
    environment = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "HOME": os.getcwd(),
        "PATH": os.environ["PATH"],
    }
    run = subprocess.run([sys.argv[1], *arguments], env=environment, capture_output=True, text=True)
    if run.returncode != expected:
        sys.exit(f"reconcile {' '.join(arguments)} ended with {run.returncode}:\n{run.stdout[-2000:]}{run.stderr[-2000:]}")


def main():
    os.chdir(sys.argv[2])
    port = free_port()
    log = pathlib.Path("moto.log")
    server = [f"{sys.prefix}/bin/moto_server", "-H", "127.0.0.1", "-p", str(port)]
    with log.open("w") as output, subprocess.Popen(server, stdout=output, stderr=output) as moto:
        try:
            wait_for(f"http://127.0.0.1:{port}/moto-api/")
            reconcile(port, 4, "apply", "--yes", "--timeout", "5s")
            # The questions that the deadline cut short are in the log when moto has answered them.
            time.sleep(1)
            before = requests(log)
            reconcile(port, 0, "plan")
            print(requests(log) - before)
        finally:
            moto.kill()


main()

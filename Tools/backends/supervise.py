#!/usr/bin/env python3
"""Runs a command until standard input ends or SIGTERM arrives, then ends it and everything it started.

Whoever starts a server through this script holds the other end of its standard input: when that process ends, however
it ends, the server does too. The command first gets SIGTERM, and its process group SIGKILL when it is gone or 20
seconds later.
"""

import os
import select
import signal
import subprocess
import sys


def stop(server: subprocess.Popen) -> None:
    server.terminate()
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        print(f"{sys.argv[1]} did not end within 20 seconds of SIGTERM", file=sys.stderr)
    try:
        os.killpg(server.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        select.select([sys.stdin, os.pidfd_open(server.pid)], [], [])
    finally:
        ended_by_itself = server.poll() is not None
        stop(server)
    return server.returncode if ended_by_itself else 0


if __name__ == "__main__":
    sys.exit(main())

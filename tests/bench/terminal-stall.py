#!/usr/bin/env python3
"""How long house-price-tui's main loop is ever away: tests/bench/terminal-stall.py BUILD REGISTRY

Types twelve keys a second into the program on a pseudo-terminal while its server answers, dies, returns and falls silent, then
much faster. terminal-stall.c measures inside.
"""

import os
import pathlib
import pty
import select
import socket
import struct
import subprocess
import sys
import tempfile
import time

BUILD, REGISTRY = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
SECONDS, PAUSE = 6, 1 / 12
KEYS = [b"1", b"6", b"5", b"6", b"\r", b"\033[C", b"\033[D", b"\r", b"2", b"\r", b"o", b"l", b"\r", b"1", b"9", b"6", b"0", b"\r", b"\r",
        b"\033[B", b"\033", b"\033[A", b"\033[A", b"\033[A", b"\033[A", b"\033[A", b"\033[A", b"\033[5~", b"?", b"q"]


class Run:
    def __init__(self, folder, *options):
        self.file = open(os.path.join(folder, "stall"), "w+b")
        self.file.write(bytes(16))
        self.file.flush()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8", LINES="24", COLUMNS="80", STALL_FILE=self.file.name,
                              LD_PRELOAD=str(BUILD / "tests/bench/libterminal-stall.so"))
            program = BUILD / "ui/tui/house-price-tui"
            os.execv(program, [str(program), "--registry", REGISTRY, *options])
        self.at = 0

    def phase(self, name, seconds=SECONDS, pause=PAUSE, burst=1):
        self.file.seek(0)
        self.file.write(bytes(16))
        self.file.flush()
        end = time.monotonic() + seconds
        due = time.monotonic()
        while time.monotonic() < end:
            if select.select([self.fd], [], [], 0.005)[0]:
                os.read(self.fd, 65536)
            if time.monotonic() >= due and pause:
                keys = b"".join(KEYS[(self.at + i) % len(KEYS)] for i in range(burst))
                os.write(self.fd, keys)
                self.at += burst
                due += pause
        self.file.seek(0)
        longest, dispatches = struct.unpack("QQ", self.file.read(16))
        print(f"| {name} | {dispatches:,} | {longest / 1000:.1f} |", flush=True)

    def end(self):
        os.write(self.fd, b"\021")
        while True:
            try:
                if not os.read(self.fd, 65536):
                    break
            except OSError:
                break
        os.waitpid(self.pid, 0)


def serve(port):
    return subprocess.Popen([BUILD / "server/house-price-server", "--registry", REGISTRY, "--port", str(port)],
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    print("| phase | dispatches | longest, ms |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        server = serve(port)
        time.sleep(1)
        run = Run(folder, "--server", f"http://127.0.0.1:{port}")
        run.phase("it starts", 2, 0)
        run.phase("typing, the server answers")
        server.kill()
        server.wait()
        run.phase("typing, the server dies")
        server = serve(port)
        run.phase("typing, the server returns")
        run.phase("40 keys at once, ten times a second", pause=0.1, burst=40)
        run.end()
        server.kill()
        server.wait()
        with socket.create_server(("127.0.0.1", 0)) as hole:
            run = Run(folder, "--server", f"http://127.0.0.1:{hole.getsockname()[1]}")
            run.phase("typing, the server is silent")
            run.end()
        run = Run(folder, "--server", "")
        run.phase("typing, no server")
        run.end()


if __name__ == "__main__":
    main()

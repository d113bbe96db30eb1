# server_process.py - runs house-price-server as a process of its own
# SPDX-License-Identifier: GPL-3.0-or-later
"""Server(registry, "--drain-delay", "0") starts it on a free port and waits until it listens; with `with` it ends."""

import http.client
import json
import os
import queue
import signal
import subprocess
import threading

PATIENCE = 60  # seconds for what has to come


class Server:
    def __init__(self, registry, *options, program=None, port=0, env=None):
        self.lines = []
        self._queue = queue.Queue()
        self.process = subprocess.Popen(
            [program or os.environ["HOUSE_PRICE_SERVER_PROGRAM"], "--registry", str(registry), "--port", str(port), *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url = self.wait_for("listening")["url"]
        self.host, _, number = self.url.removeprefix("http://").rpartition(":")
        self.host, self.port = self.host.strip("[]"), int(number)

    def _read(self):
        for line in self.process.stdout:
            self._queue.put(json.loads(line))
        self._queue.put(None)

    def wait_for(self, message):
        """The next line of the log with this message; lines before it go to `lines`."""
        while True:
            line = self._queue.get(timeout=PATIENCE)
            if line is None:
                raise RuntimeError(f"the server ended before it said {message!r}: {self.process.stderr.read().decode()}")
            self.lines.append(line)
            if line["msg"] == message:
                return line

    def connect(self, timeout=PATIENCE):
        return http.client.HTTPConnection(self.host, self.port, timeout=timeout)

    def request(self, method, path, body=None, headers=None, connection=None):
        """(status, headers, body); JSON both ways."""
        own = connection or self.connect()
        headers = dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
        own.request(method, path, body, headers)
        answer = own.getresponse()
        text = answer.read()
        if connection is None:
            own.close()
        return answer.status, dict(answer.getheaders()), json.loads(text) if text else None

    def get(self, path, **kwargs):
        return self.request("GET", path, **kwargs)

    def post(self, path, body, **kwargs):
        return self.request("POST", path, body, **kwargs)

    def send_signal(self, number):
        self.process.send_signal(number)

    def wait(self):
        """The exit status, once it has ended; the rest of the log is in `lines`."""
        status = self.process.wait(timeout=PATIENCE)
        self._reader.join(PATIENCE)
        while (line := self._queue.get(timeout=PATIENCE)) is not None:
            self.lines.append(line)
        return status

    def stop(self):
        """Ends it now; the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.stop()

# fault_proxy.py - the fault proxy for tests in Python
# SPDX-License-Identifier: GPL-3.0-or-later
"""with FaultProxy("127.0.0.1:8000") as proxy: proxy.mode("blackhole"); … proxy.url …

The program is $FAULT_PROXY; fault-proxy.h says what the modes do.
"""

import os
import subprocess


class FaultProxy:
    def __init__(self, to, port=0):
        self._process = subprocess.Popen([os.environ["FAULT_PROXY"], "--to", to, "--port", str(port)],
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self._process.stdout.readline())
        self.url = f"http://127.0.0.1:{self.port}"

    def _ask(self, command):
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()
        lines = []
        while not lines or lines[-1] != "ok":
            line = self._process.stdout.readline()
            if line in ("", "no such command\n"):
                raise ValueError(f"fault-proxy: {command}: {line.strip() or 'it has ended'}")
            lines.append(line.strip())
        return lines[:-1]

    def mode(self, name):
        """Holds for every connection, old and new, when this returns."""
        self._ask(f"mode {name}")

    def delay(self, milliseconds):
        """Between two bytes of a slow answer."""
        self._ask(f"delay {milliseconds}")

    def accepted(self):
        """How many connections there were so far."""
        return int(self._ask("accepted")[0])

    def close(self):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

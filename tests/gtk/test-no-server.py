# test-no-server.py - what answers is no server ("garbage"), or never does ("silence")
# SPDX-License-Identifier: GPL-3.0-or-later

import socket
import sys
import threading

from desktop import LOST, Desktop, cli_figures, free_port, typical, wait
from harness import check, contains, done, equal, status, train


def answer_garbage(listener):
    """What a server that is none answers: pages, half headers, broken and huge JSON"""
    answers = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>Hi</p>",
               b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":[[",
               b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
               b"\x00\xff\x00\xff garbage\r\n\r\n",
               b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + 100000 * b"[",
               b""]
    i = 0
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            try:
                connection.recv(65536)
                connection.sendall(answers[i % len(answers)])
            except OSError:
                pass
            i += 1


name = sys.argv[1]
status(train("--family", "gradient_boosting"), 0, "the model on this computer")
listener = socket.create_server(("127.0.0.1", free_port()))
if name == "garbage":
    threading.Thread(target=answer_garbage, args=(listener,), daemon=True).start()
desktop = Desktop("--server", f"http://127.0.0.1:{listener.getsockname()[1]}")
desktop.find("label", contains=LOST)
desktop.wait_price(cli_figures(*typical(desktop))[0])
desktop.wait_source("Offline · v1")
desktop.focus("Living area (ft²)")
desktop.press("ctrl+a")
desktop.type("1888")
desktop.wait_price(cli_figures(*typical(desktop))[0])
# Why, behind the button in the header bar
button = desktop.find("push button", contains="Prices by: Offline")
contains(button.get_description(), "127.0.0.1", f"{name}: the button tells who does not answer")
check(wait(lambda: desktop.has("push button", "Try Again"), "a button"), f"{name}: it can be tried again")
desktop.press("F5")
desktop.wait_source("Offline · v1")
equal(desktop.close(), 0, f"{name}: it ends well")
equal([line for line in desktop.stderr().splitlines() if "WARNING" in line or "CRITICAL" in line], [],
      f"{name}: no warning on stderr")
listener.close()
done()

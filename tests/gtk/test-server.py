# test-server.py - the server dies and returns while somebody types
# SPDX-License-Identifier: GPL-3.0-or-later

import socket
import threading
import time

from desktop import Desktop, Server, cli_figures, free_port, tell, wait
from harness import check, contains, done, equal, path, run, status, train

LOST = "The server does not answer: prices are by the model on this computer, version 1"


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


def typical(desktop):
    """The house that the form holds, for the command line"""
    texts = {name: desktop.text(title).replace(",", "") for name, title in
             {"sqft": "Living area (ft²)", "bedrooms": "Bedrooms", "bathrooms": "Bathrooms", "year_built": "Year built"}.items()}
    for name, title in {"location": "Location", "condition": "Condition"}.items():
        texts[name] = desktop.find("push button", contains=f"{title}: ").get_name().split(": ")[1]
        texts[name] = texts[name].removesuffix(f" {title}")
    return [f"{name}={value}" for name, value in texts.items()]


status(train("--family", "gradient_boosting"), 0, "the model on this computer")
there = path("there")
status(train("--family", "random_forest", "--seed", "7", registry=there), 0, "the server's first model")
status(train("--family", "linear", "--seed", "7", registry=there), 0, "the server's second model")
status(run("models", "promote", "2", registry=there), 0, "the server's champion")

server = Server(there)
desktop = Desktop("--server", server.url)
desktop.wait_source("Server · v2")
desktop.find("label", "Valued by version 2 on the server")
here = cli_figures(*typical(desktop))[0]
desktop.wait_price(cli_figures(*typical(desktop), registry=there)[0])
check(not desktop.has("label", contains=LOST), "no bar while the server answers")

# The server dies between two key strokes
desktop.focus("Living area (ft²)")
desktop.press("ctrl+a")
desktop.type("20")
server.kill()
started = time.monotonic()
desktop.type("00")
desktop.find("label", "Valued by version 1 on this computer")
desktop.find("label", contains=LOST)
tell(f"bar and local price {time.monotonic() - started:.1f} s after the server died")
desktop.wait_source("Offline · v1")
desktop.wait_price(cli_figures(*typical(desktop))[0])
equal(desktop.text("Living area (ft²)"), "2000", "no key stroke was lost")
equal(desktop.focused(), "Living area (ft²)", "the cursor is where it was")
# and typing goes on
desktop.press("ctrl+a")
desktop.type("1777")
desktop.wait_price(cli_figures(*typical(desktop))[0])

# It returns: everything goes back by itself
server.start()
started = time.monotonic()
desktop.wait_gone("label", contains=LOST)
desktop.find("label", "Valued by version 2 on the server")
tell(f"bar gone and price by the server {time.monotonic() - started:.1f} s after it was back")
desktop.wait_source("Server · v2")
desktop.wait_price(cli_figures(*typical(desktop), registry=there)[0])

# A new champion there
status(run("models", "promote", "1", registry=there), 0, "another champion on the server")
server.kill()
server.start()
desktop.wait_source("Server · v1")
desktop.find("label", "Valued by version 1 on the server")
desktop.wait_price(cli_figures(*typical(desktop), registry=there)[0])
equal(desktop.close(), 0, "it ends well")
server.kill()

# A server that is none, and one that never answers
for name in ("garbage", "silence"):
    listener = socket.create_server(("127.0.0.1", free_port()))
    if name == "garbage":
        threading.Thread(target=answer_garbage, args=(listener,), daemon=True).start()
    desktop = Desktop("--server", f"http://127.0.0.1:{listener.getsockname()[1]}")
    desktop.wait_price(here)
    desktop.find("label", contains=LOST)
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

# test-network.py - the server dies, comes back, and is no server at all, while one types
# SPDX-License-Identifier: GPL-3.0-or-later

import re
import socket
import threading

from harness import REGISTRY, check, contains, done
from terminal import Server, Terminal, free_port, predict, train

BY_SERVER = "valued by the server, house-price version 1"
BY_COMPUTER = "valued by this computer, house-price version 1"


def price(**changes):
    """Of the typical house with changes"""
    house = {"sqft": "1442", "bedrooms": "3", "bathrooms": "2", "location": "North Ames", "condition": "Average",
             "year_built": "1973", **changes}
    return re.escape(predict(*[f"{name}={value}" for name, value in house.items()]).splitlines()[0])


def between_two_keys():
    server = Server()
    terminal = Terminal(options=["--server", server.url()])
    terminal.wait(rf"● Server v1(.|\n)*{price()}(.|\n)*{BY_SERVER}", "the server values")
    terminal.type("17")
    server.kill()
    terminal.type("00")
    text = terminal.wait(rf"○ Offline v1(.|\n)*{price(sqft='1700')}(.|\n)*{BY_COMPUTER}", "killed between two keys: this computer values")
    contains(text, "The server is away: ", "a notice")
    contains(text, "refused", "the notice has the reason")
    terminal.keys("Enter", "Right")
    terminal.wait(rf"{price(sqft='1700', bedrooms='4')}(.|\n)*{BY_COMPUTER}", "one goes on typing")
    server.start()
    text = terminal.wait(rf"● Server v1(.|\n)*{price(sqft='1700', bedrooms='4')}(.|\n)*{BY_SERVER}", "the server is back by itself")
    check("away" not in text, "the notice has gone", text)
    check("▸Bathrooms" in text or "▸Bedrooms" in text, "the focus has not moved away", text)
    server.kill()
    terminal.keys("F5")
    terminal.wait("○ Offline v1", "F5 asks at once")
    server.start()
    terminal.keys("F5")
    terminal.wait("● Server v1", "and again")
    server.kill()
    terminal.keys("C-q")
    check(terminal.status() == 0, "quits", terminal.screen())


def swallow(listener, kept):
    while True:
        try:
            kept.append(listener.accept()[0])
        except OSError:
            return


def black_hole():
    """Something accepts connections and never answers."""
    listener = socket.create_server(("127.0.0.1", 0))
    kept = []
    threading.Thread(target=swallow, args=(listener, kept), daemon=True).start()
    terminal = Terminal(options=["--server", f"http://127.0.0.1:{listener.getsockname()[1]}"])
    terminal.wait(rf"{price()}(.|\n)*{BY_COMPUTER}", "a server that is silent: this computer's price all the same")
    terminal.keys("Right")
    terminal.wait(price(sqft="1492"), "and the next one")
    terminal.wait("○ Offline v1", "then it counts as away")
    terminal.wait("The server is away: ", "silence is told")  # once the price is final, a little later
    terminal.keys("F10")
    check(terminal.status() == 0, "quits while the network is silent", terminal.screen())
    listener.close()


def no_server_no_model():
    port = free_port()
    terminal = Terminal(registry=REGISTRY + "-none", options=["--server", f"http://127.0.0.1:{port}"])
    text = terminal.wait("Enter +train", "no server and no model: one may train")
    contains(text, "There is no model on this computer", "no model")
    server = Server(port)
    text = terminal.wait(BY_SERVER, "the server comes: its model values")
    server.kill()
    terminal.keys("Right")
    text = terminal.wait("✗", "it goes again: there is no price, and it says why")
    contains(text, "was the price before", "the old price is marked")
    terminal.keys("F10")
    check(terminal.status() == 0, "quits", terminal.screen())


def chosen_by_environment():
    server = Server()
    terminal = Terminal(HOUSE_PRICE_SERVER=server.url())
    terminal.wait(BY_SERVER, "HOUSE_PRICE_SERVER")
    terminal.close()
    terminal = Terminal(options=["--server", ""], HOUSE_PRICE_SERVER=server.url())
    terminal.wait(rf"This computer v1(.|\n)*{BY_COMPUTER}", "--server '' asks none")
    terminal.close()
    server.kill()


train()
between_two_keys()
black_hole()
no_server_no_model()
chosen_by_environment()
done()

# desktop.py - house-price-gtk as its users meet it: keys, the accessibility tree, pictures
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs on a display and a session bus of its own (see meson.build). Uses tests/cli/harness.py for checks and commands.

Whoever waits here waits generously: a slow machine is no failure. How long it took is told in a comment.
"""

import atexit
import ctypes
import os
import socket
import struct
import subprocess
import sys
import time
import zlib

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

import harness  # noqa: E402

sys.stdout = open(3, "w", encoding="utf-8")  # see on-display
PROGRAM = os.environ["HOUSE_PRICE_GTK"]
SERVER = os.environ["HOUSE_PRICE_SERVER_PROGRAM"]
PATIENCE = 120


LOST = "The server does not answer: prices are by the model on this computer, version 1"


class Gone(Exception):
    """What was waited for did not come."""


def wait(condition, what):
    """The first true result of condition; the tree may change under it meanwhile."""
    end = time.monotonic() + PATIENCE
    while True:
        # Applications that come and go are told by signals
        while GLib.MainContext.default().iteration(False):
            pass
        try:
            result = condition()
        except GLib.Error:  # a node that went away
            result = None
        if result:
            return result
        if time.monotonic() > end:
            raise Gone(what)
        time.sleep(0.05)


def run_beside(command, **options):
    """A process that does not outlive the test, however that ends"""
    process = subprocess.Popen(command, **options)
    atexit.register(lambda: process.poll() is None and process.kill())
    return process


def tell(text):
    print(f"# {text}", flush=True)


def walk(node):
    yield node
    try:
        children = range(node.get_child_count())
    except GLib.Error:
        return
    for i in children:
        try:
            child = node.get_child_at_index(i)
        except GLib.Error:
            continue
        if child:
            yield from walk(child)


class Desktop:
    """The program, running"""

    def __init__(self, *arguments, registry=harness.REGISTRY, **variables):
        # The system's icons and settings, but nothing of whoever runs the test
        env = harness.environment(**{"XDG_CONFIG_HOME": harness.path("config"), "XDG_DATA_DIRS": "/usr/local/share:/usr/share", **variables})
        for name in ("GTK_A11Y", "GTK_THEME", "HOUSE_PRICE_SERVER"):
            if name not in variables:
                env.pop(name, None)
        self.errors = open(harness.path("stderr"), "w+b")
        self.process = run_beside([PROGRAM, *(["--registry", registry] if registry else []), *arguments], env=env,
                                  stderr=self.errors)
        self.tree = wait(self._application, "the program in the accessibility tree")

    def _application(self):
        if self.process.poll() is not None:
            raise Gone(f"the program ended: {self.stderr()}")
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for i in range(desktop.get_child_count()):
            try:
                child = desktop.get_child_at_index(i)
                if child and child.get_process_id() == self.process.pid:
                    child.clear_cache()
                    if child.get_child_count() > 0:
                        return child
            except GLib.Error:  # one that has ended, and is still listed
                pass
        return None

    def stderr(self):
        self.errors.seek(0)
        return self.errors.read().decode("utf-8", "replace")

    def close(self):
        """Closes it as its users do; its exit status"""
        self.press("ctrl+q")
        try:
            return self.process.wait(timeout=PATIENCE)
        finally:
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()

    def nodes(self, role=None, name=None, contains=None, below=None):
        self.tree.clear_cache()
        for node in walk(below or self.tree):
            try:
                if role and node.get_role_name() != role:
                    continue
                if name is not None and node.get_name() != name:
                    continue
                if contains is not None and contains not in node.get_name():
                    continue
            except GLib.Error:
                continue
            yield node

    def find(self, role=None, name=None, contains=None):
        """The first such node, as soon as there is one"""
        return wait(lambda: next(self.nodes(role, name, contains), None), f"{role} “{name or contains}”")

    def has(self, role=None, name=None, contains=None):
        return next(self.nodes(role, name, contains), None) is not None

    def wait_gone(self, role=None, name=None, contains=None):
        wait(lambda: not self.has(role, name, contains), f"no {role} “{name or contains}”")

    def field(self, title):
        """The widget that holds a field's value"""
        return wait(lambda: next((node for node in self.nodes()
                                  if node.get_role_name() in ("spin button", "text") and node.get_name() == title), None),
                    f"the field {title}")

    def text(self, title):
        node = self.field(title)
        return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))

    def set_text(self, title, text):
        Atspi.EditableText.set_text_contents(self.field(title), text)

    def focus(self, name, key="Tab"):
        """Tabs to what has that name, or begins with it: the keyboard must reach everything"""
        seen = []
        for _ in range(100):
            at = wait(lambda: self.focused() or self.take_keyboard(), "the focus")
            if at == name or at.startswith(name):
                return
            seen.append(at)
            self.press(key)
            wait(lambda: self.focused() != at, f"{key} to leave {at}")
        raise Gone(f"{key} does not reach {name}, but {seen}")

    def focused(self):
        """Name of what has the focus"""
        return next((node.get_name() for node in self.nodes() if node.get_state_set().contains(Atspi.StateType.FOCUSED)), None)

    def figures(self):
        """{price, level, low, high, within, fsd, maker} as they stand there"""
        group = next(self.nodes("panel", "Price"), None)
        labels = [node.get_name() for node in self.nodes("label", below=group)] if group else []
        return dict(zip(("price", "level", "low", "high", "within", "fsd", "maker"), labels))

    def price(self):
        return self.figures().get("price")

    def spoken(self):
        """What the price is for those who listen"""
        return self.find("panel", "Price").get_description()

    def wait_price(self, expected):
        wait(lambda: self.price() == expected, f"the price {expected}, not {self.price()}")

    def source(self):
        node = next(self.nodes("push button", contains="Prices by: "), None)
        return node.get_name().split("Prices by: ")[1] if node else None

    def wait_source(self, expected):
        wait(lambda: (self.source() or "").startswith(expected), f"the source {expected}, not {self.source()}")

    def press(self, *keys):
        """Real keys, to whatever has the focus in the program's window"""
        self._xdotool("key", "--delay", "20", *keys)

    def point(self, x, y):
        self._xdotool("mousemove", str(x), str(y))

    def type(self, text):
        self._xdotool("type", "--delay", "20", text)

    def take_keyboard(self):
        """Without a window manager nobody gives the window the keyboard, nor back to it when a popover is gone."""
        self._xdotool()

    def _xdotool(self, *command):
        window = wait(lambda: subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                                             capture_output=True, text=True).stdout.split(), "the window")[-1]
        subprocess.run(["xdotool", "windowfocus", "--sync", window, *command], check=True, capture_output=True)


def cli_figures(*house, registry=harness.REGISTRY, **variables):
    """What the command line prints for a house: (price, low, high)"""
    lines = harness.run("predict", *house, registry=registry, env=harness.environment(**variables)).out.splitlines()
    low, high = lines[1].split("interval")[1].strip().split(" – ")
    return lines[0], low, high


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """house-price-server on a port that stays the same over restarts"""

    def __init__(self, registry=harness.REGISTRY):
        self.port = free_port()
        self.registry = registry
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None
        self.start()

    def start(self):
        self.process = run_beside([SERVER, "--registry", self.registry, "--port", str(self.port)],
                                  env=harness.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait(self._answers, "the server")

    def _answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
            return True
        except OSError:
            return False

    def kill(self):
        self.process.kill()
        self.process.wait()


class _Image(ctypes.Structure):
    _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("xoffset", ctypes.c_int), ("format", ctypes.c_int),
                ("data", ctypes.POINTER(ctypes.c_ubyte)), ("byte_order", ctypes.c_int), ("bitmap_unit", ctypes.c_int),
                ("bitmap_bit_order", ctypes.c_int), ("bitmap_pad", ctypes.c_int), ("depth", ctypes.c_int),
                ("bytes_per_line", ctypes.c_int), ("bits_per_pixel", ctypes.c_int)]


def screenshot(path, width, height):
    """The display's upper left as a PNG; nothing but the X library is needed"""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
    x11.XDefaultRootWindow.restype = ctypes.c_ulong
    x11.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int, ctypes.c_uint, ctypes.c_uint,
                              ctypes.c_ulong, ctypes.c_int]
    x11.XGetImage.restype = ctypes.POINTER(_Image)
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = x11.XOpenDisplay(None)
    image = x11.XGetImage(display, x11.XDefaultRootWindow(display), 0, 0, width, height, 0xFFFFFFFF, 2).contents
    rows = []
    for y in range(height):
        line = bytes(image.data[y * image.bytes_per_line:y * image.bytes_per_line + 4 * width])
        row = bytearray(3 * width)
        row[0::3], row[1::3], row[2::3] = line[2::4], line[1::4], line[0::4]
        rows.append(b"\0" + bytes(row))
    x11.XCloseDisplay(display)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                   + chunk(b"IDAT", zlib.compress(b"".join(rows), 9)) + chunk(b"IEND", b""))


def typical(desktop):
    """The house that the form holds, for the command line"""
    texts = {name: desktop.text(title).replace(",", "") for name, title in
             {"sqft": "Living area (ft²)", "bedrooms": "Bedrooms", "bathrooms": "Bathrooms", "year_built": "Year built"}.items()}
    for name, title in {"location": "Location", "condition": "Condition"}.items():
        texts[name] = desktop.find("push button", contains=f"{title}: ").get_name().split(": ")[1]
        texts[name] = texts[name].removesuffix(f" {title}")
    return [f"{name}={value}" for name, value in texts.items()]

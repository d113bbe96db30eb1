# terminal.py - house-price-tui in a terminal of its own
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each test program imports this, makes a Terminal, types keys and looks at the screen; it ends with done().

A Terminal is a tmux server with one pane, on a socket of its own. Screens are awaited, never slept for: wait() polls until what is
looked for is there. A golden is a file of tests/golden/tui; HOUSE_PRICE_GOLDEN=write writes them anew.
"""

import atexit
import os
import re
import signal
import socket
import subprocess
import tempfile
import time

from harness import DATA, REGISTRY, SOURCE, check, path

PROGRAM = os.environ["HOUSE_PRICE_TUI"]
CLI = os.environ["HOUSE_PRICE"]
SERVER = os.environ.get("HOUSE_PRICE_SERVER_PROGRAM", "")
GOLDEN = os.path.join(SOURCE, "tests", "golden", "tui")
# Whoever runs the tests behind something else may have told it to ignore these, and what it starts inherits that.
for _number in (signal.SIGINT, signal.SIGQUIT):
    if signal.getsignal(_number) == signal.SIG_IGN:
        signal.signal(_number, signal.SIG_DFL)

# As long as a slow machine may take for something that takes milliseconds
PATIENCE = 60

_open = []


def environment(**changes):
    env = {"PATH": os.environ["PATH"], "HOME": path(""), "XDG_DATA_HOME": path("data"), "XDG_DATA_DIRS": path("system"),
           "XDG_CONFIG_HOME": path("config"), "LC_ALL": "C.UTF-8", "GSETTINGS_BACKEND": "memory",
           "SHELL": "/bin/sh"}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS", "G_SLICE", "HOUSE_PRICE_LIBEXEC"):
        if name in os.environ:
            env[name] = os.environ[name]
    env.update(changes)
    return {name: value for name, value in env.items() if value is not None}


def train(registry=REGISTRY):
    """One version, the same on every machine."""
    subprocess.run([CLI, "train", DATA, "--family", "gradient_boosting", "--registry", registry, "--quiet"], check=True,
                   env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)


def predict(*house):
    """What house-price says, as text without styles."""
    return subprocess.run([CLI, "predict", "--registry", REGISTRY, *house], check=True, env=environment(),
                          capture_output=True, text=True, timeout=60).stdout


class Terminal:
    def __init__(self, width=80, height=24, term="tmux-256color", options=(), registry=REGISTRY, shell=False, **env):
        self.socket = f"house-price-{os.getpid()}-{len(_open)}"
        self.folder = tempfile.mkdtemp(dir=path(""))
        self.status_file = os.path.join(self.folder, "status")
        self.pid_file = os.path.join(self.folder, "pid")
        self.width, self.height = width, height
        _open.append(self)
        program = [PROGRAM, *(["--registry", registry] if registry else []), *options]
        quoted = " ".join("'" + word.replace("'", "'\\''") + "'" for word in program)
        # The shell notes how the program ended, and the pane stays
        run = "exec /bin/sh" if shell else (f"sh -c 'echo $$ > {self.pid_file}; exec \"$@\"' sh {quoted}; "
                                            f"ended=$?; stty -a > {self.folder}/stty; echo $ended > {self.status_file}; echo ended; exec cat")
        self.command = quoted
        config = os.path.join(self.folder, "tmux.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(f"set -g default-terminal {term}\nset -g status off\nset -s escape-time 0\n"
                       "set -g history-limit 1000\nset -s set-clipboard on\nset -s exit-empty off\n")
        self.env = environment(**env)
        tmux = ["tmux", "-L", self.socket, "-f", config, "-u"]
        # tmux itself must know UTF-8 whatever the program's locale is
        subprocess.run([*tmux, "new-session", "-d", "-x", str(width), "-y", str(height), "env", "-i",
                        *[f"{name}={value}" for name, value in self.env.items()], f"TERM={term}", "sh", "-c", run],
                       check=True, env=dict(self.env, LC_ALL="C.UTF-8"), timeout=PATIENCE)

    def tmux(self, *arguments):
        return subprocess.run(["tmux", "-L", self.socket, *arguments], capture_output=True, text=True, check=False,
                              env=dict(self.env, LC_ALL="C.UTF-8"), timeout=PATIENCE).stdout

    def keys(self, *keys):
        """Names as tmux knows them: Enter, Down, F5, C-l; or single characters."""
        for key in keys:
            self.tmux("send-keys", "-t", ":0", key)

    def type(self, text):
        self.tmux("send-keys", "-t", ":0", "-l", text)

    def paste(self, text):
        """As a terminal pastes: in brackets, if the program asked for them."""
        file = os.path.join(self.folder, "pasted")
        with open(file, "w", encoding="utf-8") as out:
            out.write(text)
        self.tmux("load-buffer", "-b", "pasted", file)
        self.tmux("paste-buffer", "-p", "-b", "pasted", "-t", ":0")

    def click(self, x, y):
        """A click at a cell, counted from 0, as xterm sends it."""
        self.type(f"\033[<0;{x + 1};{y + 1}M\033[<0;{x + 1};{y + 1}m")

    def screen(self, styles=False):
        lines = self.tmux("capture-pane", "-p", *(["-e"] if styles else []), "-t", ":0").split("\n")
        return "\n".join(line.rstrip() for line in lines[:self.height]).rstrip() + "\n"

    def styles(self):
        """The screen with a row of letters under each row that tell how it looks, and what the letters mean below. Of a blank only
        what shows counts."""
        letters, out = {}, []
        look = {"fg": "", "bg": "", "bold": "", "underlined": "", "reversed": ""}
        for line in self.screen(styles=True).split("\n"):
            text, marks = "", ""
            for part in re.split(r"(\033\[[0-9;]*m|[\016\017])", line):
                if part.startswith("\033["):
                    _apply_style(look, part[2:-1])
                elif part > "\017":
                    for character in part:
                        shown = {name: value for name, value in look.items()
                                 if value and (character != " " or name in ("bg", "underlined", "reversed"))}
                        key = " ".join(f"{name} {value}" if value is not True else name for name, value in shown.items())
                        text += character
                        marks += letters.setdefault(key, "abcdefghijklmnopqrstuvwxyz"[len(letters)] if key else " ")
            out += [text.rstrip(), marks.rstrip()]
        legend = [f"{letter}: {key}" for key, letter in letters.items() if key]
        return "\n".join(out + legend) + "\n"

    def wait(self, wanted, name=None, absent=False):
        """Until a regular expression (or a function of the screen) holds. Returns the screen; a failed wait is a failed check."""
        holds = wanted if callable(wanted) else lambda text: bool(re.search(wanted, text, re.M))
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            text = self.screen()
            if holds(text) != absent:
                if name:
                    check(True, name)
                return text
            time.sleep(0.02)
        check(False, name or f"the screen {'loses' if absent else 'shows'} {wanted!r}", self.screen())
        return self.screen()

    def settle(self):
        """Until the screen has been the same for a while. Returns it."""
        last, since, end = None, 0, time.monotonic() + PATIENCE
        while time.monotonic() < end:
            text = self.screen(styles=True)
            if text != last:
                last, since = text, time.monotonic()
            elif time.monotonic() - since > 0.3:
                break
            time.sleep(0.03)
        return self.screen()

    def pid(self):
        with open(self.pid_file, encoding="utf-8") as file:
            return int(file.read())

    def resize(self, width, height):
        self.width, self.height = width, height
        self.tmux("resize-window", "-t", ":0", "-x", str(width), "-y", str(height))

    def signal(self, number):
        os.kill(self.pid(), number)

    def status(self):
        """The exit status, once the program has ended."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if os.path.exists(self.status_file) and os.path.getsize(self.status_file):
                with open(self.status_file, encoding="utf-8") as file:
                    return int(file.read())
            time.sleep(0.02)
        return None

    def close(self):
        self.tmux("kill-server")


class Server:
    """house-price-server with the registry of this test, on a port of its own."""

    def __init__(self, port=None, registry=REGISTRY):
        self.port = port or free_port()
        self.registry = registry
        self.process = None
        _open.append(self)
        self.start()

    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        self.process = subprocess.Popen([SERVER, "--registry", self.registry, "--port", str(self.port)],
                                        env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.02)

    def kill(self):
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    close = kill


def _apply_style(look, codes):
    codes = [int(code or 0) for code in codes.split(";")]
    while codes:
        code = codes.pop(0)
        if code == 0:
            look.update({name: "" for name in look})
        elif code in (1, 4, 7):
            look[{1: "bold", 4: "underlined", 7: "reversed"}[code]] = True
        elif code in (38, 48):
            codes.pop(0)
            look["fg" if code == 38 else "bg"] = str(codes.pop(0))
        elif 30 <= code <= 37 or 40 <= code <= 47:
            look["fg" if code < 40 else "bg"] = str(code % 10)
        elif code in (39, 49):
            look["fg" if code == 39 else "bg"] = ""


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def golden(text, name):
    """Compares a screen with the file of that name."""
    file = os.path.join(GOLDEN, name + ".txt")
    if os.environ.get("HOUSE_PRICE_GOLDEN") == "write":
        with open(file, "w", encoding="utf-8") as out:
            out.write(text)
    try:
        with open(file, encoding="utf-8") as stored:
            expected = stored.read()
    except FileNotFoundError:
        expected = ""
    check(text == expected, f"the screen is golden/tui/{name}.txt", f"now:\n{text}\nstored:\n{expected}")


def _close():
    for thing in _open:
        thing.close()


atexit.register(_close)

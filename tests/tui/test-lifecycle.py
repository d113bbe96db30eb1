# test-lifecycle.py - starting, ending in every way, stopping, resizing, and input that nobody types on purpose
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import pty
import random
import re
import select
import signal
import subprocess
import termios
import time

from harness import REGISTRY, check, contains, done, equal, path
from terminal import PATIENCE, PROGRAM, Terminal, environment, train

# A sanitizer ends a program that crashes in its own way
with open(PROGRAM, "rb") as binary:
    SANITIZED = b"__asan_init" in binary.read()
ALT_SCREEN_LEFT = b"\033[?1049l"


class Pty:
    """The program on a bare pseudo-terminal, whose modes and bytes are looked at."""

    def __init__(self, *options, **env):
        self.ours, self.theirs = pty.openpty()
        termios.tcsetwinsize(self.theirs, (24, 80)) if hasattr(termios, "tcsetwinsize") else os.system(
            f"stty rows 24 cols 80 < {os.ttyname(self.theirs)}")
        self.before = termios.tcgetattr(self.theirs)
        self.process = subprocess.Popen([PROGRAM, "--registry", REGISTRY, *options], stdin=self.theirs, stdout=self.theirs,
                                        stderr=self.theirs, env=environment(**{"TERM": "xterm-256color", **env}),
                                        start_new_session=True)
        self.text = b""

    def read(self, wanted):
        """Until wanted was written, or the program has ended."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and wanted not in self.text:
            if select.select([self.ours], [], [], 0.05)[0]:
                try:
                    self.text += os.read(self.ours, 65536)
                except OSError:
                    break
            elif self.process.poll() is not None:
                break
        return wanted in self.text

    def finish(self):
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            self.read(b"never")
        while select.select([self.ours], [], [], 0.1)[0]:
            try:
                self.text += os.read(self.ours, 65536)
            except OSError:
                break
        return self.process.poll()

    def restored(self, name):
        text = self.text
        equal(termios.tcgetattr(self.theirs), self.before, f"{name}: the terminal's modes are as before")
        check(ALT_SCREEN_LEFT in text, f"{name}: the alternate screen is left", text[-300:])
        for sequence in (b"\033[?2004l", b"\033[?1000l", b"\033[?1006l", b"\033[?25h"):
            last_on = text.rfind(sequence.replace(b"l", b"h") if sequence.endswith(b"l") else b"\033[?25l")
            check(text.rfind(sequence) > last_on, f"{name}: {sequence!r} comes last", text[-300:])
        os.close(self.ours)
        os.close(self.theirs)


def signals():
    for name, number in {"SIGTERM": signal.SIGTERM, "SIGINT": signal.SIGINT, "SIGHUP": signal.SIGHUP}.items():
        run = Pty()
        run.read(b"valued by")
        run.process.send_signal(number)
        equal(run.finish(), 130, f"{name}: exit status 130")
        run.restored(name)
    for name, number in {"SIGSEGV": signal.SIGSEGV, "SIGABRT": signal.SIGABRT, "SIGQUIT": signal.SIGQUIT}.items():
        run = Pty()
        run.read(b"valued by")
        run.process.send_signal(number)
        status = run.finish()
        check(status == -number or (status and SANITIZED), f"{name}: ends by it", status)
        run.restored(name)


def quitting():
    run = Pty()
    run.read(b"valued by")
    os.write(run.ours, b"\033[21~")
    equal(run.finish(), 0, "F10: exit status 0")
    run.restored("F10")
    run = Pty()
    run.read(b"valued by")
    os.write(run.ours, b"\003")
    equal(run.finish(), 130, "Ctrl+C: exit status 130")
    run.restored("Ctrl+C")


def hang_up():
    run = Pty()
    run.read(b"valued by")
    os.close(run.theirs)
    os.close(run.ours)
    try:
        status = run.process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        status = None
        run.process.kill()
    equal(status, 130, "the terminal goes away: exit status 130")


def refusals():
    for name, given in {"stdin is no terminal": {"stdin": subprocess.DEVNULL}, "stdout is no terminal": {}}.items():
        ours, theirs = pty.openpty()
        result = subprocess.run([PROGRAM], **{"stdin": theirs, **given}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                env=environment(TERM="xterm"), check=False, timeout=PATIENCE)
        equal(result.returncode, 2, f"{name}: exit status 2")
        equal(result.stdout, b"", f"{name}: nothing on stdout")
        contains(result.stderr.decode(), ["needs a terminal", "house-price predict"], name)
        os.close(ours)
        os.close(theirs)
    for term in ("dumb", "no-such-terminal", None):
        run = Pty(TERM=term)
        equal(run.finish(), 2, f"TERM={term}: exit status 2")
        contains(run.text.decode(), ["house-price-tui: TERM"], f"TERM={term}")
        check(b"\033[?1049h" not in run.text, f"TERM={term}: nothing was drawn", run.text)
    for options, wanted in {
        ("--servr", "x"): "did you mean --server?", ("--server", "ftp://x"): "ftp://x", ("house",): "one argument too many",
        ("--name", "../x"): "../x",
    }.items():
        result = subprocess.run([PROGRAM, *options], capture_output=True, env=environment(TERM="xterm"), check=False,
                                timeout=PATIENCE)
        equal(result.returncode, 2, f"{options}: exit status 2")
        contains(result.stderr.decode(), wanted, f"{options}")
    for option in ("--help", "--version"):
        result = subprocess.run([PROGRAM, option], capture_output=True, env=environment(), check=False, timeout=PATIENCE)
        equal(result.returncode, 0, f"{option}: exit status 0")
        contains(result.stdout.decode(), {"--help": "house-price-tui --server", "--version": "ncurses 6"}[option], option)


def manual():
    """Help and manual page list the same options."""
    text = subprocess.run([PROGRAM, "--help"], capture_output=True, env=environment(), check=True, text=True).stdout
    listed = set(re.findall(r"^  .*?(--[a-z-]+)", text.split("Options:")[1], re.M))
    with open(os.path.join(os.environ["HOUSE_PRICE_SOURCE"], "data", "house-price-tui.1"), encoding="utf-8") as file:
        page = file.read().replace("\\-", "-")
    described = {"-" + flag for flag in re.findall(r"^\.It.* Fl (-[a-z-]+)", page, re.M)}
    synopsis = {"-" + flag for flag in re.findall(r"Fl (-[a-z-]+)", page.split(".Sh SYNOPSIS")[1].split(".Sh ")[0])}
    equal(described, listed, "manual page: options")
    equal(synopsis, listed, "manual page: synopsis")
    lint = subprocess.run(["mandoc", "-T", "lint", "-W", "warning",
                           os.path.join(os.environ["HOUSE_PRICE_SOURCE"], "data", "house-price-tui.1")],
                          capture_output=True, text=True, check=False)
    equal(lint.stdout + lint.stderr, "", "manual page: no warnings")


def suspended():
    terminal = Terminal(shell=True)
    terminal.wait(r"\$|#")
    terminal.type(terminal.command)
    terminal.keys("Enter")
    terminal.wait("valued by")
    before = terminal.settle()
    terminal.keys("C-z")
    terminal.wait("Stopped|suspended", "Ctrl+Z: back in the shell")
    terminal.type("stty -a | grep -o -- '-*icanon'; clear; fg")
    terminal.keys("Enter")
    terminal.wait("valued by", "fg: the screen is drawn again")
    equal(terminal.settle(), before, "as it was")
    terminal.keys("Right")
    terminal.wait("1,492", "and keys work")
    terminal.keys("C-q")
    terminal.wait("House Price", "ends", absent=True)


def resizing():
    terminal = Terminal()
    terminal.wait("valued by")
    random.seed(4)
    for _ in range(60):
        terminal.resize(random.randint(1, 220), random.randint(1, 70))
        terminal.keys(random.choice(["Down", "Right", "Enter", "Escape", "5", "F1"]))
    terminal.resize(80, 24)
    terminal.keys("Escape", "Escape")
    terminal.wait("House Price", "sixty sizes and keys later it is still there")
    terminal.keys("C-q")
    equal(terminal.status(), 0, "and quits")


def random_bytes():
    """A million of them, but no Ctrl+C, Ctrl+Q, Ctrl+Z, q, nor F10: it would rightly end or stop."""
    random.seed(5)
    noise = random.randbytes(1 << 20)
    noise = bytes(b for b in noise if b not in (0x03, 0x11, 0x1a, ord("q"), ord("x")))
    noise = noise.replace(b"\033", b"").replace(b":", b"") + b"".join(
        b"\033" + random.choice([b"[A", b"[B", b"[C", b"[D", b"[5~", b"[200~", b"[201~", b"[<0;%d;%dM" % (
            random.randint(1, 80), random.randint(1, 23)), b"OP", b"[3~", b"[[", b"[", b"O", b""]) + random.randbytes(3).replace(
                b"\003", b"").replace(b"\021", b"").replace(b"\032", b"").replace(b"q", b"").replace(b":", b"")
        for _ in range(20000)) + b"\033[201~\033[201~"
    run = Pty()
    run.read(b"valued by")
    os.set_blocking(run.ours, False)
    at, end = 0, time.monotonic() + 10 * PATIENCE
    while at < len(noise) and time.monotonic() < end and run.process.poll() is None:
        try:
            at += os.write(run.ours, noise[at:at + 4096])
        except BlockingIOError:
            pass
        if select.select([run.ours], [], [], 0.001)[0]:
            run.text = os.read(run.ours, 65536)
    check(run.process.poll() is None, f"a million random bytes: it still runs ({at} of {len(noise)})", run.process.poll())
    os.set_blocking(run.ours, True)
    run.text = b""
    for _ in range(3):
        os.write(run.ours, b"\033")
        time.sleep(0.1)
    os.write(run.ours, b"\021")
    equal(run.finish(), 0, "and quits when told to")


def pastes():
    terminal = Terminal()
    terminal.wait("valued by")
    terminal.paste("2" * 100000)
    terminal.wait("above the most allowed|is not a number", "a long paste is one long number that is refused")
    terminal.keys("Escape")
    terminal.wait("1,442", "Esc puts the value back")
    terminal.paste("2,000\nq\n")
    terminal.keys("Enter")
    terminal.wait(r"2,000 ft.*\$179,", "a paste of lines is its first; the rest is no keys")
    terminal.keys("y")
    terminal.wait("Copied")
    price = re.search(r"Copied (\S+)", terminal.screen()).group(1)
    equal(terminal.tmux("show-buffer"), price, "y: the price is on the terminal's clipboard")
    terminal.keys("C-q")
    equal(terminal.status(), 0, "quits")
    with open(os.path.join(terminal.folder, "stty"), encoding="utf-8") as file:
        modes = file.read()
    check(all(re.search(rf"(?<!-)\b{mode}\b", modes) for mode in ("icanon", "echo", "isig")), "stty afterwards", modes)


def first_start():
    """The shipped sales, in a registry of its own."""
    terminal = Terminal(registry=path("first"))
    terminal.wait("Enter +train")
    terminal.keys("Enter")
    terminal.wait("%|valued by", "a bar")
    terminal.keys("Escape")
    terminal.wait("Enter +train|valued by", "Esc stops the training")
    if "valued by" not in terminal.screen():
        terminal.keys("Enter")
    terminal.wait("valued by this computer", "trained, and a price")
    terminal.keys("F10")
    equal(terminal.status(), 0, "quits")
    terminal = Terminal(registry="/proc/none")
    terminal.wait("Enter +train")
    terminal.keys("Enter")
    text = terminal.wait("again", "a registry that can't be written to: says so")
    contains(text, "/proc/none", "the failure names it")
    terminal.keys("C-c")
    equal(terminal.status(), 130, "Ctrl+C quits")


train()
quitting()
signals()
hang_up()
refusals()
manual()
suspended()
resizing()
pastes()
random_bytes()
first_start()
done()

#!/usr/bin/env python3
"""Runs every command of the README's ```console blocks and compares what it prints; prints TAP.

  check-readme.py SOURCE PROGRAM [--write]

Commands are the lines after "$ "; those that begin with "house-price" are run, in the source folder, with a registry of
their own, and their whole output (standard output, then messages) must be what stands beneath. So are those that begin with "curl";
one that ends with "&" goes on behind them (a server, whose port is one that is free here). Numbers may differ by 1 %, since
processors differ in the last bit of a logarithm; seconds, dates and identifiers may differ at will. --write puts in what is
printed.
"""

import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
ANY = re.compile(r"\d+\.\d+ s\b|\d{4}-\d\d-\d\dT[\d:.]+Z|[0-9.]+ [kM]B|\b[0-9A-HJKMNP-TV-Z]{26}\b")
PORT = "8000"


def blocks(text):
    """(start, end) of each console block's inside"""
    return [(m.start(1), m.end(1)) for m in re.finditer(r"```console\n(.*?)```", text, re.S)]


def commands(block):
    """[(command lines, expected lines)]"""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(([line], []))
        elif found and found[-1][0][-1].endswith("\\") and not found[-1][1]:
            found[-1][0].append(line)
        elif found:
            found[-1][1].append(line)
    return found


def same(expected, actual):
    expected, actual = ANY.sub("~", expected), ANY.sub("~", actual)
    if re.sub(r"\s+", " ", NUMBER.sub("#", expected)) != re.sub(r"\s+", " ", NUMBER.sub("#", actual)):
        return False
    for a, b in zip(NUMBER.findall(expected), NUMBER.findall(actual)):
        a, b = float(a.replace(",", "")), float(b.replace(",", ""))
        if abs(a - b) > 0.01 * max(abs(a), abs(b)) + 0.0101:
            return False
    return True


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def start(shell, port, source, env):
    """A server, waited for until it listens"""
    process = subprocess.Popen(["bash", "-c", "exec " + shell.rstrip("& ")], cwd=source, env=env, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        with socket.socket() as probe:
            if process.poll() is not None or probe.connect_ex(("127.0.0.1", int(port))) == 0:
                break
        time.sleep(0.1)
    return process


def main():
    source, program = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    readme = source / "README.md"
    text = readme.read_text(encoding="utf-8")
    results, pieces, at, behind, port = [], [], 0, [], free_port()
    with tempfile.TemporaryDirectory() as folder:
        env = dict(os.environ, HOUSE_PRICE_REGISTRY=folder + "/registry", XDG_DATA_HOME=folder, LC_ALL="C.UTF-8",
                   PATH=f"{program.parent}:{os.environ['PATH']}", TMPDIR=folder, G_DEBUG="")
        for begin, end in blocks(text):
            lines = []
            for command, expected in commands(text[begin:end]):
                lines += command
                shell = "\n".join(command)[2:]
                if not shell.startswith(("house-price", "curl")):
                    lines += expected
                    continue
                shell = shell.replace(PORT, port)
                if shell.endswith("&"):
                    behind.append(start(shell.replace("serve", f"serve --port {port}"), port, source, env))
                    results.append((behind[-1].poll() is None, shell, [], []))
                    lines += expected
                    continue
                run = subprocess.run(["bash", "-c", shell], cwd=source, env=env, text=True, check=False, stdin=subprocess.DEVNULL,
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
                actual = [line.rstrip().replace(port, PORT) for line in (run.stdout + run.stderr).splitlines()]
                while actual and not actual[-1]:
                    actual.pop()
                wanted = list(expected)
                while wanted and not wanted[-1]:
                    wanted.pop()
                good = len(wanted) == len(actual) and all(same(a, b) for a, b in zip(wanted, actual))
                results.append((good, shell.split("\n")[0], wanted, actual))
                lines += actual + ([""] if expected and not expected[-1] else [])
            pieces += [text[at:begin], "\n".join(lines) + "\n"]
            at = end
        for process in behind:
            process.kill()
            process.wait()
    if "--write" in sys.argv:
        readme.write_text("".join(pieces) + text[at:], encoding="utf-8")
        return 0
    print(f"1..{len(results) + 1}")
    for i, (good, shell, wanted, actual) in enumerate(results, 1):
        print(f"{'ok' if good else 'not ok'} {i} - {shell}")
        if not good:
            for line in wanted:
                print(f"# expected: {line}")
            for line in actual:
                print(f"# printed:  {line}")
    enough = len(results) >= 5
    print(f"{'ok' if enough else 'not ok'} {len(results) + 1} - the README has commands to run")
    return 0 if enough and all(r[0] for r in results) else 1


if __name__ == "__main__":
    sys.exit(main())

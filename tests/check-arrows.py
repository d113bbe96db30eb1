#!/usr/bin/env python3
"""Compares every #include with the arrows between the rooms, and prints TAP.

A room may include its own headers and those of the rooms it may reach. Some libraries may be
included in some rooms only. The table of rooms is the architecture: a new room is a new line here.
"""

import pathlib
import re
import sys

# room: the rooms its arrows point to
ARROWS = {
    "base": [],
    "table": ["base"],
    "model": ["table"],
    "study": ["model"],
    "learn": ["study"],
    "registry": ["study"],
    "cli": ["learn", "registry"],
}

# header prefix: the only rooms that may include it
LIBRARIES = {
    "yaml.h": ["base", "cli"],
    "lapacke.h": ["learn"],
    "xgboost/": ["learn"],
    "cblas": ["learn"],
    "libsoup/": ["valuer"],
    "sqlite3.h": ["valuer", "track"],
    "plplot": ["plot"],
    "cairo": ["plot"],
    "gtk/": [],
    "adwaita": [],
    "curses": [],
    "ncurses": [],
}

# Only this part of cli may reach learn: house-price itself must not load LAPACK or XGBoost
TRAINS = re.compile(r"^(train-.*\.[ch]|hp-cli-train\.h)$")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def reachable(room):
    seen, todo = set(), [room]
    while todo:
        at = todo.pop()
        if at not in seen:
            seen.add(at)
            todo.extend(ARROWS[at])
    return seen


def check(source):
    owner, problems, checked = {}, [], 0
    for room in ARROWS:
        for header in (source / room).glob("*.h"):
            if header.name in owner:
                problems.append(f"{header} has the name of a header of src/{owner[header.name]}")
            owner[header.name] = room
    for folder in sorted(p for p in source.iterdir() if p.is_dir()):
        if folder.name not in ARROWS:
            problems.append(f"{folder} is a room that tests/check-arrows.py does not know: add its arrows")
            continue
        allowed = reachable(folder.name)
        for path in sorted(folder.glob("*.[ch]")):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                found = INCLUDE.match(line)
                if not found:
                    continue
                checked += 1
                name = found.group(2)
                room = owner.get(name.rsplit("/", 1)[-1])
                if "/" in name and room:
                    problems.append(f"{path}:{number}: include {name} by its name alone, not by a path")
                elif room and room not in allowed:
                    problems.append(f"{path}:{number}: {folder.name} may not include {name}, which is in {room}")
                elif room == "learn" and folder.name == "cli" and not TRAINS.match(path.name):
                    problems.append(f"{path}:{number}: only what house-price-train is made of may include {name}")
                elif room and name.endswith("-private.h") and room != folder.name:
                    problems.append(f"{path}:{number}: {name} is private to {room}")
                for prefix, rooms in LIBRARIES.items():
                    if name.startswith(prefix) and folder.name not in rooms:
                        problems.append(f"{path}:{number}: {folder.name} may not include {name}")
    return checked, problems


def self_test(source):
    """The check must be able to fail: a file that breaks each rule is found."""
    import shutil
    import tempfile

    cases = {
        "base/broken.c": '#include "hp-table.h"\n',
        "model/broken.c": "#include <lapacke.h>\n",
        "registry/broken.c": '#include "hp-train.h"\n',
        "table/broken.c": '#include "../base/hp-error.h"\n',
        "cli/verb-broken.c": '#include "hp-train.h"\n',
        "unknown/broken.c": "",
    }
    missed = []
    for name, text in cases.items():
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / "src"
            shutil.copytree(source, copy)
            target = copy / name
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, encoding="utf-8")
            if not any("broken" in p or "unknown" in p for p in check(copy)[1]):
                missed.append(name)
    return missed


def main():
    source = pathlib.Path(sys.argv[1]) / "src"
    checked, problems = check(source)
    missed = self_test(source)
    print("1..2")
    for problem in problems:
        print(f"# {problem}")
    print(f"{'not ok' if problems or checked == 0 else 'ok'} 1 - {checked} includes follow the arrows")
    for name in missed:
        print(f"# src/{name} should have been refused")
    print(f"{'not ok' if missed else 'ok'} 2 - a broken arrow is found")
    return 1 if problems or missed or checked == 0 else 0


if __name__ == "__main__":
    sys.exit(main())

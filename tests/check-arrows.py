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
    "chart": ["study"],
    "plot": ["chart"],
    "valuer": ["registry"],
    "session": ["valuer"],
    "report": ["session", "plot"],
    "cli": ["learn", "report"],
    "server": ["registry", "chart"],
    "gtk": ["report"],
    "tui": ["session", "chart"],
}

# Rooms that are not folders of src
FOLDERS = {"server": "server", "gtk": "ui/gtk", "tui": "ui/tui"}

# header prefix: the only rooms that may include it
LIBRARIES = {
    "yaml.h": ["base", "cli"],
    "lapacke.h": ["learn"],
    "xgboost/": ["learn"],
    "cblas": ["learn"],
    "libsoup/": ["valuer"],
    "microhttpd.h": ["server"],
    "sqlite3.h": ["valuer", "track"],
    "plplot": ["plot"],
    "cairo": ["plot", "report", "gtk"],
    "pango/": ["plot", "report", "gtk"],
    "gtk/": ["gtk"],
    "adwaita": ["gtk"],
    "curses": ["tui"],
    "ncurses": ["tui"],
}

# Only this part of cli may reach learn: house-price itself must not load LAPACK or XGBoost
TRAINS = re.compile(r"^(train-.*\.[ch]|hp-cli-train\.h)$")

# Nor PLplot, cairo or Pango
DRAWS = re.compile(r"^(plot|report)-.*\.[ch]$")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def reachable(room):
    seen, todo = set(), [room]
    while todo:
        at = todo.pop()
        if at not in seen:
            seen.add(at)
            todo.extend(ARROWS[at])
    return seen


def folder_of(top, room):
    return top / FOLDERS.get(room, f"src/{room}")


def check(top):
    owner, problems, checked = {}, [], 0
    known = {folder_of(top, room): room for room in ARROWS}
    for folder, room in known.items():
        for header in folder.glob("*.h"):
            if header.name in owner:
                problems.append(f"{header} has the name of a header of {owner[header.name]}")
            owner[header.name] = room
    for folder in sorted(p for parent in ("src", "ui") for p in (top / parent).glob("*") if p.is_dir()):
        if folder not in known:
            problems.append(f"{folder} is a room that tests/check-arrows.py does not know: add its arrows")
    for folder, here in sorted(known.items()):
        allowed = reachable(here)
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
                    problems.append(f"{path}:{number}: {here} may not include {name}, which is in {room}")
                elif room == "learn" and here == "cli" and not TRAINS.match(path.name):
                    problems.append(f"{path}:{number}: only what house-price-train is made of may include {name}")
                elif room in ("plot", "report") and here == "cli" and not DRAWS.match(path.name):
                    problems.append(f"{path}:{number}: only what house-price-plot is made of may include {name}")
                elif room and name.endswith("-private.h") and room != here:
                    problems.append(f"{path}:{number}: {name} is private to {room}")
                for prefix, rooms in LIBRARIES.items():
                    if name.startswith(prefix) and here not in rooms:
                        problems.append(f"{path}:{number}: {here} may not include {name}")
    return checked, problems


def self_test(top):
    """The check must be able to fail: a file that breaks each rule is found."""
    import shutil
    import tempfile

    cases = {
        "src/base/broken.c": '#include "hp-table.h"\n',
        "src/model/broken.c": "#include <lapacke.h>\n",
        "src/registry/broken.c": '#include "hp-train.h"\n',
        "src/table/broken.c": '#include "../base/hp-error.h"\n',
        "src/cli/verb-broken.c": '#include "hp-train.h"\n',
        "src/cli/verb-drawn-broken.c": '#include "hp-plot.h"\n',
        "src/unknown/broken.c": "",
        "ui/unknown/broken.c": "",
        "ui/gtk/broken.c": "#include <libsoup/soup.h>\n",
        "server/broken.c": "#include <gtk/gtk.h>\n",
    }
    missed = []
    for name, text in cases.items():
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder)
            for part in ("src", "ui", "server"):
                if (top / part).is_dir():
                    shutil.copytree(top / part, copy / part)
            target = copy / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            if not any("broken" in p or "unknown" in p for p in check(copy)[1]):
                missed.append(name)
    return missed


def main():
    top = pathlib.Path(sys.argv[1])
    checked, problems = check(top)
    missed = self_test(top)
    print("1..2")
    for problem in problems:
        print(f"# {problem}")
    print(f"{'not ok' if problems or checked == 0 else 'ok'} 1 - {checked} includes follow the arrows")
    for name in missed:
        print(f"# {name} should have been refused")
    print(f"{'not ok' if missed else 'ok'} 2 - a broken arrow is found")
    return 1 if problems or missed or checked == 0 else 0


if __name__ == "__main__":
    sys.exit(main())

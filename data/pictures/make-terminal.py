#!/usr/bin/env python3
"""Draws what house-price-tui shows: data/pictures/make-terminal.py PROGRAM REGISTRY writes terminal.svg and terminal.txt beside itself

The screen is that of a real terminal (tmux), 80 × 24, after a house has been typed.
"""

import html
import os
import re
import subprocess
import sys
import time

KEYS = ["1656", "Enter", "3", "Enter", "2", "Enter", "north a", "Enter", "1960", "Enter"]
BASIC = ["#1e1e2a", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d8d8e0"]
FOREGROUND, BACKGROUND = "#d8d8e0", "#1e1e2a"
CELL_WIDTH, CELL_HEIGHT, LEFT, TOP = 9.6, 20, 16, 40


def capture():
    tmux = ["tmux", "-L", f"house-price-picture-{os.getpid()}", "-f", "/dev/null", "-u"]
    env = dict(os.environ, LC_ALL="C.UTF-8")
    program = f"env TERM=tmux-256color '{sys.argv[1]}' --registry '{sys.argv[2]}'"
    subprocess.run([*tmux, "new-session", "-d", "-x", "80", "-y", "24", program], check=True, env=env)
    try:
        for key in ["", *KEYS]:
            time.sleep(0.7)
            subprocess.run([*tmux, "send-keys", *(["-l"] if key[:1].islower() or key.isdigit() else []), key], check=True, env=env)
        time.sleep(1)
        return [subprocess.run([*tmux, "capture-pane", "-p", *options], check=True, env=env, capture_output=True,
                               text=True).stdout for options in ([], ["-e", "-N"])]
    finally:
        subprocess.run([*tmux, "kill-server"], check=True, env=env)


def colour(number):
    """Of the 256"""
    if number < 16:
        return BASIC[number % 8]
    if number >= 232:
        return "#" + f"{8 + 10 * (number - 232):02x}" * 3
    levels = [0, 95, 135, 175, 215, 255]
    number -= 16
    return "#" + "".join(f"{levels[n]:02x}" for n in (number // 36, number // 6 % 6, number % 6))


def apply(style, codes):
    codes = [int(code or 0) for code in codes.split(";")]
    while codes:
        code = codes.pop(0)
        if code == 0:
            style.update(fg=None, bg=None, bold=False, reverse=False)
        elif code in (1, 7):
            style["bold" if code == 1 else "reverse"] = True
        elif code in (38, 48):
            codes.pop(0)
            style["fg" if code == 38 else "bg"] = colour(codes.pop(0))
        elif 30 <= code <= 37 or 40 <= code <= 47:
            style["fg" if code < 40 else "bg"] = BASIC[code % 10]
        elif code in (39, 49):
            style["fg" if code == 39 else "bg"] = None


def runs(line, style):
    """Texts of one style: column, text, style"""
    column = 0
    for part in re.split(r"(\033\[[0-9;]*m|[\016\017])", line):
        if part.startswith("\033["):
            apply(style, part[2:-1])
        elif part > "\017":
            yield column, part, dict(style)
            column += len(part)


def draw(lines):
    width, height = LEFT * 2 + 80 * CELL_WIDTH, TOP + 24 * CELL_HEIGHT + 16
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height}" viewBox="0 0 {width:g} {height}" '
           'role="img" aria-label="A terminal in which house-price-tui shows a house as a form and its price beside it">')
    yield f'<rect width="{width:g}" height="{height}" rx="10" fill="{BACKGROUND}"/>'
    for i, fill in enumerate(("#e06c75", "#e5c07b", "#98c379")):
        yield f'<circle cx="{22 + 20 * i}" cy="20" r="6" fill="{fill}"/>'
    style = {"fg": None, "bg": None, "bold": False, "reverse": False}
    for row, line in enumerate(lines[:24]):
        for column, text, look in runs(line, style):
            front, back = look["fg"] or FOREGROUND, look["bg"]
            if look["reverse"]:
                front, back = back or BACKGROUND, look["fg"] or FOREGROUND
            x, y, wide = LEFT + column * CELL_WIDTH, TOP + row * CELL_HEIGHT, len(text) * CELL_WIDTH
            if back:
                yield f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{CELL_HEIGHT}" fill="{back}"/>'
            if text.strip():
                weight = ' font-weight="bold"' if look["bold"] else ""
                yield (f'<text xml:space="preserve" x="{x:.1f}" y="{y + 15}" textLength="{wide:.1f}" fill="{front}"{weight} '
                       f'font-size="16" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace">{html.escape(text)}</text>')
    yield "</svg>"


plain, styled = capture()
beside = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(beside, "terminal.txt"), "w", encoding="utf-8") as file:
    file.write("\n".join(line.rstrip() for line in plain.split("\n")[:24]) + "\n")
with open(os.path.join(beside, "terminal.svg"), "w", encoding="utf-8") as file:
    file.write("\n".join(draw(styled.split("\n"))) + "\n")

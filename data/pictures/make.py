#!/usr/bin/env python3
"""Draws the README's picture, an SVG, from what the program really prints: data/pictures/make.py PROGRAM > predict.svg"""

import html
import subprocess
import sys

COMMAND = ['sqft=1656', 'bedrooms=3', 'bathrooms=2', 'location=North Ames', 'condition=Average', 'year_built=1960',
           '--explain', '--comparables', '3']
SHOWN = ['$ house-price predict sqft=1656 bedrooms=3 bathrooms=2 location="North Ames" \\',
         '    condition=Average year_built=1960 --explain --comparables 3']

run = subprocess.run([sys.argv[1], "predict", *COMMAND], check=True, text=True, capture_output=True)
lines = SHOWN + (run.stdout + run.stderr).rstrip().split("\n")
width, height, line_height = 820, 22 * len(lines) + 60, 22
print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
      'role="img" aria-label="A terminal in which house-price values a house and gives its reasons">')
print(f'<rect width="{width}" height="{height}" rx="10" fill="#1e1e2a"/>')
for i, colour in enumerate(("#e06c75", "#e5c07b", "#98c379")):
    print(f'<circle cx="{22 + 20 * i}" cy="20" r="6" fill="{colour}"/>')
for i, line in enumerate(lines):
    colour, weight = "#d8d8e0", "normal"
    if i < len(SHOWN):
        colour = "#8fbcff"
    elif i == len(SHOWN):
        colour, weight = "#ffffff", "bold"
    elif line.startswith("warning"):
        colour = "#e5c07b"
    print(f'<text xml:space="preserve" x="20" y="{58 + line_height * i}" fill="{colour}" font-weight="{weight}" font-size="15" '
          f'font-family="DejaVu Sans Mono, Menlo, Consolas, monospace">{html.escape(line)}</text>')
print("</svg>")

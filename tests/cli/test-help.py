# test-help.py - help, manual page and completion list the same verbs and options
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import re
import subprocess

from harness import PROGRAM, SOURCE, check, contains, done, environment, equal, run, status, write

GLOBALS = {"--registry", "--name", "--json", "-q", "--quiet", "--no-color", "--jobs", "--version", "-h", "--help"}


def section(text, title):
    """The indented lines below a title, up to an empty line."""
    found = re.search(rf"^{re.escape(title)}\n((?:  .*\n)*)", text, re.M)
    return found.group(1) if found else ""


def options_of(lines):
    found = set()
    for line in lines.splitlines():
        found |= set(re.findall(r"(?<!\S)(--?[a-z][a-z-]*)", line[:28].split("  ")[1] if line.startswith("  ") else ""))
    return found


def verbs_of(text):
    return re.findall(r"^  (\S+)", section(text, "Verbs:"), re.M)


def help_of_program():
    """{verb: options} as --help tells."""
    result = run("--help", registry=None)
    status(result, 0, "--help")
    equal(result.err, "", "--help writes nothing on stderr")
    equal(options_of(section(result.out, "Options, before or after the verb:")), GLOBALS, "global options", result)
    verbs = {}
    for verb in verbs_of(result.out):
        text = run(verb, "--help", registry=None)
        status(text, 0, f"{verb} --help")
        for name in [verb] + [f"{verb} {below}" for below in verbs_of(text.out)]:
            text = run(*name.split(), "--help", registry=None)
            status(text, 0, f"{name} --help")
            lines = text.out.splitlines()
            check(lines[0].startswith(f"house-price {name} - ") and lines[2] == "Examples:", f"{name} --help leads with examples",
                  text)
            check(all(line.startswith("  ") for line in lines[3:4]), f"{name} --help has an example", text)
            equal(options_of(section(text.out, "Global options:")), GLOBALS, f"{name} --help lists the global options", text)
            verbs[name] = options_of(section(text.out, "Options:"))
    return verbs


def manual(verbs):
    """{verb: options} as the manual page tells."""
    with open(os.path.join(SOURCE, "data", "house-price.1"), encoding="utf-8") as file:
        page = file.read().replace("\\-", "-")
    found = {}
    for chapter in re.split(r"^\.Ss ", page.split(".Sh VERBS")[1].split(".Sh ")[0], flags=re.M)[1:]:
        title = chapter.splitlines()[0]
        name = max((verb for verb in verbs if title == verb or title.startswith(verb + " ")), key=len, default=title)
        found[name] = flags(chapter)
    equal(flags(page.split(".Sh GLOBAL OPTIONS")[1].split(".Sh ")[0]), GLOBALS, "manual: global options")
    return found


def flags(chapter):
    found = set()
    for line in re.findall(r"^\.It (Fl .*)$", chapter, re.M):
        found |= {"-" + flag for flag in re.findall(r"Fl (-?[a-z][a-z-]*)", line)}
    return found


def complete_lines(*words):
    """What the completion offers for the last word."""
    script = os.path.join(SOURCE, "data", "completions", "house-price")
    shell = f"source {script}; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _house_price; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    result = subprocess.run(["bash", "-c", shell, "bash", "house-price", *words], capture_output=True, text=True,
                            check=True, env=environment())
    return [line for line in result.stdout.splitlines() if line]


def complete(*words):
    return set(complete_lines(*words))


def completion(verbs):
    top = {name for name in verbs if " " not in name}
    equal(complete(""), top, "completion: verbs")
    equal(complete("--"), {flag for flag in GLOBALS if flag.startswith("--")}, "completion: global options")
    for name, options in verbs.items():
        offered = complete(*name.split(), "-")
        equal(offered - GLOBALS, options, f"completion: options of {name}")
        check(GLOBALS <= offered, f"completion: global options after {name}", offered)
    for group in sorted({name.split()[0] for name in verbs if " " in name}):
        equal(complete(group, ""), {name.split()[1] for name in verbs if name.startswith(group + " ")},
              f"completion: verbs of {group}")
    equal(complete("--registry", "x", "mod"), {"models"}, "completion: an option's value is no verb")
    equal(complete("train", "--family", "x"), {"xgboost"}, "completion: values of --family")
    kinds = {kind["kind"].removesuffix("ATTRIBUTE") for kind in run("plot", "--list", "--json", registry=None).json()["kinds"]}
    equal(complete("plot", ""), kinds, "completion: kinds of plot")
    spaced = write("two words.csv", "")
    equal(complete_lines("validate", spaced[:-6]), [spaced], "completion: a file name with a space is one word")


def potfiles():
    """Every source with text for people is translated."""
    with open(os.path.join(SOURCE, "po", "POTFILES"), encoding="utf-8") as file:
        listed = {line.strip() for line in file if line.strip() and not line.startswith("#")}
    # What marks text for people, in each kind of file
    marks = {".c": r"\bN?_ \(|\bngettext \(", ".h": r'\bN_ \("', ".ui": r'translatable="yes"', ".desktop.in": r"^Name=",
             ".metainfo.xml.in": "<name>"}
    wanted = set()
    for room in ("data", "src", "server", "ui"):
        for folder, _, names in os.walk(os.path.join(SOURCE, room)):
            for name in names:
                mark = next((mark for suffix, mark in marks.items() if name.endswith(suffix)), None)
                if mark:
                    with open(os.path.join(folder, name), encoding="utf-8") as file:
                        if re.search(mark, file.read(), re.M):
                            wanted.add(os.path.relpath(os.path.join(folder, name), SOURCE))
    equal(sorted(wanted - listed), [], "po/POTFILES lacks no source with text")
    equal(sorted(listed - wanted), [], "po/POTFILES lists nothing else")


def without_verb():
    result = run(registry=None)
    status(result, 2, "no arguments")
    equal(result.out, "", "no arguments: stdout is empty")
    contains(result.err, ["Usage:", "predict", "--help"], "no arguments")
    result = run("--json", registry=None)
    status(result, 2, "--json and no verb")
    equal(json.loads(result.err)["error"]["code"], "usage", "--json and no verb: an object")
    result = run("--version", registry=None)
    status(result, 0, "--version")
    contains(result.out, ["house-price ", "GLib 2.", "json-glib 1.", "libyaml 0."], "--version")
    result = run("--version", "--json", registry=None)
    check(set(result.json()) == {"version", "libraries"}, "--version --json", result)
    linked = subprocess.run(["ldd", PROGRAM], capture_output=True, text=True, check=True).stdout
    for library in ("xgboost", "lapack", "blas", "gomp", "soup", "sqlite", "plplot", "cairo", "pango"):
        check(library not in linked, f"house-price does not link {library}", linked)


verbs = help_of_program()
check(len(verbs) >= 18, "verbs were found", verbs)
equal(manual(verbs), verbs, "manual page: verbs and options")
completion(verbs)
potfiles()
without_verb()
done()

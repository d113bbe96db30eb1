# test-command-line.py - options, manual page, what is wrong with them
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import re
import subprocess

from desktop import PROGRAM
from harness import SOURCE, check, contains, done, environment, equal, path


def run(*arguments, **variables):
    env = environment(XDG_CONFIG_HOME=path("config"), **variables)
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, env=env, timeout=120)


help_text = run("--help")
equal(help_text.returncode, 0, "--help")
options = set(re.findall(r"^  (?:-\w, )?(--[a-z]+)", help_text.stdout, re.M)) - {"--help", "--gapplication-service"}
options = {option for option in options if not option.startswith("--help")}
with open(os.path.join(SOURCE, "data", "house-price-gtk.1"), encoding="utf-8") as file:
    manual = {"--" + name for name in re.findall(r"^\.It (?:Fl h , )?Fl \\-(\w+)", file.read(), re.M)} - {"--help"}
equal(options, {"--registry", "--name", "--server", "--version"}, "options")
equal(manual, options, "the manual page lists them")
version = run("--version", DISPLAY="")
equal(version.returncode, 0, "--version needs no display")
contains(version.stdout, ["house-price-gtk ", "GTK 4.", "libadwaita 1.", "GLib 2."], "--version")

for name, arguments, message in (("a URL that is none", ["--server", "ftp://nowhere"], "ftp://nowhere"),
                                 ("a name that is none", ["--name", "a/b"], "a/b")):
    result = run(*arguments)
    equal(result.returncode, 2, f"{name}: exit status 2")
    contains(result.stderr, ["house-price-gtk: ", message], name)
result = run("--nonsense")
check(result.returncode != 0 and "--nonsense" in result.stderr, "an unknown option is refused", result)
result = run("surplus")
equal(result.returncode, 2, "an argument too many: exit status 2")
contains(result.stderr, "surplus", "an argument too many")
result = run(DISPLAY="")
check(result.returncode != 0, "no display is no success", result)
done()

# test-process.py - the life of house-price-server: signals, draining, kills, and what it says
# SPDX-License-Identifier: GPL-3.0-or-later

import http.client
import json
import os
import re
import resource
import signal
import socket
import subprocess
import time

from harness import REGISTRY, SOURCE, check, contains, done, environment, equal, path, run, status, train
from server_process import PATIENCE, Server

PROGRAM = os.environ["HOUSE_PRICE_SERVER_PROGRAM"]
HEAD = b"POST /predict HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


def program(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=PATIENCE, env=environment())


def start(*options, registry=REGISTRY, **kwargs):
    return Server(registry, *options, env=environment(), **kwargs)


def raw(server):
    return socket.create_connection((server.host, server.port), timeout=PATIENCE)


def read_all(connection):
    data = b""
    try:
        while part := connection.recv(65536):
            data += part
    except ConnectionResetError:
        pass
    return data


def refused(server):
    try:
        raw(server).close()
        return False
    except ConnectionRefusedError:
        return True


def until(condition, name):
    for _ in range(PATIENCE * 50):
        if condition():
            check(True, name)
            return
        time.sleep(0.02)
    check(False, name)


def messages(server):
    return [line["msg"] for line in server.lines]


def life(one):
    with start("--drain-delay", "1", "--threads", "2") as server:
        equal(server.get("/health")[0], 200, "it is healthy")
        equal(server.post("/predict", one)[0], 200, "it values a house")
        kept = server.connect()
        equal(server.get("/health/ready", connection=kept)[0], 200, "it is ready")
        server.send_signal(signal.SIGTERM)
        server.wait_for("draining")
        equal(server.get("/health/ready", connection=kept)[0], 503, "told to end it is not ready")
        answer = server.post("/predict", one)
        equal(answer[0], 200, "but it answers those who come")
        server.wait_for("listening no more")
        until(lambda: refused(server), "then it does not listen any more")
        equal(server.wait(), 0, "and ends with 0")
        equal(messages(server)[-3:], ["draining", "listening no more", "ended"], "the log tells its life")


def in_flight(one):
    body = json.dumps(one).encode()
    with start("--drain-delay", "0") as server:
        with raw(server) as half_head, raw(server) as half_body, raw(server) as idle:
            half_head.sendall(HEAD[:40])
            half_body.sendall(HEAD % len(body) + body[:20])
            # What has been sent has arrived: this one came later, and is answered
            equal(server.get("/health")[0], 200, "in flight: it serves")
            server.send_signal(signal.SIGTERM)
            server.wait_for("listening no more")
            half_body.sendall(body[20:])
            answer = read_all(half_body)
            check(answer.startswith(b"HTTP/1.1 200") and b"Connection: close" in answer and b"predicted_price" in answer,
                  "a body in flight is answered, and the connection closed", answer)
            # Nothing else is under way by now
            time.sleep(0.5)
            half_head.sendall((HEAD % len(body))[40:] + body)
            answer = read_all(half_head)
            check(answer.startswith(b"HTTP/1.1 200"), "so is a head in flight", answer)
            equal(server.wait(), 0, "in flight: it ends with 0 when all is answered")
            equal(read_all(idle), b"", "an idle connection does not keep it")


def batch_in_flight(one):
    body = json.dumps({"houses": [one] * 3000, "explain": True, "comparables": 5}).encode()
    with start("--drain-delay", "0") as server, raw(server) as batch:
        batch.sendall((HEAD % len(body)).replace(b"/predict", b"/v1/valuations") + body)
        equal(server.get("/health")[0], 200, "many houses: others are served meanwhile")
        server.send_signal(signal.SIGTERM)
        answer = read_all(batch)
        head, _, text = answer.partition(b"\r\n\r\n")
        check(head.startswith(b"HTTP/1.1 200"), "many houses in flight are answered", head)
        equal(len(json.loads(text)["valuations"]), 3000, "all of them")
        equal(server.wait(), 0, "many houses: it ends with 0")


def drain_timeout(one):
    with start("--drain-delay", "0", "--drain-timeout", "1") as server, raw(server) as stuck:
        stuck.sendall(HEAD % 100 + b"{")
        equal(server.get("/health")[0], 200, "stuck: it serves")
        server.send_signal(signal.SIGINT)
        equal(server.wait(), 0, "one who never ends his request does not keep it: 0")
        check(any(line["msg"].startswith("requests were cut off") for line in server.lines), "and the log says so", server.lines)


def second_signal():
    with start("--drain-delay", "3600", "--drain-timeout", "3600") as server:
        server.send_signal(signal.SIGTERM)
        server.wait_for("draining")
        server.send_signal(signal.SIGTERM)
        equal(server.wait(), 130, "a second signal ends it at once")


def hang_up(one):
    with start() as server:
        equal(server.post("/predict", one)[2]["version"], "1", "the champion serves")
        status(run("models", "promote", "2", "--force", "--reason", "test"), 0, "promote")
        server.send_signal(signal.SIGHUP)
        server.wait_for("reloading")
        equal(server.wait_for("champion")["version"], "2", "SIGHUP brings the new champion")
        equal(server.post("/predict", one)[2]["version"], "2", "which serves now")
        status(run("models", "rollback"), 0, "rollback")
        equal(server.wait_for("champion")["version"], "1", "without a signal it is noticed too")


def kill(one):
    with start("--threads", "2") as server:
        equal(server.post("/predict", one)[0], 200, "kill -9: it serves")
        with raw(server) as connection:
            connection.sendall(HEAD[:30])
            server.send_signal(signal.SIGKILL)
            equal(server.process.wait(timeout=PATIENCE), -signal.SIGKILL, "kill -9: it is dead")
        with start("--threads", "2", port=server.port) as again:
            equal(again.port, server.port, "the port is free again at once")
            equal(again.post("/predict", one)[0], 200, "and served")
            taken = program("--registry", REGISTRY, "--port", str(again.port))
            equal(taken.returncode, 1, "a second one on the same port fails", taken.stderr)
            contains(taken.stderr, ["in use", "--port"], "port in use")
            equal(taken.stdout.count("listening"), 0, "and does not listen")


def hostile(one):
    with start("--threads", "2") as server:
        with raw(server) as connection:
            try:
                connection.sendall(os.urandom(100000))
            except (ConnectionResetError, BrokenPipeError):
                pass
            read_all(connection)
        equal(server.post("/predict", b"[" * 80000)[0], 400, "80,000 brackets are refused")
        limit = min(1200, resource.getrlimit(resource.RLIMIT_NOFILE)[1] // 2)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(limit + 200, resource.getrlimit(resource.RLIMIT_NOFILE)[0]),
                                                    resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
        crowd = [raw(server) for _ in range(limit)]
        equal(server.post("/predict", one)[0], 200, f"{limit} idle connections don't matter")
        for connection in crowd:
            connection.close()
        equal(server.process.poll(), None, "it lives")


def without_log_reader():
    ours, theirs = os.pipe()
    process = subprocess.Popen([PROGRAM, "--registry", REGISTRY, "--port", "0", "--log-requests"], stdout=theirs, env=environment())
    os.close(theirs)
    text = b""
    while b"listening" not in text:
        text += os.read(ours, 65536)
    port = int(re.search(rb"http://127.0.0.1:(\d+)", text).group(1))
    os.close(ours)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    for _ in range(20):
        connection.request("GET", "/health")
        answer = connection.getresponse().read()
    check(b"healthy" in answer, "whoever reads the log may go away", answer)
    connection.close()
    process.kill()
    process.wait()


def without_model():
    with Server(path("nothing"), env=environment()) as server:
        equal(server.get("/health")[0], 503, "no model: 503")
        equal(server.get("/health/live")[0], 200, "but it lives")
        check(not os.path.exists(path("nothing")), "it creates nothing")


def usage():
    for arguments, says in ((["--bind", "0.0.0.0"], "access control"), (["--prot", "1"], "--port"), (["--port", "x"], "65535"),
                            (["--name", "a/b"], "a/b"), (["x"], "“x”")):
        result = program(*arguments)
        equal(result.returncode, 2, f"{arguments}: exit status 2")
        contains(result.stderr, says, f"{arguments}")
        equal(result.stdout, "", f"{arguments}: stdout is empty")
    result = program("--version")
    equal(result.returncode, 0, "--version")
    contains(result.stdout, ["house-price-server ", "libmicrohttpd 0.", "GLib 2."], "--version")
    linked = subprocess.run(["ldd", PROGRAM], capture_output=True, text=True, check=True).stdout
    for library in ("xgboost", "lapack", "blas", "gomp", "soup", "gtk", "ncurses"):
        check(library not in linked, f"house-price-server does not link {library}", linked)


def help_of_program():
    result = program("--help")
    equal(result.returncode, 0, "--help")
    equal(result.stderr, "", "--help writes nothing on stderr")
    options = set()
    for line in re.search(r"^Options:\n((?:  .*\n)*)", result.stdout, re.M).group(1).splitlines():
        options |= set(re.findall(r"(?<!\S)(--?[a-z][a-z-]*)", line[:28]))
    check(len(options) > 10, "--help lists options", result.stdout)

    with open(os.path.join(SOURCE, "data", "house-price-server.1"), encoding="utf-8") as file:
        page = file.read().replace("\\-", "-")
    told = set()
    for line in re.findall(r"^\.It (Fl .*)$", page, re.M):
        told |= {"-" + flag for flag in re.findall(r"Fl (-?[a-z][a-z-]*)", line)}
    equal(told, options, "manual page: the options of --help")

    script = os.path.join(SOURCE, "data", "completions", "house-price-server")
    shell = f"source {script}; COMP_WORDS=(house-price-server -); COMP_CWORD=1; _house_price_server; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    offered = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=True, env=environment()).stdout
    equal(set(offered.split()), options, "completion: the options of --help")


def lint():
    page = os.path.join(SOURCE, "data", "house-price-server.1")
    result = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", page], capture_output=True, text=True)
    equal(result.stdout + result.stderr, "", "mandoc finds nothing wrong with the manual page")


status(train("--family", "gradient_boosting", "--family", "linear", "--promote"), 0, "train")
status(run("models", "promote", "1", "--force", "--reason", "test"), 0, "promote 1")
with start() as probe:
    described = probe.get("/v1/versions/champion")[2]["schema"]["attributes"]
ONE = {a["name"]: a["typical"] for a in described if a["required"]}
life(ONE)
in_flight(ONE)
batch_in_flight(ONE)
drain_timeout(ONE)
second_signal()
hang_up(ONE)
kill(ONE)
hostile(ONE)
without_log_reader()
without_model()
usage()
help_of_program()
lint()
done()

#!/usr/bin/env python3
# test-fault-proxy.py - the proxy as a program, and its wrapper
# SPDX-License-Identifier: GPL-3.0-or-later
import http.server
import os
import subprocess
import threading
import urllib.error
import urllib.request

from fault_proxy import FaultProxy

MODES = {  # what a client meets: a status, or the exception
    "pass": 200, "error-500": 500, "error-503": 503, "not-json": 200, "wrong-json": 200,
    "refuse": urllib.error.URLError, "reset": OSError, "garbage": Exception, "half-close": Exception,
    "truncate": Exception, "blackhole": TimeoutError, "slow": 200,
}
count = 0
failed = 0


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_):
        pass


def check(condition, name, result=""):
    global count, failed
    count += 1
    failed += not condition
    print(f"{'ok' if condition else 'not ok'} {count} - {name}{'' if condition else f' # {result}'}", flush=True)


def meet(url, timeout):
    """The status, or the exception"""
    try:
        with urllib.request.urlopen(url, timeout=timeout) as answer:
            answer.read()
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except Exception as error:  # pylint: disable=broad-except
        return error


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    urllib.request.install_opener(opener)

    with FaultProxy(f"127.0.0.1:{server.server_address[1]}") as proxy:
        proxy.delay(1)
        for mode, expected in MODES.items():
            proxy.mode(mode)
            met = meet(proxy.url, 0.2 if mode == "blackhole" else 60)
            check(met == expected if isinstance(expected, int) else isinstance(met, expected), mode, repr(met))
        proxy.mode("pass")
        check(meet(proxy.url, 60) == 200, "it is back at the same port")
        check(proxy.accepted() == len(MODES), "connections are counted", proxy.accepted())
        for command in ("mode no-such-mode", "mode", "delay -1", "delay x", "", "dance"):
            try:
                proxy._ask(command)
                check(False, f"refuses {command!r}")
            except ValueError:
                check(True, f"refuses {command!r}")
    check(isinstance(meet(proxy.url, 60), urllib.error.URLError), "it ends with its input")

    for arguments in ([], ["--to", "127.0.0.1"], ["--to", "127.0.0.1:0"], ["--to", "127.0.0.1:1", "--port", "65536"],
                      ["--to", "127.0.0.1:1", "more"], ["--dance"]):
        result = subprocess.run([os.environ["FAULT_PROXY"], *arguments], capture_output=True, check=False)
        check(result.returncode == 2 and result.stderr and not result.stdout, f"refuses {arguments}", result)
    server.shutdown()
    server.server_close()
    print(f"1..{count}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())

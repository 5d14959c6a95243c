#!/usr/bin/env python3
"""Loads a server while its archive is being indexed: 64 connections (wrk) for so many seconds, then the same beside clients
that hang, send slowly, send garbage, or ask for everything.

Fails when an answer is an error, is not whole, or has a total that no commit had, and when the memory of the server grows.
Every `morgue index` adds one file of STEP articles, all of which every query finds: a total that is no multiple of STEP
would come from half a commit.

    tests/serve/load/load.py target/release/morgue [SECONDS]
"""
import json, os, random, re, socket, subprocess, sys, tempfile, threading, time
from pathlib import Path

from articles import STEP, articles

HERE = Path(__file__).parent
CONNECTIONS = 64


def resident(process):
    """What the server keeps in memory of its own, in MiB: pages of mapped files are the system's."""
    return int(re.search(r"RssAnon:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text()).group(1)) / 1024


class Round:
    """Something that goes on beside, until it is told to end."""

    def __init__(self, *works):
        self.over = threading.Event()
        self.failed = []
        self.threads = [threading.Thread(target=self.run, args=[work], daemon=True) for work in works]

    def run(self, work):
        while not self.over.is_set():
            try:
                work(self.over)
            except OSError:
                pass  # The server sends such clients away.
            except Exception as error:
                self.failed.append(f"{work.__name__}: {error!r}")
                return

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join(40)
        if self.failed:
            sys.exit(f"FAILED {self.failed}")


def main(program, seconds):
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        (work / "news").mkdir()
        index, written = str(work / "index"), [0]

        def add(_=None):
            (work / "news" / f"{written[0]:04}.jsonl").write_text(articles(written[0]))
            written[0] += 1
            subprocess.run([program, "index", "--quiet", "--index", index, "--memory", "128MB", str(work / "news")], check=True)

        for _ in range(10):
            add()
        server = subprocess.Popen([program, "serve", "--index", index, "--port", "0"], stderr=subprocess.PIPE, text=True)
        address = re.search(r"http://([\d.]+):(\d+)", server.stderr.readline())
        host, port = address.group(1), int(address.group(2))

        def connect():
            return socket.create_connection((host, port), timeout=40)

        def hang(over):
            with connect() as client:
                client.sendall(b"GET /api/v1/status HTTP/1.1\r\n")
                while not over.is_set() and client.recv(4096):
                    pass

        def send_slowly(over):
            with connect() as client:
                for letter in b"GET /api/v1/search?q=ferry HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"a" * 4000:
                    if over.wait(0.05):
                        return
                    client.sendall(bytes([letter]))

        def send_garbage(_):
            with connect() as client:
                client.sendall(random.randbytes(random.randrange(1, 100_000)))
                client.recv(4096)

        def ask_for_everything(_):
            with connect() as client:
                client.sendall(b"GET /api/v1/export?q=&format=jsonl HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                while client.recv(1 << 16):
                    pass

        def read_never(over):
            with connect() as client:
                client.sendall(b"GET /api/v1/export?q=&format=jsonl HTTP/1.1\r\nHost: localhost\r\n\r\n")
                over.wait(5)

        def measure(name, *beside):
            command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "20s", "-s", str(HERE / "check.lua"),
                       f"http://{host}:{port}"]
            memory, before = [], written[0]
            with Round(add, *beside):
                wrk = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "STEP": str(STEP)})
                while wrk.poll() is None:
                    memory.append(resident(server))
                    time.sleep(1)
            output = wrk.stdout.read()
            found = re.search(r"RESULT (.*)", output)
            if not found:
                sys.exit(f"FAILED {name}: {output}")
            result = json.loads(found.group(1))
            half = len(memory) // 2
            result |= {"commits": written[0] - before, "mib_first_half": round(max(memory[:half]), 1),
                       "mib_second_half": round(max(memory[half:]), 1)}
            print(name, json.dumps(result))
            bad = {key: result[key] for key in ["wrong", "connect", "read", "write", "timeout", "status"] if result[key]}
            if bad or server.poll() is not None:
                sys.exit(f"FAILED {name}: {bad} {re.findall('EXAMPLE .*', output)}")
            # The archive grows meanwhile, and what is kept of it (days, columns) with it.
            if result["mib_second_half"] > 1.5 * result["mib_first_half"] + 32:
                sys.exit(f"FAILED {name}: memory grows: {memory}")

        try:
            measure("64 connections while indexing")
            measure("and bad clients", *[hang] * 8, *[send_slowly] * 8, *[send_garbage] * 2, *[ask_for_everything] * 2,
                    *[read_never] * 4)
            time.sleep(1)
            with connect() as client:
                client.sendall(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                if not client.recv(4096).startswith(b"HTTP/1.1 200"):
                    sys.exit("FAILED: not ready afterwards")
        finally:
            server.terminate()
            if server.wait(20) != 0:
                sys.exit(f"FAILED: the server ended with {server.returncode}")


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 60)

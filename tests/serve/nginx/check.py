#!/usr/bin/env python3
"""The nginx example of the README, with a certificate made for it, before a real server: it answers over TLS with a key, tells each
client from the others, streams, and keeps /metrics in.

    tests/serve/nginx/check.py target/release/morgue
"""
import http.client, json, os, re, socket, ssl, subprocess, sys, tempfile, time
from pathlib import Path

ROOT = Path(__file__).parents[3]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main(program):
    example = re.search(r"```nginx\n(.*?)```", (ROOT / "README.md").read_text(), re.S).group(1)
    started = re.search(r"started as `morgue (serve .*?)`", (ROOT / "README.md").read_text()).group(1).split()
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        os.chmod(work, 0o755)
        key, certificate, keys = work / "key.pem", work / "certificate.pem", work / "keys.json"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=archive.example",
                        "-addext", "subjectAltName=DNS:archive.example", "-keyout", key, "-out", certificate],
                       check=True, capture_output=True)
        index = ["--index", str(work / "index"), "--quiet"]
        subprocess.run([program, "index", *index, ROOT / "sample-corpus"], check=True)
        made = subprocess.run([program, "key", "add", "desk", "--keys", keys], check=True, capture_output=True, text=True)
        inner, outer = free_port(), free_port()
        started[started.index("keys.json")] = str(keys)
        server = subprocess.Popen([program, *started, *index, "--port", str(inner), "--log", "json"], stderr=subprocess.PIPE, text=True)
        server.stderr.readline()
        # Only ports and places of files are others than in the README.
        site = example.replace("443", f"127.0.0.1:{outer}").replace("127.0.0.1:7878", f"127.0.0.1:{inner}")
        site = site.replace("/etc/ssl/archive.example.pem", str(certificate)).replace("/etc/ssl/archive.example.key", str(key))
        (work / "nginx.conf").write_text(f"daemon off; pid {work}/pid; error_log {work}/error.log;\nevents {{}}\n"
                                         f"http {{ access_log off;\n{site}}}\n")
        nginx = subprocess.Popen(["nginx", "-p", work, "-c", work / "nginx.conf"])
        try:
            trust = ssl.create_default_context(cafile=str(certificate))

            def ask(path, **headers):
                class Connection(http.client.HTTPSConnection):
                    def connect(self):
                        plain = socket.create_connection(("127.0.0.1", outer), 10, source_address=("127.0.0.2", 0))
                        self.sock = trust.wrap_socket(plain, server_hostname="archive.example")
                connection = Connection("archive.example", context=trust)
                connection.request("GET", path, headers=headers)
                answer = connection.getresponse()
                return answer.status, answer.read()

            for _ in range(100):
                try:
                    ask("/healthz")
                    break
                except OSError:
                    time.sleep(0.1)
            key = {"Authorization": f"Bearer {made.stdout.strip()}"}
            assert ask("/api/v1/search?q=ferry")[0] == 401
            status, body = ask("/api/v1/search?q=ferry", **key)
            assert status == 200 and json.loads(body)["total"] > 0, (status, body)
            assert ask("/", **key)[0] == 200
            assert ask("/metrics", **key)[0] == 403
            # Whoever pretends to be another client is counted as who it is.
            answers = {ask("/api/v1/status", **key, **{"X-Forwarded-For": f"192.0.2.{n}"})[0] for n in range(200)}
            assert 429 in answers, answers
            print("nginx: TLS, keys, rates and streaming as the README says")
        finally:
            nginx.terminate()
            server.terminate()
            nginx.wait(10)
            log = server.communicate(timeout=10)[1]
        told = [json.loads(line) for line in log.splitlines()]
        assert {line["address"] for line in told} == {"127.0.0.2"}, told[:3]


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))

"""Runs the recipes of the README against a server: each `sh`, `python` and `r` block that asks http://localhost:7878."""
import os
import re
import shutil
import subprocess
import sys

address, readme, work = sys.argv[1:]
PROGRAMS = {"sh": ["bash", "-euo", "pipefail", "-c"], "python": [sys.executable, "-c"], "r": ["Rscript", "-e"]}

blocks = re.findall(r"^```(sh|python|r)\n(.*?)^```", open(readme, encoding="utf-8").read(), re.M | re.S)
blocks = [(kind, text) for kind, text in blocks if "http://localhost:7878" in text]
assert len(blocks) >= 4, len(blocks)
for kind, text in blocks:
    program = PROGRAMS[kind]
    if not shutil.which(program[0]):
        print(f"{kind}: skipped, there is no {program[0]}")
        continue
    text = text.replace("http://localhost:7878", address)
    run = subprocess.run([*program, text], cwd=work, capture_output=True, text=True, timeout=120, env={**os.environ, "NO_PROXY": "*"})
    assert run.returncode == 0 and run.stdout.strip(), f"{text}\n{run.stdout}\n{run.stderr}"
    print(f"{kind}: {run.stdout.strip().splitlines()[0]}")

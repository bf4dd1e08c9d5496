#!/usr/bin/env python3
"""How long all lessons take in a pipe, and the slowest example: lessons.py INTERLEAVE.

Beside it, in the same run, Python that imports asyncio and does nothing. Aims: all
lessons in 500 ms, each example in 10 ms.
"""
import json
import subprocess
import sys
import time

ROUNDS = 5


def shortest(*command):
    """In ms, of a few rounds: what is above it is the machine's noise."""
    def once():
        begin = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return (time.perf_counter() - begin) * 1000
    return min(once() for _ in range(ROUNDS))


def main(program):
    rows = subprocess.run([program, "list", "--json"], check=True, capture_output=True,
                          encoding="utf-8").stdout.splitlines()
    names = [f"{row['lesson']}:{row['example']}" for row in map(json.loads, rows)]
    peer = shortest(sys.executable, "-c", "import asyncio")
    everything = shortest(program, "run", "--all")
    slowest, name = max((shortest(program, "run", name), name) for name in names)
    print(f"all {len(names)} examples  {everything:6.1f} ms  {everything / peer:5.2f} of Python's start")
    print(f"{name:16}  {slowest:6.1f} ms  {slowest / peer:5.2f} of Python's start")


main(*sys.argv[1:])

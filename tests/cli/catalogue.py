#!/usr/bin/env python3
"""Every program of the five tutorials is replayed, under its id.

    catalogue.py INTERLEAVE

An id is a tutorial's letter and a number, in the order of appearance there; a trailing x
marks a program that completes or corrects the one before.
"""
import json
import subprocess
import sys

PROGRAMS = {"A": 17, "B": 18, "C": 31, "D": 47, "E": 21}
COMPLETED = ("A09x A16x B01x B05x B08x B10x C15x C30x D03x D04x D05x D06x D07x D08x D13x "
             "D19x D36x E04x E12x").split()
# They take the network, files, a database or processes.
NOT_YET = ("A13 A14 A17 B05x B09 B10 B10x B14 C25 C26 C27 D22 D25 D26 D36 D36x D39 E16 "
           "E17").split()


def main(program):
    ids = {f"{letter}{number:02}" for letter, count in PROGRAMS.items()
           for number in range(1, count + 1)} | set(COMPLETED)
    rows = [json.loads(line) for line in
            subprocess.run([program, "list", "--json"], check=True, capture_output=True,
                           encoding="utf-8").stdout.splitlines()]
    replayed = {}
    for row in rows:
        for name in row["replays"]:
            replayed.setdefault(name, []).append(f"{row['lesson']}:{row['example']}")
    wrong = [f"{name} is not replayed" for name in sorted(ids - set(NOT_YET) - set(replayed))]
    wrong += [f"{name} is replayed now: take it off the list"
              for name in sorted(set(NOT_YET) & set(replayed))]
    wrong += [f"{', '.join(replayed[name])}: there is no program {name}"
              for name in sorted(set(replayed) - ids)]
    wrong += [f"{name} is replayed by {' and '.join(examples)}"
              for name, examples in sorted(replayed.items()) if len(examples) > 1]
    passed = len(ids) - len(NOT_YET) - len(wrong)
    print(*wrong, f"{passed} passed, {len(wrong)} failed", sep="\n")
    return bool(wrong) or passed <= 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

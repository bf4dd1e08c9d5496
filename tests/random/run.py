#!/usr/bin/env python3
"""Run random programs on the engine and in CPython, and compare them event for event.

usage: run.py INTERPRETER [--count N] [--first N] [--seed N] [--theme THEME]
              [--statistics] [--trace]

Each seed makes one small program of tasks that spawn, await, time out and cancel each
other. Both sides run it and print what happens, when, and in which iteration of the
loop; every line must be the same. With --trace the events of the traces are compared
as well: each step of each task, and what it waits for. The first programs that differ are shown, reduced.
Needs CPython 3.11, whose behaviour the engine has; without it the test is skipped.
"""
import argparse
import os
import shutil
import subprocess
import sys

SKIPPED = 77  # to Meson

if sys.version_info[:2] != (3, 11):
    found = shutil.which("python3.11")
    # A file of this name is not enough: it may be a shim of a version not installed.
    if found and subprocess.run([found, "-c", ""], capture_output=True).returncode == 0:
        os.execv(found, [found, *sys.argv])
    print("skipped: needs Python 3.11")
    sys.exit(SKIPPED)

sys.dont_write_bytecode = True  # the source tree stays as it is
import compare  # noqa: E402, once the Python is the right one
from generate import generate  # noqa: E402
from play import play  # noqa: E402
from coverage import Statistics  # noqa: E402
from translate import python_source  # noqa: E402
from statements import THEMES  # noqa: E402

BATCH = 500
SHOWN = 3  # differences that are reduced and shown


def show(program: compare.Block, engine: list[str], python: list[str]) -> None:
    print(python_source(program))
    same = 0
    while engine[same:same + 1] == python[same:same + 1] and same < len(engine):
        same += 1
    for line in python[:same]:
        print(f"         {line}")
    for line in engine[same:]:
        print(f"  engine {line}")
    for line in python[same:]:
        print(f"  python {line}")
    print("the same" if compare.agree(engine, python) else "different", end="\n\n")


def test(interpreter: compare.Interpreter, seeds: range, themes: list[str],
         statistics: Statistics) -> int:
    """Return how many differ."""
    failed = 0
    for start in range(seeds.start, seeds.stop, BATCH):
        batch = range(start, min(start + BATCH, seeds.stop))
        programs = [generate(seed, themes) for seed in batch]
        for found in compare.differences(interpreter, programs, statistics.see):
            failed += 1
            if failed <= SHOWN:
                seed = batch[programs.index(found.program)]
                print(f"seed {seed} differs; reduced:\n")
                show(*compare.shrink(interpreter, found))
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("interpreter")
    parser.add_argument("--count", type=int, default=3000, help="how many programs")
    parser.add_argument("--first", type=int, default=0, help="the first one's seed")
    parser.add_argument("--seed", type=int, help="run and show only the program of this seed")
    parser.add_argument("--theme", choices=THEMES, action="append", default=[],
                        help="only programs that have this theme")
    parser.add_argument("--statistics", action="store_true", help="print what the programs do")
    parser.add_argument("--trace", action="store_true", help="compare the traces as well")
    arguments = parser.parse_args()
    statistics = Statistics()
    interpreter = compare.Interpreter(
        arguments.interpreter, statistics.reach if arguments.statistics else None,
        arguments.trace)
    if arguments.seed is not None:
        program = generate(arguments.seed, arguments.theme)
        engine, = interpreter.run([program])
        python = play(python_source(program), arguments.trace)
        show(program, engine, python)
        return 0 if compare.agree(engine, python) else 1

    seeds = range(arguments.first, arguments.first + arguments.count)
    failed = test(interpreter, seeds, arguments.theme, statistics)
    if arguments.statistics:
        statistics.print()
    print(f"{len(seeds) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Check that every example prints what its Python twin prints, at the same microsecond,
and ends as the twin does.

The program runs the example, and twin.py runs the twin on a virtual clock.
Needs CPython 3.11 or newer; without one the test is skipped.
"""
import argparse
import difflib
import itertools
import json
import os
import pathlib
import subprocess
import sys

SKIPPED = 77  # to Meson

ENOUGH = (3, 11)

LESSONS = pathlib.Path(__file__).resolve().parent.parent / "lessons"


def run_again_with_a_newer_python():
    # The oldest that suffices first: the twins are written for 3.11.
    for name in (f"python3.{minor}" for minor in range(ENOUGH[1], 20)):
        try:
            # A file of this name is not enough: it may be a shim of a version not installed.
            subprocess.run([name, "-c", ""], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        os.execvp(name, [name, *sys.argv])
    print("skipped: needs Python {}.{} or newer".format(*ENOUGH))
    sys.exit(SKIPPED)


if sys.version_info < ENOUGH:
    run_again_with_a_newer_python()

sys.dont_write_bytecode = True  # the source tree stays as it is
import twin  # noqa: E402, once the Python is new enough for it


class ProgramFailed(Exception):
    """The program ended with an error."""


def interleave(program, *arguments):
    """Run the program; return its output, a list of JSON values."""
    done = subprocess.run([program, *arguments], stdin=subprocess.DEVNULL,
                          capture_output=True, encoding="utf-8", timeout=60)
    if done.returncode != 0:
        raise ProgramFailed(f"exit status {done.returncode}: {done.stderr.strip()}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def c_side(program, example, seed):
    """What an example prints, and how it ends: [microseconds, line] each."""
    _, *events, end = interleave(program, "run", example, "--format", "jsonl",
                                 "--level", "say", "--seed", str(seed))
    lines = [[event["t_us"], event["text"]] for event in events
             if event["ev"] == "say"]
    return lines + [[end["t_us"], f"# end={end['end']}"]]


def python_side(path, seed):
    """The same of its twin, and the exception that ended it, if any."""
    run = twin.play(path, seed)
    return run.lines + [[run.end_us, f"# end={run.end}"]], run.reason


def difference(python, c):
    """The first differences with a line of context; empty if there are none."""
    def formatted(lines):
        return [f"{us / 1e6:12.6f}  {line}" for us, line in lines]

    return list(itertools.islice(
        difflib.unified_diff(formatted(python), formatted(c), "python", "c", n=1, lineterm=""),
        16))


def check(program, example, path, seed):
    """The differences of this example for this seed, as lines."""
    try:
        c = c_side(program, example, seed)
    except (ProgramFailed, subprocess.TimeoutExpired, ValueError, KeyError) as error:
        return [f"{type(error).__name__}: {error}"]
    python, reason = python_side(path, seed)
    wrong = difference(python, c)
    if wrong and reason:
        wrong.append(f"the twin ended with {reason}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", help="the interleave program")
    parser.add_argument("examples", nargs="*", metavar="LESSON:EXAMPLE",
                        help="only these")
    parser.add_argument("--lessons", type=pathlib.Path, metavar="DIR", default=LESSONS,
                        help="where the twins are")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2, 3])
    parser.add_argument("--random-seeds", type=int, nargs="*", default=[53],
                        metavar="SEED", help="for examples that depend on the seed, as "
                        "well; with 53 queues:bounded hangs")
    options = parser.parse_args()

    passed = failed = 0
    random = {f"{row['lesson']}:{row['example']}": row["random"]
              for row in interleave(options.program, "list", "--json")}
    # Every twin there is: one that the program does not know is a failure.
    for path in sorted(options.lessons.glob("*/*.py")):
        example = f"{path.parent.name}:{path.stem}"
        if options.examples and example not in options.examples:
            continue
        more = options.random_seeds if random.get(example) else []
        for seed in options.seeds + more:
            wrong = check(options.program, example, path, seed)
            passed, failed = passed + (not wrong), failed + bool(wrong)
            if wrong:
                print(f"{example} --seed {seed}", *wrong, sep="\n    ")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (ProgramFailed, OSError) as error:
        sys.exit(f"parity: {error}")

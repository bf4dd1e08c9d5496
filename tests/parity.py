#!/usr/bin/env python3
"""Check that every example does what its Python twin does, at the same microsecond.

The program runs the example, and twin.py runs the twin on a virtual clock. Compared are
the events of their traces in order: each step of each task and what it waits for, each
line that is printed, each warning; and how the run ends. Each example runs with several
seeds, of which one is chosen at random.

With another Python than 3.11 only the lines are compared. With an older one the test is
skipped.
"""
import argparse
import itertools
import json
import os
import pathlib
import random
import re
import subprocess
import sys

SKIPPED = 77  # to Meson

ENOUGH = (3, 11)

TOP = pathlib.Path(__file__).resolve().parent.parent

CONTEXT = 4  # events that are shown before a difference
SHOWN = 6  # events that are shown from there


def run_again_with_a_better_python():
    # The oldest that suffices first: the twins are written for 3.11.
    for name in (f"python3.{minor}" for minor in range(ENOUGH[1], 20)):
        try:
            # A file of this name is not enough: it may be a shim of a version not installed.
            subprocess.run([name, "-c", ""], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        if sys.version_info < ENOUGH or name == "python3.11":
            os.execvp(name, [name, *sys.argv])
    if sys.version_info < ENOUGH:
        print("skipped: needs Python {}.{} or newer".format(*ENOUGH))
        sys.exit(SKIPPED)


if __name__ == "__main__" and sys.version_info[:2] != ENOUGH:
    run_again_with_a_better_python()

sys.dont_write_bytecode = True  # the source tree stays as it is
import twin  # noqa: E402, once the Python is new enough for it
import twin_trace  # noqa: E402


class ProgramFailed(Exception):
    """The program ended with an error."""


# ---- the two sides ---------------------------------------------------------------


def interleave(program, *arguments):
    """Run the program; return its output, a list of JSON values, and what went wrong."""
    done = subprocess.run([program, *arguments], stdin=subprocess.DEVNULL,
                          capture_output=True, encoding="utf-8", timeout=60)
    values = []
    for line in done.stdout.splitlines():
        try:
            values.append(json.loads(line))
        except ValueError:
            return values, f"no JSON: {line}"
    wrong = done.stderr.strip()
    return values, f"exit status {done.returncode}: {wrong}" if done.returncode else wrong


def traces_of(values):
    """The traces that are complete, a list of events each, without the head."""
    traces = [[]]
    for value in values:
        if "ev" in value or "end" in value:
            traces[-1].append(value)
        if "end" in value:
            traces.append([])
    return traces[:-1]


def c_side(program, examples, seed):
    """The trace of each example, and what the program said if one is missing."""
    traces = []
    while len(traces) < len(examples):
        # One that is interrupted ends the program.
        values, wrong = interleave(program, "run", *examples[len(traces):], "--format",
                                   "jsonl", "--level", "task", "--seed", str(seed))
        some = traces_of(values)
        if not some:
            return traces, wrong or "no trace"
        traces += some
    return traces, ""


def python_side(path, seed):
    """The same of a twin, and the exception that ended it, if any."""
    run = twin.play(path, seed)
    return run.events + [{"t_us": run.end_us, "end": run.end}], run.reason


# ---- what is compared ------------------------------------------------------------

# Python knows no number of an event or of a turn, no line of C, no name of a lock, nor
# who holds it.
NOT_IN_PYTHON = {"seq", "turn", "id", "step", "src", "holder"}

# Addresses, and the places in the source that a repr names.
IN_REPR = re.compile(r"(,? (running|defined|created))? at [^\s>,:]+(:\d+)?")


def comparable(event):
    """An event of either side without what the other side cannot know."""
    event = {key: value for key, value in event.items() if key not in NOT_IN_PYTHON}
    kind = event.get("ev")

    if "end" in event:
        return {"t_us": event["t_us"], "end": event["end"]}
    if kind == "wait" and event["on"] not in ("join", "wait_for"):
        event.pop("obj", None)
    if kind == "deadlock":  # no word of Python's
        event.pop("text", None)
    if kind == "note":
        event.pop("name", None)
        event["text"] = IN_REPR.sub("", event["text"])
    if kind == "done" and "value" in event:
        event["text"] = str(event.pop("value"))
    return event


def forgive(python, c):
    """Take from both what only one of them shows."""
    kinds = python.get("ev"), c.get("ev")

    # A result counts if C has one: an int, or a value.
    if kinds == ("done", "done") and "text" not in c:
        python.pop("text", None)
    # For an error without a reason the program says what the code means.
    if kinds == ("fail", "fail") and not python["error"]:
        c["error"] = ""
    if kinds == ("note", "note") and python["text"].endswith(": "):
        c["text"] = c["text"][:len(python["text"])]


def comparable_sides(python, c):
    """Both sides, as they can be compared."""
    python = [comparable(event) for event in python]
    c = [comparable(event) for event in c]
    for one, other in zip(python, c):
        forgive(one, other)
    return python, c


def lines_of(events):
    """Only what is printed, and the end."""
    return [{key: value for key, value in event.items() if key != "task"}
            for event in events if event.get("ev") == "say" or "end" in event]


def shown(event):
    """An event in one line, as in a trace of text."""
    rest = dict(event)
    time, task, kind = rest.pop("t_us") / 1e6, rest.pop("task", "-"), rest.pop("ev", "#")
    details = " ".join(f"{key}={value!r}" for key, value in rest.items())
    return f"{time:12.6f}  {task:<9} {kind:<10} {details}".rstrip()


def difference(python, c):
    """Where two lists of events part, with what was before; empty if nowhere."""
    python, c = comparable_sides(python, c)
    if python == c:
        return []
    same = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1],
                                              zip(python, c)))
    return ([f"        {shown(event)}" for event in python[max(0, same - CONTEXT):same]]
            + [f"python: {shown(event)}" for event in python[same:same + SHOWN]]
            + [f"     c: {shown(event)}" for event in c[same:same + SHOWN]])


# ---- the test --------------------------------------------------------------------


def check(python, c, reason):
    """The differences of one run, as lines."""
    if not twin_trace.IS_KNOWN:
        python, c = lines_of(python), lines_of(c)
    wrong = difference(python, c)
    if wrong and reason:
        wrong.append(f"the twin ended with {reason}")
    return wrong


def check_all(program, twins, seed):
    """Whether each example passes; twins are the paths by the names of the examples."""
    traces, missing = c_side(program, list(twins), seed)
    for (example, path), c in itertools.zip_longest(twins.items(), traces):
        if c is None:
            wrong = [missing]
        else:
            python, reason = python_side(path, seed)
            wrong = check(python, c, reason)
        if wrong:
            print(f"{example} --seed {seed}", *wrong, sep="\n    ")
        yield not wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", help="the interleave program")
    parser.add_argument("examples", nargs="*", metavar="LESSON:EXAMPLE",
                        help="only these")
    parser.add_argument("--lessons", type=pathlib.Path, metavar="DIR", default=TOP / "lessons",
                        help="where the twins are")
    parser.add_argument("--seeds", type=int, nargs="+", metavar="SEED",
                        help="these alone; otherwise 0 to 3 and one chosen at random")
    parser.add_argument("--random-seeds", type=int, nargs="*", default=[53],
                        metavar="SEED", help="for examples that depend on the seed, as "
                        "well; with 53 queues:bounded hangs")
    options = parser.parse_args()

    # Every twin there is: one that the program does not know is a failure.
    twins = {f"{path.parent.name}:{path.stem}": path
             for path in sorted(options.lessons.glob("*/*.py"))}
    if options.examples:
        twins = {name: path for name, path in twins.items() if name in options.examples}
    rows, wrong = interleave(options.program, "list", "--json")
    if wrong:
        raise ProgramFailed(wrong)
    depending = {f"{row['lesson']}:{row['example']}" for row in rows if row["random"]}
    seeds = options.seeds or [0, 1, 2, 3, random.SystemRandom().randrange(2**32)]

    results = [result for seed in seeds for result in check_all(options.program, twins, seed)]
    some = {name: path for name, path in twins.items() if name in depending}
    for seed in options.random_seeds if not options.seeds else []:
        results += check_all(options.program, some, seed)
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 1 if not all(results) or not results else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (ProgramFailed, OSError) as error:
        sys.exit(f"parity: {error}")

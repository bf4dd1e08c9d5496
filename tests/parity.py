#!/usr/bin/env python3
"""Check that every example does what its Python twin does, at the same microsecond.

The program runs the example, and twin.py runs the twin on a virtual clock. Compared are
the events of their traces in order: each step of each task and what it waits for, each
line that is printed, each warning; and how the run ends. Each example runs with several
seeds, of which one is chosen at random.

An example and its twin spawn the same tasks in the same order, by functions of the same
name, and a call is a call on both sides. Not compared are: the function of main, names of
locks, queues and the like, who holds a lock, and a result that the example does not
return. What nobody awaits or retrieves is reported when its last reference goes, so the
example drops it where the twin's variable ends.

With a newer Python than 3.11 only the lines are compared. With an older one the test is
skipped.
"""
import argparse
import contextlib
import itertools
import json
import pathlib
import random
import re
import signal
import subprocess
import sys

sys.dont_write_bytecode = True  # the source tree stays as it is
import right_python  # noqa: E402

TOP = pathlib.Path(__file__).resolve().parent.parent

TIMEOUT = 120  # seconds that all examples may take

# Of the program, if an example ends with an error, or is interrupted.
STATUSES = (3, -signal.SIGINT)

CONTEXT = 4  # events that are shown before a difference
SHOWN = 6  # events that are shown from there


if __name__ == "__main__":
    right_python.run_with_it()
import twin  # noqa: E402, once the Python is new enough for it
import twin_trace  # noqa: E402


class ProgramFailed(Exception):
    """The program ended with an error."""


# ---- the two sides ---------------------------------------------------------------

# What the program says of an example that ends with an error or in a deadlock, as its
# twin should.
ENDED = re.compile(r"interleave\S*( run)?: \S+( ended with an error|: Deadlock): ")


def interleave(program, *arguments):
    """Run the program; return its output, a list of JSON values, and what went wrong."""
    try:
        done = subprocess.run([program, *arguments], stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=TIMEOUT)
        output, errors, status = done.stdout, done.stderr, done.returncode
    except subprocess.TimeoutExpired as error:
        output, errors, status = error.stdout or b"", error.stderr or b"", "none: time out"
    values = []
    for line in output.decode().splitlines():
        with contextlib.suppress(ValueError):  # cut off
            values.append(json.loads(line))
    errors = [line for line in errors.decode("utf-8", "replace").splitlines()
              if not ENDED.match(line)]
    ended = any(value.get("end", "ok") != "ok" for value in values)
    if status and not (ended and status in STATUSES):
        errors.append(f"exit status {status}")
    return values, "\n    ".join(errors)


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
    """The trace of each example, until one is missing, and what went wrong."""
    traces, wrong = [], ""
    while len(traces) < len(examples) and not wrong:
        # One that is interrupted ends the program.
        values, wrong = interleave(program, "run", *examples[len(traces):], "--format",
                                   "jsonl", "--level", "task", "--seed", str(seed))
        some = traces_of(values)
        wrong = wrong or ("" if some else "no trace")
        traces += some
    return traces, wrong


def python_side(path, seed):
    """The same of a twin, and the exception that ended it, if any."""
    run = twin.play(path, seed)
    return run.events + [{"t_us": run.end_us, "end": run.end}], run.reason


# ---- what is compared ------------------------------------------------------------

# Python knows no number of an event or of a turn, no line of C, no name of a lock, nor
# who holds it.
NOT_IN_PYTHON = {"seq", "turn", "id", "step", "src", "holder"}

# Nor what it does to a lock or a queue, nor why a task resumes.
NO_EVENTS_IN_PYTHON = {"acquire", "release", "put", "get"}
REASONS = {"on", "obj", "by", "by_id", "ms", "late_us", "text"}

# What only one side has in a repr: addresses and places in the source, and in that of a
# slow task or callback what it waits for or has returned.
IN_REPR = re.compile(r"(,? (running|defined|created))? at [^\s>,:]+(:\d+)?")

SLOW_TASK = re.compile(r"Executing (<Task \w+ name='[^']*' coro=<[^( ]*\(\)).*(?= took )")
SLOW_CALLBACK = re.compile(r"Executing <\w*Handle.*>(?= took )")


def comparable_note(text):
    text = SLOW_TASK.sub(r"Executing \1>>", text)
    text = SLOW_CALLBACK.sub("Executing <Handle>", text)
    return IN_REPR.sub("", text)


def comparable(event):
    """An event of either side without what the other side cannot know."""
    event = {key: value for key, value in event.items() if key not in NOT_IN_PYTHON}
    kind = event.get("ev")

    if "end" in event:
        return {"t_us": event["t_us"], "end": event["end"]}
    if kind == "resume":
        return {key: value for key, value in event.items() if key not in REASONS}
    if kind == "wait" and event["on"] not in ("join", "wait_for"):
        event.pop("obj", None)
    if kind == "deadlock":  # no word of Python's
        event.pop("text", None)
    if kind == "note":
        event.pop("name", None)
        event["text"] = comparable_note(event["text"])
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
    c = [comparable(event) for event in c if event.get("ev") not in NO_EVENTS_IN_PYTHON]
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


def difference(python, c, side="python"):
    """Where two lists of events part, with what was before; empty if nowhere."""
    python, c = comparable_sides(python, c)
    if python == c:
        return []
    same = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1],
                                              zip(python, c)))
    return ([f"        {shown(event)}" for event in python[max(0, same - CONTEXT):same]]
            + [f"{side:>6}: {shown(event)}" for event in python[same:same + SHOWN]]
            + [f"{'c':>6}: {shown(event)}" for event in c[same:same + SHOWN]])


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
    traces, complaint = c_side(program, list(twins), seed)
    for (example, path), c in zip(twins.items(), traces):
        python, reason = python_side(path, seed)
        wrong = check(python, c, reason)
        if wrong:
            print(f"{example} --seed {seed}", *wrong, sep="\n    ")
        yield not wrong
    if complaint:
        first = [*twins, "after the last"][len(traces)]
        print(f"{first} --seed {seed}", complaint, sep="\n    ")
        yield from [False] * max(1, len(twins) - len(traces))


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

    rows, wrong = interleave(options.program, "list", "--json")
    if wrong:
        raise ProgramFailed(wrong)
    known = {f"{row['lesson']}:{row['example']}": row["random"] for row in rows}
    twins = {f"{path.parent.name}:{path.stem}": path
             for path in sorted(options.lessons.glob("*/*.py"))}
    if options.examples:
        twins = {name: path for name, path in twins.items() if name in options.examples}
    unknown = [name for name in twins if name not in known]
    if unknown:
        raise ProgramFailed(f"no such examples: {' '.join(unknown)}")

    results = []
    for seed in options.seeds or [0, 1, 2, 3, random.SystemRandom().randrange(2**32)]:
        results += check_all(options.program, twins, seed)
    some = {name: path for name, path in twins.items() if known[name]}
    for seed in options.random_seeds if not options.seeds else []:
        results += check_all(options.program, some, seed)
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (ProgramFailed, OSError) as error:
        sys.exit(f"parity: {error}")

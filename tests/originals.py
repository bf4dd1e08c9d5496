#!/usr/bin/env python3
"""Check that every example prints what the tutorial's own program prints, at the same
microsecond, and ends as it does.

    originals.py INTERLEAVE [SHARED]

SHARED holds the tutorials and catalogue.md; it is ../shared beside the source tree
otherwise. A program is cut out of its tutorial by the lines that the catalogue gives, and
runs unchanged as a twin does: by twin.py or node_twin.mjs. The catalogue says whether it
runs alone, if need be with an import that the tutorial forgot, or a module that is only
imported. The others run between the lines that original_drivers.py has for them.

Lines of an example that begin with "# " are its driver's: they are compared if the
program has one here. Addresses are not compared. Needs Python 3.11; without it, or
without the tutorials, the test is skipped. Without Node the programs in JavaScript are
left out.
"""
import contextlib
import difflib
import json
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import types
import typing
import unittest.mock

sys.dont_write_bytecode = True  # the source tree stays as it is
import node_parity  # noqa: E402
import original_drivers  # noqa: E402
import right_python  # noqa: E402

SHARED = pathlib.Path(__file__).resolve().parent.parent.parent / "shared"

SEEDS = 0, 1, 2, 3

# Of the program, if an example ends with an error, or is interrupted.
STATUSES = 0, 3, -signal.SIGINT

SHOWN = 16  # lines of a difference

# Programs that are not compared, and why.
LEFT_OUT = {
    **dict.fromkeys("D03 D04 D05 D06 D07 D08".split(), "a comment or a diagram"),
    "E04": "a line at Python's prompt, which calls what E03 defines",
    **dict.fromkeys("A13 A14 A17 B09 B10 B14 C25 D22 D25 D39 E16 E17".split(),
                    "needs the network"),
    "C26": "needs a database",
    **dict.fromkeys("C27 D26".split(), "needs files, and a package that reads them"),
    "D36": "its computation takes no time on a virtual clock, and its processes fail",
}

# Their error is raised outside tasks, where no event shows it; only that it ends the
# program is compared.
REASON_IS_NOT_TRACED = {"D37"}

HEADING = re.compile(r"## [A-E] = (?P<file>\S+\.txt)")
ROW = re.compile(r"\| (?P<id>[A-E]\d\d) \| (?P<first>\d+)-(?P<last>\d+) \| .* \| [\d.]* \| "
                 r"(?P<random>[^|]+) \| (?P<printed>[^|]+) \| (?P<notes>[^|]*) \|")
RUNS = re.compile(r"ok\b|runs, prints nothing|(UnboundLocal|Name)Error: ")
UNDEFINED = re.compile(r"NameError: name '(\w+)' is not defined")
ONLY_IMPORTED = re.compile(r"needs (\w+) only for the import")

# The program prints dots for the digits, so that its traces do not differ.
ADDRESS = re.compile(r"\b0x([0-9a-f]+|\.\.\.)")


if __name__ == "__main__":
    right_python.run_with_it()
import twin  # noqa: E402, once the Python is new enough for it


class Original(typing.NamedTuple):
    """A program of a tutorial."""

    text: str
    has_driver: bool
    is_javascript: bool
    is_random: bool
    stand_in: str  # a module that is only imported; may be empty


def cut_out(row, tutorial):
    lines = tutorial.splitlines()[int(row["first"]) - 1:int(row["last"])]
    text = textwrap.dedent("\n".join(lines)) + "\n"
    before, after = original_drivers.DRIVERS.get(row["id"], ("", ""))
    forgotten = UNDEFINED.match(row["printed"])
    if forgotten and forgotten[1] in sys.stdlib_module_names:
        before = f"import {forgotten[1]}\n{before}"
    stand_in = ONLY_IMPORTED.search(row["notes"])
    return Original(before + text + after, row["id"] in original_drivers.DRIVERS,
                    row["printed"].strip() == "ok", row["random"].strip() != "no",
                    stand_in[1] if stand_in else "")


def originals(shared):
    """The programs that run alone, as the catalogue says, or with a driver; by ids."""
    found, tutorial = {}, ""
    for line in (shared / "catalogue.md").read_text("utf-8").splitlines():
        if heading := HEADING.match(line):
            tutorial = (shared / "tutorials" / heading["file"]).read_text("utf-8")
        elif (row := ROW.match(line)) and row["id"] not in LEFT_OUT and (
                row["id"] in original_drivers.DRIVERS or RUNS.match(row["printed"])):
            found[row["id"]] = cut_out(row, tutorial)
    return found


def said_in(events):
    return [(event["t_us"], event["text"]) for event in events if event["ev"] == "say"]


def lines_of(said, end_us, end, reason, has_driver):
    """What a run prints and how it ends, a line each."""
    lines = [f"{us / 1e6:12.6f}  {ADDRESS.sub('0x...', text)}" for us, text in said
             if has_driver or not text.startswith("# ")]
    return [*lines, f"{end_us / 1e6:12.6f}  end={end} {reason}".rstrip()]


def c_side(program, name, seed, has_driver):
    done = subprocess.run([program, "run", name, "--format", "jsonl", "--level", "task",
                           "--seed", str(seed)], stdin=subprocess.DEVNULL,
                          capture_output=True, encoding="utf-8", timeout=60)
    if done.returncode not in STATUSES:
        raise ValueError(f"exit status {done.returncode}: {done.stderr.strip()}")
    _, *events, end = [json.loads(line) for line in done.stdout.splitlines()]
    reasons = [event["error"] for event in events if event["ev"] == "fail"]
    reason = reasons[-1] if reasons and end["end"] == "error" else ""
    return lines_of(said_in(events), end["t_us"], end["end"], reason, has_driver)


def tutorial_side(name, original, seed):
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        path = pathlib.Path(folder, name)
        path.write_text(original.text, "utf-8")
        if original.is_javascript:
            (*said, (end_us, end)), reason = node_parity.node_side(path, seed)
            return lines_of(said, end_us, end.removeprefix("# end="), reason, False)
        if original.stand_in:
            module = {original.stand_in: types.ModuleType(original.stand_in)}
            stack.enter_context(unittest.mock.patch.dict(sys.modules, module))
        run = twin.play(path, seed)
    is_known = run.end == "error" and name not in REASON_IS_NOT_TRACED
    reason = run.reason.partition(": ")[2] if is_known else ""
    return lines_of(said_in(run.events), run.end_us, run.end, reason, original.has_driver)


def check(program, name, original, seed):
    """The differences for this seed, as lines."""
    try:
        c = c_side(program, name, seed, original.has_driver)
        tutorial = tutorial_side(name, original, seed)
    except (subprocess.SubprocessError, ValueError, KeyError) as error:
        return [f"{type(error).__name__}: {error}"]
    return list(difflib.unified_diff(tutorial, c, "tutorial", "c", n=1, lineterm=""))[:SHOWN]


def replayed_by(program):
    """The ids that the examples replay, without those that complete another program."""
    done = subprocess.run([program, "list", "--json"], check=True, capture_output=True,
                          encoding="utf-8")
    rows = map(json.loads, done.stdout.splitlines())
    return {name for row in rows for name in row["replays"] if not name.endswith("x")}


def main(program, shared=SHARED):
    shared = pathlib.Path(shared)
    if not (shared / "catalogue.md").exists():
        print(f"skipped: there are no tutorials in {shared}")
        return right_python.SKIPPED
    if sys.version_info[:2] != right_python.BEST:
        print("skipped: needs Python {}.{}".format(*right_python.BEST))
        return right_python.SKIPPED

    programs = originals(shared)
    results = []
    for name in sorted(replayed_by(program) - set(programs) - set(LEFT_OUT)):
        print(f"{name} is not compared")
        results.append(False)
    for name, original in programs.items():
        if original.is_javascript and not shutil.which("node"):
            continue
        for seed in SEEDS if original.is_random else SEEDS[:1]:
            wrong = check(program, name, original, seed)
            if wrong:
                print(f"{name} --seed {seed}", *wrong, sep="\n    ")
            results.append(not wrong)
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

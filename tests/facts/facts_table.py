#!/usr/bin/env python3
"""Check that FACTS.md lists every fact and whether its tests pass.

usage: facts_table.py [--write] [--reference FACTS.JSON] PROGRAM...

The facts are in facts.tsv: number, priority, a sentence, and the reason if it cannot be
true of C. The name of a test begins with the number of its fact: Test(loop, LOOP_01_…).
The programs are the test suites of this folder. They are run, and FACTS.md must agree
with their results. Every fact must have a test that passes, or a reason, or be about
streams, which the engine does not have yet. --write writes FACTS.md instead.
--reference also compares numbers and priorities with a list of facts.

The size of the engine is checked as well: see size.py.
"""
import argparse
import collections
import concurrent.futures
import csv
import difflib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(0, str(HERE.parent))
import size  # noqa: E402

TABLE = HERE / "FACTS.md"

TITLES = {
    "LOOP": "The loop", "CORO": "Coroutines", "SLEEP": "sleep", "TASK": "Tasks",
    "FUT": "Futures", "GATHER": "gather", "WAIT": "wait", "ASCOMP": "as_completed",
    "WAITFOR": "wait_for", "TIMEOUT": "timeout", "SHIELD": "shield",
    "TG": "Task groups", "CANCEL": "Cancellation", "LOCK": "Locks", "EVENT": "Events",
    "COND": "Conditions", "SEM": "Semaphores", "BARRIER": "Barriers",
    "QUEUE": "Queues", "ACM": "Context managers", "AGEN": "Generators",
    "STREAM": "Streams", "SUBPROC": "Processes", "EXEC": "Threads",
    "DEBUG": "Debug mode", "SIGINT": "Ctrl-C", "RUNNER": "Runs and runners",
    "EAGER": "Eager tasks", "INTRO": "Who awaits whom", "LAT": "Latency",
    "TUT": "Programs of tutorials",
}

HEAD = """\
# What asyncio does, and whether the engine does the same

A fact is something about asyncio that a small Python program shows. It has passed if the
same program in C, in `tests/facts/*.c`, prints to the letter what CPython 3.11 prints;
even a difference of one iteration of the loop fails. Output that only Python has, such
as the address of an object, is left out, and the test says so. If a later release
differs and `co_options.asyncio` can select it, both are tested. The priority is 1 if
tutorials depend on the fact, 2 if fidelity does, and 3 if it rarely matters.

{counts}

The engine: {size}.

Every program here also runs with injected faults: cancelled at each of its waits in
turn, and with each of its allocations failing in turn (`tests/support/fault_sweep.h`).
This table is written from the results of the tests by `ninja -C build facts-table`, and
a test compares it with them.
"""

MORE = """
## Further facts

The specification mentions these numbers without a program, or not at all; the programs
are written for this engine.
"""

Fact = collections.namedtuple("Fact", "number priority sentence reason")


class Failures(list):
    """Sentences, printed at the end."""

    def expect(self, condition, sentence):
        if not condition:
            self.append(sentence)


def read_facts():
    with open(HERE / "facts.tsv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
                if row and not row[0].startswith("#")]
    return [Fact(*row, *[""] * (4 - len(row))) for row in rows]


def number_of(test):
    """LOOP-01 of LOOP_01_callbacks_run_in_order; None: it is about no numbered fact."""
    match = re.match(r"([A-Z]+)_(\d\d)_", test)
    return f"{match[1]}-{match[2]}" if match else None


def run(program):
    """Each test of the program, and whether it passed."""
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder, "report")
        subprocess.run([program, f"--json={report}"], stdin=subprocess.DEVNULL,
                       capture_output=True, timeout=300)
        suites = json.loads(report.read_text())["test_suites"]
    return [(test["name"], test["status"] == "PASSED")
            for suite in suites for test in suite["tests"]]


def run_all(programs):
    """For each number, a list: whether each of its tests passed."""
    results = collections.defaultdict(list)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for tests in pool.map(run, programs):
            for name, passed in tests:
                if number_of(name):
                    results[number_of(name)].append(passed)
    return results


def status(fact, results):
    passed = results.get(fact.number)
    if passed:
        return "passed" if all(passed) else "**failing**"
    if fact.reason:
        return f"not applicable: {fact.reason}"
    return "needs streams" if is_about_streams(fact) else "**no test**"


def is_about_streams(fact):
    return fact.number.startswith("STREAM-")


def check(facts, results, failures):
    known = {fact.number for fact in facts}
    for number in results:
        failures.expect(number in known, f"{number} has a test and is not in facts.tsv")
    for fact in facts:
        now = status(fact, results)
        failures.expect(fact.sentence, f"{fact.number} has no sentence")
        failures.expect(now != "**failing**", f"{fact.number} fails")
        failures.expect(now != "**no test**", f"{fact.number} has no test")
        failures.expect(not (fact.reason and fact.number in results),
                        f"{fact.number} has a test and a reason why it cannot")


def compare_with_reference(facts, reference, failures):
    """The same numbers and priorities, in the same order."""
    theirs = [f"{fact['id']} {fact['priority']}"
              for fact in json.loads(reference.read_text("utf-8"))]
    ours = [f"{fact.number} P{fact.priority}" for fact in facts if fact.priority != "-"]
    for line in difflib.unified_diff(theirs, ours, str(reference), "facts.tsv", n=0,
                                     lineterm=""):
        failures.append(f"differs from the reference: {line}")


def count(facts, results):
    now = [status(fact, results) for fact in facts if fact.priority != "-"]
    not_applicable = sum(text.startswith("not applicable") for text in now)
    text = (f"**{now.count('passed')} of {len(now)} facts have passed**, "
            f"{now.count('needs streams')} need streams, which the engine does not have "
            f"yet, and {not_applicable} cannot be true of C")
    missing = now.count("**no test**") + now.count("**failing**")
    return f"{text}; {missing} have not." if missing else f"{text}."


def rows(facts, results):
    yield "| number | priority | fact | here |"
    yield "|---|---|---|---|"
    for fact in facts:
        yield (f"| {fact.number} | {fact.priority} | {fact.sentence} "
               f"| {status(fact, results)} |")


def table(facts, results):
    lines = [HEAD.format(counts=count(facts, results),
                         size=size.sentence())]
    main = [fact for fact in facts if fact.priority != "-"]
    for section, title in TITLES.items():
        lines += [f"## {title}", ""]
        lines += rows([fact for fact in main
                       if fact.number.startswith(f"{section}-")], results)
        lines.append("")
    lines += [MORE.lstrip()]
    lines += rows([fact for fact in facts if fact.priority == "-"], results)
    return "\n".join(lines) + "\n"


def compare_with_table(text, failures):
    written = TABLE.read_text("utf-8") if TABLE.exists() else ""
    difference = list(difflib.unified_diff(
        written.splitlines(), text.splitlines(), "FACTS.md", "the tests", n=0,
        lineterm=""))
    if difference:
        print(*difference, sep="\n")
        failures.append("FACTS.md differs from the results: ninja -C build facts-table")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write FACTS.md")
    parser.add_argument("--reference", type=pathlib.Path, metavar="FACTS.JSON",
                        help="compare numbers and priorities with this list")
    parser.add_argument("programs", nargs="+", metavar="PROGRAM",
                        help="the test suites")
    options = parser.parse_args()

    failures = Failures()
    facts = read_facts()
    results = run_all(options.programs)
    text = table(facts, results)
    if options.write:
        TABLE.write_text(text, "utf-8")
    check(facts, results, failures)
    if options.reference:
        compare_with_reference(facts, options.reference, failures)
    compare_with_table(text, failures)
    failures.extend(size.too_large())
    print(*failures, sep="\n")
    print(f"{len(results)} passed, {len(failures)} failed")
    return 1 if failures and not options.write else 0


if __name__ == "__main__":
    sys.exit(main())

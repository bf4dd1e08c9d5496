#!/usr/bin/env python3
"""tests/facts/FACTS.md says what is true: every fact, and what its tests say today.

usage: facts_table.py [--write] PROGRAM...

The facts are those of facts.tsv: number, priority, a sentence, and where it cannot be
true of C the reason. A test bears the number of its fact: Test(loop, LOOP_01_…). The
programs are run; FACTS.md must be what comes of it, and every fact of priority 1 or 2
must have passed, or be of streams, which are to come. --write writes it.

The size of the engine is held as well: see size.py.
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
REFERENCE = HERE.parents[2] / "shared" / "semantics" / "facts.json"

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
# What asyncio does, and whether we do

A fact is something about asyncio that a small Python program shows. Here it has passed
if the same program in C, in `tests/facts/*.c`, prints what CPython 3.11 prints, to
the letter: what is a difference of one iteration there is one here. What only Python
can print, such as the address of an object, is left out, and the test says so. Where a
later release differs and can be asked for, both are tested. A fact's priority is 1 if
tutorials depend on it, 2 if fidelity does, and 3 at the edge.

{counts}

The engine: {size}.

Every program here is also run cancelled at each of its waits in turn, and without each
of its allocations in turn: `tests/support/fault_sweep.h`. This table is written from the tests by
`ninja -C build facts-table`, and a test sees to it that it is true.
"""

MORE = """
## Further facts

Numbers the specification mentions without a program for them; the programs are ours.
"""

Fact = collections.namedtuple("Fact", "number priority sentence reason")


class Wrong(list):
    """What is wrong, said at the end."""

    def expect(self, condition, sentence):
        if not condition:
            self.append(sentence)


def read_facts():
    with open(HERE / "facts.tsv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
                if row and not row[0].startswith("#")]
    return [Fact(*row, *[""] * (4 - len(row))) for row in rows]


def number_of(test):
    """LOOP-01 of LOOP_01_callbacks_run_in_order; None: it is about nothing numbered."""
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
    """number -> whether its tests passed, one each."""
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
    return "comes with streams" if is_of_streams(fact) else "**no test**"


def is_of_streams(fact):
    return fact.number.startswith("STREAM-")


def judge(facts, results, wrong):
    known = {fact.number for fact in facts}
    for number in results:
        wrong.expect(number in known, f"{number} has a test and is no fact of facts.tsv")
    for fact in facts:
        said = status(fact, results)
        wrong.expect(fact.sentence, f"{fact.number} says nothing")
        wrong.expect(said != "**failing**", f"{fact.number} fails")
        wrong.expect(said != "**no test**", f"{fact.number} has no test")
        wrong.expect(not (fact.reason and fact.number in results),
                     f"{fact.number} has a test and is said not to apply")


def compare_with_reference(facts, wrong):
    """The same numbers and priorities, in the same order."""
    if not REFERENCE.exists():
        return
    theirs = [f"{fact['id']} {fact['priority']}"
              for fact in json.loads(REFERENCE.read_text())]
    ours = [f"{fact.number} P{fact.priority}" for fact in facts if fact.priority != "-"]
    for line in difflib.unified_diff(theirs, ours, "reference", "facts.tsv", n=0,
                                     lineterm=""):
        wrong.append(f"not the facts of the reference: {line}")


def count(facts, results):
    said = [status(fact, results) for fact in facts if fact.priority != "-"]
    applicable = sum(text.startswith("not applicable") for text in said)
    streams = said.count("comes with streams")
    text = (f"**{said.count('passed')} of {len(said)} facts have passed**, {streams} come "
            f"with streams, and {applicable} cannot be true of C")
    missing = said.count("**no test**") + said.count("**failing**")
    return f"{text}; {missing} have not." if missing else f"{text}."


def rows(facts, results):
    yield "| fact | priority | what it says | here |"
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


def compare_with_table(text, wrong):
    written = TABLE.read_text("utf-8") if TABLE.exists() else ""
    difference = list(difflib.unified_diff(
        written.splitlines(), text.splitlines(), "FACTS.md", "the tests", n=0,
        lineterm=""))
    if difference:
        print(*difference, sep="\n")
        wrong.append("FACTS.md is not what the tests say: ninja -C build facts-table")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write FACTS.md")
    parser.add_argument("programs", nargs="+", metavar="PROGRAM",
                        help="the suites of facts")
    options = parser.parse_args()

    wrong = Wrong()
    facts = read_facts()
    results = run_all(options.programs)
    text = table(facts, results)
    if options.write:
        TABLE.write_text(text, "utf-8")
    judge(facts, results, wrong)
    compare_with_reference(facts, wrong)
    compare_with_table(text, wrong)
    wrong.extend(size.too_large())
    print(*wrong, sep="\n")
    print(f"{len(results)} passed, {len(wrong)} failed")
    return 1 if wrong and not options.write else 0


if __name__ == "__main__":
    sys.exit(main())

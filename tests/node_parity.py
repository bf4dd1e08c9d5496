#!/usr/bin/env python3
"""Check that every example with a JavaScript twin prints what the twin prints in Node, at
the same time, and ends as the twin does; and the same of the facts of JavaScript.

The program runs the example, and node_twin.mjs runs the twin on a virtual clock. A fact
is a test in tests/facts/javascript*.c, whose lines the C program must print. Its
JavaScript program is in the comment before, and must print the same lines.
Needs Node 18 or newer; without one the test is skipped.
"""
import argparse
import ast
import json
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the source tree stays as it is
import right_python  # noqa: E402, found beside this file

if __name__ == "__main__":
    right_python.run_with_it()
import parity  # noqa: E402, once the Python is new enough for it

TESTS = pathlib.Path(__file__).resolve().parent
ENOUGH = 18

# What expect_js.h has for the C programs, and facts/javascript_combine.c.
PRELUDE = """
function ticks(count, n = 1) {
    queueMicrotask(() => {
        console.log(`tick ${n}`);
        if (n < count) ticks(count, n + 1);
    });
}

async function after(delay, text) {
    await new Promise((resolve) => setTimeout(resolve, delay));
    console.log(text);
    return text;
}

async function failsAfter(delay, text) {
    await after(delay, `${text} fails`);
    throw new Error(text);
}
"""

FACT = re.compile(r"/\* JavaScript:\n(?P<program>.*?)\n \*/\n"
                  r".*?\nTest\(\w+, (?P<test>\w+)\)\n\{\n    (?P<how>\w+)\(\s*\w+,"
                  r"(?P<lines>(?:\s*\"(?:[^\"\\]|\\.)*\")*)\);\n\}", re.DOTALL)


def skip_without_node():
    try:
        version = subprocess.run(["node", "--version"], capture_output=True, text=True,
                                 check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        version = "v0"
    if int(re.match(r"v?(\d+)", version)[1]) < ENOUGH:
        print(f"skipped: needs Node {ENOUGH} or newer")
        sys.exit(right_python.SKIPPED)


def node_side(path, seed):
    """What a script prints, and how it ends, as events of a trace; and why."""
    done = subprocess.run(["node", TESTS / "node_twin.mjs", path, str(seed)],
                          stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          encoding="utf-8", timeout=60, check=True)
    *lines, end = [json.loads(line) for line in done.stdout.splitlines()]
    return ([{"t_us": us, "ev": "say", "text": text} for us, text in lines]
            + [{"t_us": end["us"], "end": end["end"]}], end["reason"])


def check_example(program, example, path, seed):
    """The differences of this example for this seed, as lines."""
    traces, wrong = parity.c_side(program, [example], seed)
    if wrong or not traces:
        return [wrong]
    try:
        node, reason = node_side(path, seed)
    except (subprocess.SubprocessError, ValueError, KeyError) as error:
        return [f"{type(error).__name__}: {error}"]
    wrong = parity.difference(node, parity.lines_of(traces[0]), "node")
    if wrong and reason:
        wrong.append(f"the twin ended with {reason}")
    return wrong


def facts(source):
    """name -> (JavaScript program, lines, whether it fails) of each fact in the file."""
    found = {}
    for match in FACT.finditer(source.read_text("utf-8")):
        program = PRELUDE + "\n".join(line.removeprefix(" *").removeprefix(" ")
                            for line in match["program"].split("\n"))
        literals = re.findall(r'"(?:[^"\\]|\\.)*"', match["lines"])
        lines = "".join(map(ast.literal_eval, literals))
        lines = re.sub("^LOG .*\n", "", lines, flags=re.MULTILINE)
        found[match["test"]] = program, lines, match["how"] == "expect_uncaught"
    return found


def check_fact(program, lines, fails):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "fact.js")
        path.write_text(program, "utf-8")
        (*printed, end), reason = node_side(path, 0)
    printed = "".join(f"{event['text']}\n" for event in printed)
    if (printed, end["end"]) == (lines, "error" if fails else "ok"):
        return []
    return ["in C:", *lines.splitlines(), "in Node:", *printed.splitlines(),
            f"end={end['end']}", reason]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", help="the interleave program")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2, 3])
    options = parser.parse_args()

    skip_without_node()
    results = {}
    # Every twin there is: one that the program does not know is a failure.
    for path in sorted((parity.TOP / "lessons").glob("*/*.js")):
        example = f"{path.parent.name}:{path.stem}"
        for seed in options.seeds:
            results[f"{example} --seed {seed}"] = check_example(options.program, example,
                                                                path, seed)
    for source in sorted((TESTS / "facts").glob("javascript*.c")):
        text = source.read_text("utf-8")
        found = facts(source)
        if len(found) != text.count("\nTest("):
            results[source.name] = ["a test has no JavaScript program before it"]
        for name, fact in found.items():
            results[f"{source.name}: {name}"] = check_fact(*fact)
    for name, wrong in results.items():
        if wrong:
            print(name, *wrong, sep="\n    ")
    failed = sum(map(bool, results.values()))
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed or not results else 0


if __name__ == "__main__":
    sys.exit(main())

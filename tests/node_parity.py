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
import difflib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

SKIPPED = 77  # to Meson

ENOUGH = 18

TESTS = pathlib.Path(__file__).resolve().parent
LESSONS = TESTS.parent / "lessons"

FAILED = 3  # the status of the program if an example ends with an error
SHOWN = 16  # lines of a difference

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
        sys.exit(SKIPPED)


def c_side(program, example, seed):
    """What an example prints, and how it ends: [microseconds, line] each."""
    done = subprocess.run([program, "run", example, "--format", "jsonl", "--level", "say",
                           "--seed", str(seed)], stdin=subprocess.DEVNULL,
                          capture_output=True, encoding="utf-8", timeout=60)
    if done.returncode not in (0, FAILED):
        raise ValueError(f"exit status {done.returncode}: {done.stderr.strip()}")
    _, *events, end = [json.loads(line) for line in done.stdout.splitlines()]
    lines = [[event["t_us"], event["text"]] for event in events if event["ev"] == "say"]
    return lines + [[end["t_us"], f"# end={end['end']}"]]


def node_side(path, seed):
    """What a script prints, and how it ends: [microseconds, line] each; and why."""
    done = subprocess.run(["node", TESTS / "node_twin.mjs", path, str(seed)],
                          stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          encoding="utf-8", timeout=60, check=True)
    *lines, end = [json.loads(line) for line in done.stdout.splitlines()]
    return lines + [[end["us"], f"# end={end['end']}"]], end["reason"]


def check_example(program, example, path, seed):
    """The differences of this example for this seed, as lines."""
    try:
        c = c_side(program, example, seed)
        node, reason = node_side(path, seed)
    except (subprocess.SubprocessError, ValueError, KeyError) as error:
        return [f"{type(error).__name__}: {error}"]
    node, c = ([f"{us / 1e6:12.6f}  {line}" for us, line in lines] for lines in (node, c))
    wrong = list(difflib.unified_diff(node, c, "node", "c", n=1, lineterm=""))[:SHOWN]
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
    printed = "".join(f"{line}\n" for _, line in printed)
    if (printed, end[1]) == (lines, "# end=error" if fails else "# end=ok"):
        return []
    return ["in C:", *lines.splitlines(), "in Node:", *printed.splitlines(), end[1], reason]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", help="the interleave program")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2, 3])
    options = parser.parse_args()

    skip_without_node()
    results = {}
    # Every twin there is: one that the program does not know is a failure.
    for path in sorted(LESSONS.glob("*/*.js")):
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

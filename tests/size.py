#!/usr/bin/env python3
"""How large the engine is: the lines of its functions and files, and their limits. No
source of the project, whatever it is of, is longer than a file of the engine.

.clang-format puts the opening brace of a function in a line of its own, or the whole
function into one line. The lines between the braces are counted.
"""
import pathlib
import re
import statistics
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
ENGINE = TOP / "engine"
FOLDERS = ["engine", "lessons", "cli", "tests"]

MEDIAN = 15  # lines: the median function is shorter
LONGEST = 400  # lines: no file is longer

ONE_LINE = re.compile(r"^\w[^;=]*\)(?: \w+)* \{ .* \}$|^\w[^;=]*\) \{\}$")


def functions(text):
    """The number of lines of each function's body."""
    begin = None
    for number, line in enumerate(text.splitlines()):
        if line == "{":
            begin = number
        elif line == "}" and begin is not None:
            yield number - begin - 1
            begin = None
        elif ONE_LINE.match(line):
            yield 1


def measure():
    files = {str(path.relative_to(ENGINE)): path.read_text("utf-8")
             for path in ENGINE.rglob("*.c")}
    lengths = [length for text in files.values() for length in functions(text)]
    lines = {name: text.count("\n") for name, text in files.items()}
    return lengths, lines


def rounded(number, step):
    return number // step * step


def sentence():
    """Rounded, so that it rarely changes."""
    lengths, lines = measure()
    return (f"more than {rounded(len(lengths), 50)} functions in {len(lines)} files, the "
            f"median one shorter than {5 + int(rounded(statistics.median(lengths), 5))} "
            f"lines; no file has more than {LONGEST}")


def too_large():
    lengths, lines = measure()
    if statistics.median(lengths) >= MEDIAN:
        yield f"the median function has {statistics.median(lengths)} lines"
    for folder in FOLDERS:
        for path in sorted((TOP / folder).rglob("*")):
            if path.suffix in {".c", ".h", ".S", ".py"}:
                count = path.read_text("utf-8").count("\n")
                if count > LONGEST:
                    yield f"{path.relative_to(TOP)} has {count} lines"


if __name__ == "__main__":
    print(sentence())
    sys.exit("\n".join(too_large()) or 0)

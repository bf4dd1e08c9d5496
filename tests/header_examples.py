#!/usr/bin/env python3
"""The example of each public header compiles.

usage: header_examples.py ENGINE COMPILER [FLAG...]

The example of engine/NAME.h is in its first comment: the lines that are indented by four
blanks more than the text. A run of such lines that begins with `struct NAME {`,
`static ` or `enum` and ends with `}` or `};` is put at file scope; the others, in order,
are the body of one coroutine.
"""
import pathlib
import re
import subprocess
import sys

# Headers whose example is still missing or does not follow the form: they are listed,
# and are no failure. It must be empty for a release.
WITHOUT_EXAMPLE = {
    "as_completed", "barrier", "concurrent", "condition", "context_manager",
    "coroutine", "event", "exception_handler", "executor", "gather", "generator",
    "group", "lock", "loop", "process", "queue", "random", "reader", "run", "runner",
    "semaphore", "shield", "signal", "timeout", "wait",
}

WARNINGS = ["-Wall", "-Wextra", "-Werror", "-Wno-unused-variable",
            "-Wno-unused-but-set-variable", "-Wno-unused-function",
            "-Wno-unused-parameter", "-Wno-missing-field-initializers"]

AT_FILE_SCOPE = re.compile(r"(struct \w+ \{|static |enum\b).*\};?$", re.S)


def chunks(header):
    """The runs of example lines in the first comment, each as one text."""
    comment = header.read_text("utf-8").split("*/")[0]
    found, lines = [], []
    for line in comment.splitlines() + [""]:
        match = re.match(r" \* {5}(.*)", line)
        if match:
            lines.append(match[1])
        elif lines:
            found.append("\n".join(lines))
            lines = []
    return found


def program(found):
    scope = [chunk for chunk in found if AT_FILE_SCOPE.match(chunk)]
    body = [chunk for chunk in found if not AT_FILE_SCOPE.match(chunk)]
    return "\n".join(['#include "engine/co.h"', "#include <stdio.h>", *scope,
                      "int example(void *);", "int example(void *)", "{", *body,
                      "return 0;", "}", ""])


def compiles(command, text, quiet):
    done = subprocess.run([*command, *WARNINGS, "-fsyntax-only", "-x", "c", "-"],
                          input=text, capture_output=True, text=True, check=False)
    if done.returncode != 0 and not quiet:
        print(text, done.stderr, sep="\n")
    return done.returncode == 0


def main():
    engine, command = pathlib.Path(sys.argv[1]), sys.argv[2:]
    failed, missing = set(), set()
    for header in sorted(engine.glob("*.h")):
        found = chunks(header)
        if not found:
            missing.add(header.stem)
        elif not compiles(command, program(found), header.stem in WITHOUT_EXAMPLE):
            failed.add(header.stem)
    wrong = missing | failed
    for name in sorted(wrong):
        what = "has no example" if name in missing else "has one that does not compile"
        print(f"engine/{name}.h {what}{', yet' if name in WITHOUT_EXAMPLE else ''}")
    for name in sorted(WITHOUT_EXAMPLE - wrong):
        print(f"engine/{name}.h has its example now: take it off the list")
    return bool(wrong - WITHOUT_EXAMPLE)


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""The example of each public header compiles.

usage: header_examples.py ENGINE COMPILER [FLAG...]

The example of engine/NAME.h is in its first comment: the lines that are indented by four
blanks more than the text. A run of such lines that begins with `struct NAME {`,
`static `, `async_def(` or `enum` and ends with `}` or `};` is put at file scope; the others, in order,
are the body of one coroutine.
"""
import pathlib
import re
import subprocess
import sys

WARNINGS = ["-Wall", "-Wextra", "-Werror", "-Wno-unused-variable",
            "-Wno-unused-but-set-variable", "-Wno-unused-function",
            "-Wno-unused-parameter", "-Wno-missing-field-initializers"]

AT_FILE_SCOPE = re.compile(r"(struct \w+ \{|static |async_def\(|enum\b).*\};?$", re.S)


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


def problem(header, command):
    """What is wrong with its example; None: nothing."""
    found = chunks(header)
    if not found:
        return "has no example"
    text = program(found)
    done = subprocess.run([*command, *WARNINGS, "-fsyntax-only", "-x", "c", "-"],
                          input=text, capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else f"does not compile:\n{text}{done.stderr}"


def main():
    engine, command = pathlib.Path(sys.argv[1]), sys.argv[2:]
    headers = sorted(engine.glob("*.h"))
    problems = {header: problem(header, command) for header in headers}
    wrong = {header: text for header, text in problems.items() if text}
    for header, text in wrong.items():
        print(f"engine/{header.name} {text}")
    print(f"{len(headers) - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

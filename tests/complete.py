#!/usr/bin/env python3
"""Check that every source file has tests, and that their names say where they are.

usage: complete.py TOP

- tests/unit/NAME.c tests engine/**/NAME.c. A file of the command line has such a suite,
  too, or the table below names the sessions and terminal tests that cover it.
- Each suite in tests/unit has the name of a source file or a header, or is NAME_edge:
  the edge cases of one. The table below names those that are about several files.
- Tests of the engine are Test(NAME, …) in NAME.c, in tests/unit and in tests/facts.
- Each suite in a folder is in the list of its meson.build; otherwise it is not built.
"""
import pathlib
import re
import sys

TERMINAL = ["tests/cli/terminal.py", "tests/cli/keyboard.py"]
SESSIONS = {  # of the command line, by file or by folder
    "cli/commands/catalogue.c": ["help", "errors"],
    "cli/commands/command.c": ["script", "errors"],
    "cli/commands/output.c": ["output"],
    "cli/commands/progress.c": TERMINAL,
    "cli/commands/remarks.c": TERMINAL,
    "cli/commands/session.c": ["script"],
    "cli/commands/topics.c": ["topics"],
    "cli/state.c": TERMINAL,
    "cli/term.c": TERMINAL,
    "cli/text.c": ["help", "errors"],
    "cli/commands/": ["help"],
    "cli/prompt/": TERMINAL,
    "cli/trace/": ["run", "timeline"],
    "cli/views/": ["timeline"],
}
ACROSS = {"finish",  # co_..._finish() of every primitive that tasks wait for
          "handles",  # what the forms of every wait keep, in a main that never ends
          "no_loop"}  # what works where no loop runs
EXEMPT = {"cli/main.c"}  # every session runs it


class Result:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, holds, sentence):
        self.passed, self.failed = self.passed + bool(holds), self.failed + (not holds)
        if not holds:
            print(sentence)


def session_tests(source):
    """The tests that run the program and cover this file."""
    names = SESSIONS.get(source) or SESSIONS.get(source[:source.rindex("/") + 1], [])
    return [name if "/" in name else f"tests/cli/{name}.session" for name in names]


def is_used_in_a_session(top, command):
    return any(re.search(rf"\b{command}\b", session.read_text("utf-8"))
               for session in (top / "tests" / "cli").glob("*.session"))


def check_source(top, path, result):
    source = str(path.relative_to(top))
    if source in EXEMPT or (top / "tests/unit" / path.name).exists():
        result.check(True, "")
        return
    tests = session_tests(source)
    result.check(tests, f"{source} has no tests: write tests/unit/{path.name}")
    for test in tests:
        result.check((top / test).exists(), f"{source}: there is no {test}")
    if source.startswith("cli/commands/") and source not in SESSIONS:
        result.check(is_used_in_a_session(top, path.stem),
                     f"{source}: no session of tests/cli uses '{path.stem}'")


def check_suite(path, result):
    for suite in re.findall(r"^Test\((\w+),", path.read_text("utf-8"), re.MULTILINE):
        if suite != path.stem:
            result.check(False, f"{path}: Test({suite}, …) should be "
                         f"Test({path.stem}, …)")


def check_folder(folder, result, exempt=()):
    suites = {path.stem for path in folder.glob("*.c")}
    listed = set(re.findall(r"'(\w+)'", (folder / "meson.build").read_text("utf-8")))
    for name in sorted(suites ^ listed):
        result.check(False, f"{folder / name}.c is missing, or missing in the list of "
                     f"{folder}/meson.build")
    for name in sorted(suites & listed):
        result.check(True, "")
        if name not in exempt:
            check_suite(folder / f"{name}.c", result)


def check_unit_names(top, result):
    """A suite without a source file of its name could not be found."""
    sources = {path.stem for folder in ("engine", "cli", "lessons", "tests/support")
               for path in (top / folder).rglob("*.[ch]")}
    for path in sorted((top / "tests" / "unit").glob("*.c")):
        stem = path.stem.removesuffix("_edge")
        result.check(stem in sources | ACROSS, f"{path}: there is no {path.stem}.c to test")


def main():
    top = pathlib.Path(sys.argv[1])
    result = Result()
    for folder in ("engine", "cli"):
        for path in sorted((top / folder).rglob("*.c")):
            check_source(top, path, result)
    engine, others = ({path.stem for folder in folders
                       for path in (top / folder).rglob("*.c")}
                      for folders in (["engine"], ["cli", "lessons"]))
    check_folder(top / "tests" / "unit", result, exempt=others - engine)
    check_folder(top / "tests" / "facts", result)
    check_unit_names(top, result)
    print(f"{result.passed} passed, {result.failed} failed")
    return 1 if result.failed or not result.passed else 0


if __name__ == "__main__":
    sys.exit(main())

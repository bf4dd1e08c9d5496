#!/usr/bin/env python3
"""Run the sessions of the command line, and compare what is shown.

    run_sessions.py INTERLEAVE DIR [--accept]

A session, DIR/NAME.session, is a dialogue in a shell: a line `$ command`, what the
command printed to standard output and standard error, and `[exit N]` if its status is
not 0. Blank lines before the next `$`, and all lines before the first, are ignored.
Each session gets an empty directory. --accept writes what is shown now into the files.
"""
import difflib
import os
import pathlib
import subprocess
import sys
import tempfile

TIMEOUT = 60  # seconds a command may take, on the slowest machine


def parse(text):
    """The lines before the first command, and (command, expected output) pairs."""
    preface, steps = [], []
    for line in text.splitlines():
        if line.startswith("$ "):
            steps.append((line[2:], []))
        elif steps:
            steps[-1][1].append(line)
        else:
            preface.append(line)
    return preface, [(command, "\n".join(lines).rstrip()) for command, lines in steps]


def environment(interleave, home):
    """The environment: nothing in it depends on the user or the machine."""
    keep = {name: value for name, value in os.environ.items()
            if name.endswith("SAN_OPTIONS") or name == "MALLOC_PERTURB_"}
    return keep | {
        "PATH": f"{pathlib.Path(interleave).resolve().parent}:/usr/bin:/bin",
        "HOME": home,
        "LC_ALL": "C.UTF-8",
    }


def play(command, home, env):
    """What the command shows, with its exit status as a line if it is not 0."""
    done = subprocess.run(["sh", "-c", command], cwd=home, env=env, timeout=TIMEOUT,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    shown = done.stdout.decode("utf-8", "backslashreplace").rstrip()
    if done.returncode:
        shown += f"\n[exit {done.returncode}]"
    return shown.strip("\n")


def compare(where, command, expected, shown):
    if shown == expected:
        return True
    print(f"{where}: $ {command}")
    for line in difflib.unified_diff(expected.splitlines(), shown.splitlines(),
                                     "expected", "shown", lineterm=""):
        print(f"    {line}")
    return False


def main(interleave, directory, accept=None):
    passed = failed = 0
    for session in sorted(pathlib.Path(directory).glob("*.session")):
        preface, steps = parse(session.read_text("utf-8"))
        with tempfile.TemporaryDirectory() as home:
            env = environment(interleave, home)
            shown = [play(command, home, env) for command, _ in steps]
        if accept:
            texts = [f"$ {command}\n{text}".rstrip() + "\n"
                     for (command, _), text in zip(steps, shown)]
            session.write_text("\n".join(preface + texts), "utf-8")
        for (command, expected), text in zip(steps, shown):
            if compare(session.name, command, text if accept else expected, text):
                passed += 1
            else:
                failed += 1
    print(f"{passed} passed, {failed} failed")
    return failed > 0 or passed == 0


sys.exit(main(*sys.argv[1:]))

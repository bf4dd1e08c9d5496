#!/usr/bin/env python3
"""The program of the README compiles with the command that stands below it, and runs.

usage: readme_program.py SOURCE BUILD COMPILER...
"""
import pathlib
import re
import subprocess
import sys
import tempfile


def main():
    source, build = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    readme = (source / "README.md").read_text("utf-8")
    program, command = re.search(r"```c\n(#include.*?)```\n\n((?: {4}[^\n]*\n)+)", readme,
                                 re.S).groups()
    command = (command.replace("build/", f"{build}/").replace("-I.", f"-I{source}")
               .replace("cc ", f"{' '.join(sys.argv[3:])} ", 1))
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "fetch.c").write_text(program, "utf-8")
        for step in (command.strip(), "./fetch"):
            done = subprocess.run(step, shell=True, cwd=folder, check=False)
            if done.returncode:
                print(f"{step}\nends with status {done.returncode}")
                print("0 passed, 1 failed")
                return 1
    print("1 passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())

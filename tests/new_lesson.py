#!/usr/bin/env python3
"""The lesson that `new` writes builds, and does what its Python twin does.

usage: new_lesson.py SOURCE BUILD COMPILER...

The program is linked anew, with this lesson in place of the others.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

NAME = "my-lesson"


def libraries():
    names = ["libuv", "jansson"]
    if subprocess.run(["pkg-config", "--exists", "libedit"]).returncode == 0:
        names.append("libedit")
    done = subprocess.run(["pkg-config", "--cflags", "--libs", *names], check=True,
                          capture_output=True, text=True)
    return done.stdout.split() + ["-lm", "-pthread"]


def main(source, build, *compiler):
    source, build = pathlib.Path(source).resolve(), pathlib.Path(build).resolve()
    with tempfile.TemporaryDirectory() as folder:
        top = pathlib.Path(folder)
        (top / "lessons").mkdir()
        shutil.copy(source / "lessons" / "meson.build", top / "lessons")
        subprocess.run([build / "cli/interleave", "new", NAME], cwd=top, check=True)
        listed = (top / "lessons/meson.build").read_text("utf-8").splitlines()
        last = max(i for i, line in enumerate(listed) if line.startswith("subdir("))
        assert listed[last] == f"subdir('{NAME}')", "it is the last lesson"
        assert len(listed) == 1 + len((source / "lessons/meson.build").read_text(
            "utf-8").splitlines()), "no line is lost"

        lesson = top / "lessons" / NAME
        assert "'name': 'my-lesson'" in (lesson / "meson.build").read_text("utf-8")
        subprocess.run([sys.executable, source / "lessons/generate.py", top / "table.c",
                        "--lesson", NAME, "own", "a title", "", "", "",
                        lesson / "first.c", lesson / "first.py"], check=True)
        subprocess.run([*compiler, "-std=gnu2x", "-D_GNU_SOURCE", "-Wall", "-Wextra",
                        "-Werror", "-Wno-missing-field-initializers", f"-I{source}",
                        source / "cli/main.c", lesson / "first.c",
                        top / "table.c", build / "cli/libcli_core.a",
                        build / "lessons/liblessons.a", build / "engine/libengine.a",
                        *libraries(), "-o", top / "program"], check=True)
        parity = subprocess.run([sys.executable, source / "tests/parity.py",
                                 top / "program", "--lessons", top / "lessons"])
        if parity.returncode not in (0, 77):
            print("0 passed, 1 failed")
            return 1
    print("1 passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

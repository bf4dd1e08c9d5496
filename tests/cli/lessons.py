#!/usr/bin/env python3
"""Nothing in lessons/ is left out: `list` shows every lesson and example on disk.

    lessons.py INTERLEAVE LESSONS

A folder in lessons/ is a lesson, a .c and a .py file of one name in it are an example.
A lesson needs a descriptor, its meson.build, which lists its examples.
"""
import json
import pathlib
import subprocess
import sys


def on_disk(lessons):
    """The folders, and lesson:example for each file of either kind."""
    folders = [path for path in sorted(lessons.iterdir())
               if path.is_dir() and path.name != "__pycache__"]
    return folders, {kind: {f"{path.parent.name}:{path.stem}" for folder in folders
                            for path in folder.glob(f"*{kind}")}
                     for kind in (".c", ".py")}


def listed(program, *words):
    done = subprocess.run([program, "list", *words], check=True, capture_output=True,
                          encoding="utf-8", stdin=subprocess.DEVNULL)
    return done.stdout.splitlines()


def main(program, lessons):
    folders, files = on_disk(pathlib.Path(lessons))
    rows = [json.loads(line) for line in listed(program, "--json")]
    examples = {f"{row['lesson']}:{row['example']}" for row in rows}
    names = {line.split("\t")[0] for line in listed(program)}
    wrong = [f"{folder} has no descriptor: {folder}/meson.build is missing"
             for folder in folders if not (folder / "meson.build").exists()]
    wrong += [f"`list` does not show the lesson {folder.name}: lessons/meson.build has "
              f"no subdir('{folder.name}')"
              for folder in folders if folder.name not in names]
    for kind, found in files.items():
        wrong += [f"{name} ({kind} file) is not in the descriptor of its lesson"
                  for name in sorted(found - examples)]
        wrong += [f"{name} is listed and has no {kind} file"
                  for name in sorted(examples - found)]
    passed = len(folders) + len(examples)
    print(*wrong, f"{passed} passed, {len(wrong)} failed", sep="\n")
    return bool(wrong) or not passed


sys.exit(main(*sys.argv[1:]))

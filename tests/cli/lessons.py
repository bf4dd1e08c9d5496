#!/usr/bin/env python3
"""Nothing in lessons/ is left out: `list` shows every lesson and example on disk.

    lessons.py INTERLEAVE LESSONS

A folder in lessons/ is a lesson, but for pages/, whose texts are topics of `help`. A .c file in it that says what it is about is an
example, and has a twin of its name, .py or .js. A lesson needs a descriptor, its
meson.build, which lists its examples.
"""
import json
import pathlib
import subprocess
import sys

TWINS = {".py": "python", ".js": "javascript"}


def on_disk(lessons):
    """The folders, and lesson:example for each source and each twin."""
    folders = [path for path in sorted(lessons.iterdir())
               if path.is_dir() and path.name not in ("__pycache__", "pages")]
    files = [path for folder in folders for path in sorted(folder.iterdir())]
    sources = [path for path in files
               if path.suffix == ".c" and "const struct about" in path.read_text("utf-8")]
    twins = [path for path in files if path.suffix in TWINS]
    return folders, {what: {f"{path.parent.name}:{path.stem}" for path in paths}
                     for what, paths in (("source", sources), ("twin", twins))}


def listed(program, *words):
    done = subprocess.run([program, "list", *words], check=True, capture_output=True,
                          encoding="utf-8", stdin=subprocess.DEVNULL)
    return done.stdout.splitlines()


def main(program, lessons):
    folders, files = on_disk(pathlib.Path(lessons))
    rows = [json.loads(line) for line in listed(program, "--json")]
    examples = {f"{row['lesson']}:{row['example']}" for row in rows}
    names = {line.split("\t")[0] for line in listed(program)}
    topics = subprocess.run([program, "help"], check=True, capture_output=True,
                            encoding="utf-8").stdout
    wrong = [f"{page}: lessons/meson.build does not list it"
             for page in pathlib.Path(lessons, "pages").glob("*.txt")
             if f"\n  {page.stem} " not in topics]
    wrong += [f"{folder} has no descriptor: {folder}/meson.build is missing"
             for folder in folders if not (folder / "meson.build").exists()]
    wrong += [f"`list` does not show the lesson {folder.name}: lessons/meson.build has "
              f"no subdir('{folder.name}')"
              for folder in folders if folder.name not in names]
    for what, found in files.items():
        wrong += [f"{name} has a {what} and is not in the descriptor of its lesson"
                  for name in sorted(found - examples)]
        wrong += [f"{name} is listed and has no {what}"
                  for name in sorted(examples - found)]
    for row in rows:
        on_disk_twins = [language for suffix, language in TWINS.items()
                         if (pathlib.Path(lessons, row["lesson"], row["example"])
                             .with_suffix(suffix)).exists()]
        if row["twins"] != on_disk_twins:
            wrong.append(f"{row['lesson']}:{row['example']} has the twins {row['twins']} "
                         f"in the program, and {on_disk_twins} on disk")
    passed = len(folders) + len(examples)
    print(*wrong, f"{passed} passed, {len(wrong)} failed", sep="\n")
    return bool(wrong) or not passed


sys.exit(main(*sys.argv[1:]))

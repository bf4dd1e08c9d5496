#!/usr/bin/env python3
"""Dependency runs one way: cli -> lessons -> engine -> libuv, and so it does between
the rooms of the engine: inspect -> outside -> generators -> compose -> sync -> core ->
system. Checked are includes, and calls: the symbols of the objects that were built.

usage: layers.py SOURCE BUILD
"""
import pathlib
import re
import subprocess
import sys

ROOMS = ["system", "core", "sync", "compose", "generators", "outside", "inspect"]
INCLUDE = re.compile(r'^\s*#include "([^"]+)"', re.M)


class Rules:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, sentence, offences):
        offences = list(offences)
        if offences:
            print(*offences, f"broken: {sentence}", sep="\n")
            self.failed += 1
        else:
            self.passed += 1


def sources(top, folder, suffixes=".c .h .S"):
    return [path for path in sorted((top / folder).rglob("*"))
            if path.suffix in suffixes.split()]


def matching(top, paths, pattern):
    """The lines of these files that match, as grep shows them."""
    pattern = re.compile(pattern)
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if pattern.search(line):
                yield f"{path.relative_to(top)}:{number}:{line}"


# ---- the rooms of the engine ----------------------------------------------------


def room_of_source(engine, path):
    return path.relative_to(engine).parts[0]


def room_of_header(engine, name):
    """A public header is of the room that has a source of its name."""
    parts = pathlib.PurePath(name).parts[1:]
    if len(parts) > 1:
        return parts[0]
    for room in ROOMS:
        if (engine / room / parts[0]).with_suffix(".c").exists():
            return room
    # What no source implements alone: what the rooms below all others need.
    return {"await.h": "system", "list.h": "system"}.get(parts[0], "core")


def includes_upwards(engine):
    for room in ROOMS:
        for path in sources(engine, room):
            for name in INCLUDE.findall(path.read_text("utf-8")):
                other = room_of_header(engine, name)
                if ROOMS.index(other) > ROOMS.index(room):
                    yield f"engine/{path.relative_to(engine)}: {name} is of {other}"


def symbols(archive):
    """object -> (defined, undefined), of the engine's own names."""
    listing = subprocess.run(["nm", "-o", "-P", archive], capture_output=True, text=True,
                             check=True).stdout
    objects = {}
    for line in listing.splitlines():
        match = re.search(r"(\w+)\.(?:c|S)\.o[])]*:? *_?(co_\w+) (\w)", line)
        if match:
            defined, undefined = objects.setdefault(match[1], (set(), set()))
            (undefined if match[3] in "Uw" else defined).add(match[2])
    return objects


def calls_upwards(archive):
    """An object is called after its source: core_loop_run is of core/loop_run.c."""
    objects = symbols(archive)
    room_of = {name: name.partition("_")[0] for name in objects}
    home = {symbol: name for name, (defined, _) in objects.items() for symbol in defined}
    for name, (_, undefined) in sorted(objects.items()):
        for symbol in sorted(undefined & home.keys()):
            if ROOMS.index(room_of[home[symbol]]) > ROOMS.index(room_of[name]):
                yield f"{name} uses {symbol} of {home[symbol]}"
    if not home:
        yield f"{archive} has no symbols"


# ---- the rooms of the command line ----------------------------------------------


CLI_ROOMS = ["", "trace", "views", "commands", "prompt"]  # "": beside main.c
NEEDS_ENGINE = {"trace", "commands"}


def cli_includes_upwards(cli):
    for path in sources(cli.parent, "cli"):
        parts = path.relative_to(cli).parts
        room = parts[0] if len(parts) > 1 else ""
        if path.name == "main.c":
            continue
        for name in INCLUDE.findall(path.read_text("utf-8")):
            other = pathlib.PurePath(name).parts
            if other[0] == "cli":
                other = other[1] if len(other) > 2 else ""
                if CLI_ROOMS.index(other) > CLI_ROOMS.index(room):
                    yield f"cli/{path.relative_to(cli)}: {name} is of {other}"
            elif room not in NEEDS_ENGINE and name != "engine/fatal.h":
                yield f"cli/{path.relative_to(cli)}: {name} is not for this folder"


# ---- all rules ------------------------------------------------------------------


def main(top, build):
    engine, rules = top / "engine", Rules()
    private = r'"engine/\w+/'
    cli, lessons, all_engine = (sources(top, name) for name in ("cli", "lessons", "engine"))
    public = sorted(engine.glob("*.h"))

    rules.check("the engine knows nothing of what stands on it",
                matching(top, all_engine, r'#include "(lessons|cli|tests)/'))
    rules.check("a lesson knows the engine only",
                matching(top, lessons, r'#include "(cli|tests)/'))
    rules.check("the command line does not need its tests",
                matching(top, cli, r'#include "tests/'))
    rules.check("libuv is the business of the engine",
                matching(top, lessons + cli, r"#include <uv\.h>|\buv_[a-z]+_[a-z]+ *\("))
    rules.check("an include of ours begins with its layer",
                matching(top, all_engine + lessons + cli, r'#include "[^/"]+"'))
    rules.check("the engine prints nothing",
                matching(top, all_engine,
                         r'\b(printf|puts|putchar|perror) *\(|'
                         r'[^"](?<!fflush\()\bstdout\b[^"]'))
    rules.check("what a program includes is engine/NAME.h",
                matching(top, public + lessons + cli, private))
    rules.check("a source of the engine is in a room",
                (str(path.relative_to(top)) for path in all_engine
                 if path not in public and room_of_source(engine, path) not in ROOMS))
    rules.check("includes between the engine's rooms run one way",
                includes_upwards(engine))
    rules.check("calls between the engine's rooms run one way",
                calls_upwards(build / "engine" / "libengine.a"))

    rules.check("includes between the folders of the command line run one way",
                cli_includes_upwards(top / "cli"))

    print(f"{rules.passed} passed, {rules.failed} failed")
    return 1 if rules.failed else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))

#!/usr/bin/env python3
"""Measure the workloads of a build beside its peers, and print one table.

The rounds alternate (ours, peer, ours, peer) on one processor, every figure is a
median, and all times are the processor's (user and system), not the wall's. A peer
that is not there has an empty column, and the table says why. With several build
directories each has a column; the first is the one compared.

Targets hold for a machine where Boost's jump takes 4.7 ns. What they come to here,
by this machine's jump, is printed beside them. No figure is a failure: the exit
status tells only whether everything ran.
"""
import argparse
import collections
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
REFERENCE_JUMP = 4.7

Workload = collections.namedtuple("Workload", "name program unit target rounds")

# Fewer rounds for what takes long and varies little. Boost's jump is the target of
# ours, on any machine.
WORKLOADS = [
    Workload("W1.switch", "switch", "ns", None, 7),
    Workload("W1.yield", "yield", "ns", 10, 7),
    Workload("W1.ring.1000", "yield", "ns", None, 7),
    Workload("W1.ring.100000", "yield", "ns", 40, 7),
    Workload("W2.spawn", "spawn", "ns", 50, 7),
    Workload("W2.alive", "spawn", "ns", 100, 7),
    Workload("W2.brief", "spawn", "ns", None, 7),
    Workload("W3.pingpong", "queue", "ns", 27, 7),
    Workload("W3.buffered", "queue", "ns", 12, 7),
    Workload("W4.sleepers", "sleep", "s", 0.30, 3),
    Workload("W5.100000", "parked", "B", 4400, 3),
    Workload("W5.1000000", "parked", "B", 4400, 1),
    Workload("W6.lock", "lock", "ns", 60, 7),
]


class Program:
    """One column: how a workload of it is run, and the figures it gave."""

    def __init__(self, title, command, missing=None):
        self.title = title
        self.command = command  # of a Workload; None: it has no such program
        self.missing = missing  # why the column is empty
        self.figures = collections.defaultdict(list)
        self.broken = {}  # workload name: how it ended
        self.absent = set()  # names of workloads it does not know

    def measure(self, workload):
        name = workload.name
        if self.missing or name in self.broken or name in self.absent:
            return
        run = subprocess.run(self.command(workload), capture_output=True, text=True,
                             check=False)
        for line in run.stderr.splitlines():
            note(f"{self.title}: {line}")
        if run.returncode:
            self.broken[name] = f"exit status {run.returncode}"
            note(f"{self.title}: {name}: {self.broken[name]}")
            return
        figures = [line.split()[2] for line in run.stdout.splitlines()
                   if line.split()[0] == name]
        if figures and figures[0] != "nan":
            self.figures[name].append(float(figures[0]))
        else:
            self.absent.add(name)

    def median(self, name):
        return statistics.median(self.figures[name]) if self.figures[name] else None


noted = []


def note(line):
    """Say it once, however many rounds repeat it."""
    if line not in noted:
        noted.append(line)
        print(line, file=sys.stderr, flush=True)


def of_build(directory, title):
    programs = pathlib.Path(directory) / "tests" / "bench"
    for name in {workload.program for workload in WORKLOADS}:
        if not (programs / name).exists():
            sys.exit(f"{programs / name} is not there: build first")
    return Program(title, lambda w: [programs / w.program, "-n", "1", w.name])


def boost(directory):
    program = pathlib.Path(directory) / "tests" / "bench" / "boost"
    missing = None if program.exists() else "not found when the build was configured"
    return Program("Boost.Context", lambda w: [program, "-n", "1", w.name], missing)


def goroutines(folder):
    go = shutil.which("go")
    if not go:
        return Program("Go", None, "not installed")
    program = pathlib.Path(folder) / "peer"
    build = subprocess.run([go, "build", "-o", program, HERE / "peer.go"],
                           capture_output=True, text=True,
                           env={**os.environ, "GO111MODULE": "off"}, check=False)
    if build.returncode:
        return Program("Go", None, f"does not build: {build.stderr.strip()}")
    version = subprocess.run([go, "env", "GOVERSION"], capture_output=True, text=True,
                             check=False)
    return Program(version.stdout.strip().replace("go", "Go ") or "Go",
                   lambda w: [program, w.name])


def asyncio():
    return Program(f"asyncio {platform.python_version()}",
                   lambda w: [sys.executable, HERE / "peer.py", w.name])


def pin():
    """Keep this process and all it starts on one processor: the last we may use."""
    if hasattr(os, "sched_setaffinity"):
        processor = max(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {processor})
        return f"pinned to processor {processor}"
    return "not pinned to a processor"


def shown(figure, unit):
    if figure is None:
        return "-"
    digits = {"s": 3, "B": 0}.get(unit, 1 if figure < 1000 else 0)
    return f"{figure:,.{digits}f}"


def reached(figure, target):
    if figure is None or target is None:
        return "-"
    return "yes" if figure <= target else "no"


def row(workload, ours, peers, jump):
    name, unit, target = workload.name, workload.unit, workload.target
    mine = ours[0].median(name)
    cells = [name, unit]
    for program in ours:
        figure = shown(program.median(name), unit)
        cells.append("failed" if name in program.broken else figure)
    for peer in peers:
        figure = peer.median(name)
        cell = shown(figure, unit)
        if figure and mine:
            cell += f" ({figure / mine:.2f}x)"
        cells.append(cell)
    scaled = None
    if workload.program == "switch":
        target = scaled = jump
    elif target and jump and unit != "B":
        scaled = target * jump / REFERENCE_JUMP
    elif unit == "B":
        scaled = target
    cells += [shown(target, unit), reached(mine, target)]
    cells += [shown(scaled, unit), reached(mine, scaled)]
    return cells


def table(rows):
    widths = [max(map(len, column)) for column in zip(*rows)]
    for number, cells in enumerate(rows):
        texts = [cells[0].ljust(widths[0])]
        texts += [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:])]
        print("  ".join(texts).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", nargs="+", help="a build directory")
    parser.add_argument("--only", metavar="PREFIX", default="",
                        help="only workloads whose name begins so, e.g. W3")
    parser.add_argument("--rounds", type=int, metavar="N", default=99,
                        help="at most N rounds of each")
    parser.add_argument("--alone", action="store_true", help="without Go and asyncio")
    return parser.parse_args()


def main():
    options = arguments()
    titles = ["ours"] if len(options.build) == 1 else [
        os.path.basename(os.path.abspath(build)) for build in options.build]
    ours = [of_build(*pair) for pair in zip(options.build, titles)]

    with tempfile.TemporaryDirectory() as folder:
        peers = [boost(options.build[0])]
        if not options.alone:
            peers += [goroutines(folder), asyncio()]
        where = pin()
        wanted = [w for w in WORKLOADS if w.name.startswith(options.only)]
        # The jump is the measure of the machine, whatever else is asked for.
        jump = WORKLOADS[0]
        for number in range(options.rounds):
            if jump not in wanted and number < jump.rounds:
                peers[0].measure(jump)
            for workload in wanted:
                if number < workload.rounds:
                    for program in [*ours, *peers]:
                        program.measure(workload)

    here = peers[0].median(jump.name)
    rows = [["workload", "unit", *titles,
             *(f"{peer.title} (x ours)" for peer in peers),
             "target", "reached", "scaled", "reached"]]
    rows += [row(workload, ours, peers, here) for workload in wanted]
    table(rows)
    print()
    print(f"Medians, {where}. Boost's jump: {shown(here, 'ns')} ns here, "
          f"{REFERENCE_JUMP} where the targets come from; scaled by their ratio.")
    for peer in peers:
        if peer.missing:
            print(f"{peer.title}: {peer.missing}.")
    return 1 if any(program.broken for program in ours) else 0


sys.exit(main())

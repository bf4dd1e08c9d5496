#!/usr/bin/env python3
"""Measure how long a chart of a trace takes, and how much memory, as the trace grows.

    timeline.py INTERLEAVE

A trace of ten times as many events should take about ten times as long, and as much
memory: the ratios are checked, and not the times.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import zlib

SMALL, FACTOR = 10_000, 10  # tasks; each has ten events
REPEATS = 3
MOST = 3 * FACTOR  # a quadratic step is near FACTOR * FACTOR


def lines_of(tasks):
    """The events of tasks that sleep twice, while main waits for all of them."""
    names = [f"Task-{i + 2}" for i in range(tasks)]
    yield 0, "-", "spawn", "main"
    yield 0, "main", "start", ""
    for name in names:
        yield 0, "main", "spawn", f"{name} worker"
    yield 0, "main", "wait", f"gather({','.join(names)})"
    for second in range(3):
        for name in names:
            yield second, name, "resume" if second else "start", \
                "sleep 1000ms over" if second else ""
            yield second, name, "say", f'"{name} in second {second}"'
            if second < 2:
                yield second, name, "wait", "sleep 1000ms"
            else:
                yield second, name, "done", ""
    yield 2, "main", "resume", f"{names[-1]} done"
    yield 2, "main", "done", ""


def write_trace(path, tasks):
    lines = [f"{second:5}.000  {task:<8}  {event:<9}  {detail}".rstrip()
             for second, task, event, detail in lines_of(tasks)]
    digest = zlib.crc32("\n".join(lines).encode())
    path.write_text("\n".join([
        "# interleave-trace 1", "# lesson=bench example=timeline",
        "# clock=virtual policy=fifo seed=-", *lines,
        f"# end=ok tasks={tasks + 1} turns={3 * tasks + 2} time=2.000 digest={digest:08x}",
        ""]))
    return len(lines)


def measure(interleave, path):
    """The shortest time in seconds, and the most memory in KiB."""
    best = memory = 0
    for _ in range(REPEATS):
        with open(os.devnull, "wb") as null:
            begin = time.monotonic()
            process = subprocess.Popen([interleave, "timeline", path], stdout=null,
                                       stderr=subprocess.PIPE)
            errors = process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
            took = time.monotonic() - begin
        if status or errors:
            sys.exit(f"timeline: {errors.decode()}")
        best, memory = min(best or took, took), max(memory, usage.ru_maxrss)
    return best, memory


def main(interleave):
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for tasks in (SMALL, SMALL * FACTOR):
            path = pathlib.Path(folder, "trace")
            events = write_trace(path, tasks)
            seconds, memory = measure(interleave, path)
            results.append((seconds, memory))
            print(f"{events:>8} events of {tasks:>6} tasks: {seconds:6.3f} s, "
                  f"{memory / 1024:6.1f} MiB")
    longer, larger = (b / a for a, b in zip(*results))
    print(f"{FACTOR} times the events: {longer:.1f} times as long, "
          f"{larger:.1f} times the memory")
    return longer > MOST or larger > MOST


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

#!/usr/bin/env python3
"""Check that parity.py finds differences: in each event, and of twins that are changed.

usage: parity_test.py INTERLEAVE
"""
import copy
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the source tree stays as it is
import right_python  # noqa: E402

if __name__ == "__main__":
    right_python.run_with_it()
import parity  # noqa: E402
import twin_trace  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent

# Twins that print the same lines at the same times, unless the name says otherwise, but
# do something else: the example, what is changed, and what has to be shown.
CHANGED = {
    "two sleeps for one": (
        "gather:counters", "await asyncio.sleep(1)",
        "await asyncio.sleep(0.25)\n    await asyncio.sleep(0.75)",
        "wait       on='sleep' ms=250.0"),
    "another turn": (
        "tasks:hello", "asyncio.run(main())",
        "async def more():\n    await main()\n    await asyncio.sleep(0)\n"
        "asyncio.run(more())", "wait       on='yield'"),
    "a task for a call": (
        "gather:sequential", "await task1()", "await asyncio.create_task(task1())",
        "spawn      child='Task-2' fn='task1'"),
    "another name": (
        "cancel:request", "asyncio.run(main())",
        "async def named():\n    asyncio.current_task().set_name('other')\n"
        "    await main()\nasyncio.run(named())", "other"),
    "another number": (
        "tasks:created", "asyncio.run(main())",
        "async def early():\n    asyncio.create_task(main(), name='x').cancel()\n"
        "    await main()\nasyncio.run(early())", "spawn      child='x'"),
    "another wait": (
        "futures:result", "{await task}", "{await asyncio.shield(task)}",
        "wait       on='shield' tasks=['Task-2']"),
    "a second request": (
        "cancel:request", "task.cancel()", "task.cancel() or 1; task.cancel()",
        "cancel     obj='Task-2'"),
    "a coroutine forgotten": (
        "tasks:twice", "asyncio.run(main())", "main()\nasyncio.run(main())",
        "coroutine 'main' was never awaited"),
    "an error at the end": (
        "events:signal", "asyncio.run(main())", "asyncio.run(main())\nraise ValueError",
        "end='error'"),
    "another line": ("tasks:hello", '"hello"', '"hallo"', "text='hallo'"),
    "a later line": ("tasks:hello", "say_after(1,", "say_after(1.000001,", "1.000001"),
    "a line of a thread": (
        "threads:executor", 'return "Blocking', 'print("slept"); return "Blocking',
        "-         say        text='slept'"),
    "fewer threads": (
        "concurrency:parallel", "ThreadPoolExecutor(3)", "ThreadPoolExecutor(2)",
        "6.000000  Core-3"),
    "a computation": (
        "tasks:sums", "await asyncio.sleep(1)",
        "__import__('time').sleep(1)\n    await asyncio.sleep(0)", "busy       ms=1000.0"),
}


def changes_of(events):
    """The list with each event left out, doubled, later, of another task, in place of
    the next one, and with each detail changed."""
    for i, event in enumerate(events):
        yield events[:i] + events[i + 1:]
        yield events[:i] + [event] + events[i:]
        if i + 1 < len(events) and event != events[i + 1]:
            yield events[:i] + [events[i + 1], event] + events[i + 2:]
        for key, value in event.items():
            changed = copy.deepcopy(events)
            changed[i][key] = value + 1 if isinstance(value, (int, float)) else f"{value}!"
            yield changed


def unfound_in(program, lessons, example):
    """How many changes there are to the trace of an example, and those not found."""
    lesson, name = example.split(":")
    (c,), _ = parity.c_side(program, [example], 1)
    python, _ = parity.python_side(lessons / lesson / f"{name}.py", 1)
    known, c = parity.comparable_sides(python, c)
    if known != c:
        return 0, [f"{example} differs unchanged"]
    changes = [*changes_of(c)]
    return len(changes), [f"{example}: {change}" for change in changes
                          if not parity.difference(python, change)]


def run_changed(program, folder, change):
    """What parity.py says of a twin that was changed."""
    example, before, after, shown = change
    lesson, name = example.split(":")
    source = (parity.TOP / "lessons" / lesson / f"{name}.py").read_text("utf-8")
    if before not in source:
        return f"no {before!r} in {example}"
    path = pathlib.Path(folder) / lesson / f"{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source.replace(before, after), "utf-8")
    done = subprocess.run([sys.executable, HERE / "parity.py", program, example,
                           "--lessons", folder, "--seeds", "5"],
                          capture_output=True, encoding="utf-8")
    path.unlink()
    if done.returncode != 1 or f"{example} --seed 5" not in done.stdout:
        return f"not found: {done.stdout}{done.stderr}"
    return "" if shown in done.stdout else f"no {shown!r} in\n{done.stdout}"


def main(program):
    if not twin_trace.IS_KNOWN:
        print("skipped: needs Python 3.11, since with another only lines are compared")
        return right_python.SKIPPED
    passed = failed = 0
    for example in ("gather:order", "cancel:both", "timeouts:within"):
        count, unfound = unfound_in(program, parity.TOP / "lessons", example)
        passed, failed = passed + max(0, count - len(unfound)), failed + len(unfound)
        print("".join(f"not found: {change}\n" for change in unfound), end="")
    with tempfile.TemporaryDirectory() as folder:
        for name, change in CHANGED.items():
            wrong = run_changed(program, folder, change)
            passed, failed = passed + (not wrong), failed + bool(wrong)
            if wrong:
                print(f"{name}: {wrong}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))

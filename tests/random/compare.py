"""Run programs on both sides, find differences, and reduce them."""
import gc
import re
import subprocess
import sys
import time
import typing

import play
from translate import python_source
from tree import Block, is_valid, text, without_idle_units

SECONDS = 300  # for all programs of a batch
REDUCE_SECONDS = 20  # for the reduction of one difference
AT_ONCE = 20  # smaller programs run in one batch


class Interpreter:
    """The program that runs random programs on the engine."""

    def __init__(self, command: str,
                 reached: typing.Callable[[dict[str, int]], None] | None = None,
                 traced: bool = False):
        self.command = [command] + ["--reached"] * bool(reached) + ["--trace"] * traced
        self.reached = reached  # called with the statements each program has run
        self.traced = traced  # with the events of the trace

    def run(self, programs: list[Block]) -> list[list[str]]:
        """The event lines of each."""
        results: list[list[str]] = []
        while len(results) < len(programs):
            results += self.run_until_broken(programs[len(results):])
        return results

    def run_until_broken(self, programs: list[Block]) -> list[list[str]]:
        """The same, up to and including a program that crashes it."""
        numbered = "\n".join(f"program {number} {{ {text(program)} }}"
                             for number, program in enumerate(programs))
        try:
            done = subprocess.run(self.command, input=numbered, capture_output=True,
                                  encoding="utf-8", timeout=SECONDS)
            output, errors, status = done.stdout, done.stderr, done.returncode
        except subprocess.TimeoutExpired as error:
            output, errors, status = (error.stdout or b"").decode(), "time out", "none"
        results = [part.splitlines()[1:]
                   for part in re.split("^program ", output, flags=re.MULTILINE)[1:]]
        if self.reached:
            results = [self.take_reached(lines, self.reached) for lines in results]
        if not results:
            sys.exit(f"{self.command[0]}: {errors}")
        if status == 0 and results[-1][-1:] == ["done"]:
            results[-1].pop()
            return results
        results[-1] += [f"broken, status {status}", *errors.splitlines()]
        return results

    @staticmethod
    def take_reached(lines: list[str],
                     report: typing.Callable[[dict[str, int]], None]) -> list[str]:
        events = []
        for line in lines:
            word, *words = line.split()
            if word != "reached":
                events.append(line)
                continue
            reached: dict[str, int] = {}
            for name, times in zip(words[::2], words[1::2]):
                reached[name] = reached.get(name, 0) + int(times)
            report(reached)
        return events


def agree(engine: list[str], python: list[str]) -> bool:
    """Up to a circle of tasks, after which the engine may differ: see play.py."""
    if python and python[-1].endswith(" circle"):
        known = python[:-1]
        return engine[:len(known)] == known and not any(
            line.startswith(("broken", "not so")) for line in engine)
    return engine == python


class Difference(typing.NamedTuple):
    program: Block
    engine: list[str]
    python: list[str]


def differences(interpreter: Interpreter, programs: list[Block],
                seen: typing.Callable[[list[str]], None] = lambda lines: None,
                ) -> list[Difference]:
    gc.freeze()  # the collections of play() then skip the objects made so far
    found = []
    for program, engine in zip(programs, interpreter.run(programs)):
        python = play.play(python_source(program), interpreter.traced)
        seen(python)
        if not agree(engine, python):
            found.append(Difference(program, engine, python))
    return found


# ---- reduction -------------------------------------------------------------------


def smaller_blocks(block: Block) -> typing.Iterator[Block]:
    """Without one statement, or with a smaller one, or with only the inner block of one."""
    for i, node in enumerate(block):
        yield block[:i] + block[i + 1:]
        for inner in node.blocks:
            if inner:
                yield block[:i] + inner + block[i + 1:]
    for i, node in enumerate(block):
        for b, inner in enumerate(node.blocks):
            for less in smaller_blocks(inner):
                blocks = node.blocks[:b] + (less,) + node.blocks[b + 1:]
                yield block[:i] + (node._replace(blocks=blocks),) + block[i + 1:]


def smaller_programs(program: Block) -> typing.Iterator[Block]:
    for i, unit in enumerate(program):
        for inner in unit.blocks:
            if inner:
                yield program[:i] + (unit._replace(blocks=((),)),) + program[i + 1:]
            for less in smaller_blocks(inner):
                yield program[:i] + (unit._replace(blocks=(less,)),) + program[i + 1:]


def shrink(interpreter: Interpreter, found: Difference) -> Difference:
    """The smallest program that still differs and that single steps lead to."""
    until = time.monotonic() + REDUCE_SECONDS
    at, since = 0, 0  # the next step to try, and how many failed since the last success
    while time.monotonic() < until:
        steps = [less for less in smaller_programs(found.program) if is_valid(less)]
        if since >= len(steps):
            break
        at %= len(steps)
        still = differences(interpreter, steps[at:at + AT_ONCE])
        if still:
            # A step that failed before usually fails again, so continue here.
            at += steps[at:].index(still[0].program)
            found, since = still[0], 0
        else:
            since += len(steps[at:at + AT_ONCE])
            at += AT_ONCE
    tidy = differences(interpreter, [without_idle_units(found.program)])
    return tidy[0] if tidy else found

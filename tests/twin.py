#!/usr/bin/env python3
"""Run a Python twin on a clock that jumps: twin.py FILE [SEED].

Prints the events of its tasks and the lines it prints, as the program traces them in
JSON Lines; with another Python than 3.11 the lines alone.

The twin is a plain asyncio program and knows nothing of this. It runs on an
event loop whose time stands still while code runs and jumps to the next timer
when nothing is ready, so a run is exact and takes no time. Orders that CPython
does not define (equal deadlines, sets of tasks) are the order of creation here.
"""
import asyncio
import collections.abc
import contextlib
import gc
import io
import itertools
import json
import logging
import random
import runpy
import sys
import time
import typing
import warnings
import weakref
from time import gmtime, strftime

import twin_threads
import twin_trace
from twin_threads import Deadlock, Moment

WALL_CLOCK_AT_START = (14 * 60 + 30) * 60


class Clock:
    """The time of one program, for all its event loops and the time module."""

    def __init__(self):
        self.ns = 0
        self.made = itertools.count()  # the order of creation of timers and tasks
        self.tasks = itertools.count(1)
        self.threads = twin_threads.Threads(self)

    def now(self):
        return self.ns / 1e9

    def us(self):
        return (self.ns + 500) // 1000  # the nearest, as in the program's traces

    def sleep(self, seconds):
        """time.sleep(): true if it has blocked a loop, and not a thread beside it."""
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        ns = round(seconds * 1e9)
        is_beside = self.threads.is_here()
        if is_beside:
            self.threads.sleep(ns)
        elif ns > 0:
            self.threads.pass_time(self.ns + ns)
        return not is_beside and ns > 0

    def wall(self, seconds=None):
        seconds = self.now() if seconds is None else seconds
        return gmtime(WALL_CLOCK_AT_START + seconds)


class Loop(twin_threads.ThreadsOfLoop):
    has_hung = False

    def __init__(self, clock, recorder=None):
        self.recorder = recorder
        self.created = weakref.WeakKeyDictionary()
        super().__init__(clock)
        self._asyncgens = OrderedWeakSet()  # closed in this order at the end
        # Less than the clock's step of 1 ns, so no timer fires before its deadline.
        self._clock_resolution = 0.5e-9

    def time(self):
        return self.clock.now()

    def call_later(self, delay, callback, *args, context=None):
        deadline = self.moment(self.clock.ns + round(delay * 1e9))
        return super().call_at(deadline, callback, *args, context=context)

    def call_at(self, when, callback, *args, context=None):
        deadline = self.moment(round(when * 1e9))
        return super().call_at(deadline, callback, *args, context=context)

    def moment(self, ns):
        return Moment(ns, next(self.clock.made))

    def create_task(self, coro, *, name=None, **options):
        # CPython numbers tasks per process; here every program begins with Task-1.
        name = f"Task-{next(self.clock.tasks)}" if name is None else name
        task = super().create_task(coro, name=name, **options)
        self.created[task] = next(self.clock.made)
        return task

    def run_until_complete(self, future):
        is_main = sys._getframe(1).f_code is asyncio.Runner.run.__code__
        try:
            return super().run_until_complete(future)
        except Deadlock:
            if self.recorder:
                self.end_deadlock(future if is_main else None)
            raise

    def end_deadlock(self, main):
        """CPython would hang until Ctrl-C, which cancels main."""
        if not self.has_hung:
            self.recorder.add("deadlock")
        self.has_hung = True
        if main and main.cancel():
            with contextlib.suppress(Exception, asyncio.CancelledError, Deadlock):
                super().run_until_complete(main)

    def default_exception_handler(self, context):
        if self.recorder:
            self.recorder.add_reported(context)
        super().default_exception_handler(context)


class OrderedSet(collections.abc.MutableSet):
    """Replaces set in asyncio, so that sets of tasks keep their order."""

    def __init__(self, items=()):
        self.items = dict.fromkeys(items)

    def __contains__(self, item):
        return item in self.items

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def add(self, item):
        self.items[item] = None

    def discard(self, item):
        self.items.pop(item, None)


class OrderedWeakSet(collections.abc.MutableSet):
    """The same with weak references."""

    def __init__(self):
        self.references = {}

    def __contains__(self, item):
        return id(item) in self.references

    def __iter__(self):
        return iter([item for reference in self.references.values()
                     if (item := reference()) is not None])

    def __len__(self):
        return len(self.references)

    def add(self, item):
        key = id(item)
        self.references[key] = weakref.ref(
            item, lambda _: self.references.pop(key, None))

    def discard(self, item):
        self.references.pop(id(item), None)

    def clear(self):
        self.references.clear()


class Output(io.TextIOBase):
    """Standard output that records each line as it ends."""

    def __init__(self, recorder):
        self.recorder = recorder
        self.partial = ""

    def write(self, text):
        *whole, self.partial = (self.partial + text).split("\n")
        for line in whole:
            self.recorder.add("say", text=line)
        return len(text)

    def end(self):
        if self.partial:
            self.write("\n")


def policy(clock, recorder=None):
    """Make asyncio.run() and Runner use this loop."""

    class Policy(asyncio.DefaultEventLoopPolicy):
        def new_event_loop(self):
            return Loop(clock, recorder)

    return Policy()


def in_order_of_creation(all_tasks):
    def ordered(loop=None):
        loop = loop or asyncio.get_running_loop()
        return OrderedSet(sorted(all_tasks(loop), key=loop.created.__getitem__))

    return ordered


@contextlib.contextmanager
def replaced(module, **members):
    """Replace members of a module or class, or hide builtins in it, inside the block."""
    missing = object()
    before = {name: vars(module).get(name, missing) for name in members}
    for name, member in members.items():
        setattr(module, name, member)
    try:
        yield
    finally:
        for name, member in before.items():
            if member is missing:
                delattr(module, name)
            else:
                setattr(module, name, member)


@contextlib.contextmanager
def virtual_time(clock, recorder=None):
    all_tasks = in_order_of_creation(asyncio.tasks.all_tasks)
    with (
        warnings.catch_warnings(),
        replaced(
            time,
            time=clock.now, monotonic=clock.now, perf_counter=clock.now,
            time_ns=lambda: clock.ns, monotonic_ns=lambda: clock.ns,
            perf_counter_ns=lambda: clock.ns,
            sleep=clock.sleep,
            localtime=clock.wall,
            strftime=lambda form, when=None: strftime(form, when or clock.wall()),
        ),
        replaced(asyncio, all_tasks=all_tasks),
        replaced(asyncio.tasks, all_tasks=all_tasks, set=OrderedSet),
        replaced(asyncio.taskgroups, set=OrderedSet),
        replaced(twin_threads.Executor, **clock.threads.of_executor()),
        replaced(twin_threads.Future, **clock.threads.of_future()),
    ):
        warnings.simplefilter("ignore")  # event loop policies are deprecated since 3.14
        asyncio.set_event_loop_policy(policy(clock, recorder))
        try:
            yield
        finally:
            asyncio.set_event_loop_policy(None)


@contextlib.contextmanager
def recorded(recorder):
    """What happens inside the block is recorded."""
    logger, handler = logging.getLogger("asyncio"), recorder.logging_handler()
    with contextlib.ExitStack() as stack:
        for module, members in recorder.replacements():
            stack.enter_context(replaced(module, **members))
        warnings.simplefilter("always")
        logger.addHandler(handler)
        stack.callback(logger.removeHandler, handler)
        yield


class Run(typing.NamedTuple):
    """One run of a twin."""

    events: list  # as the program traces them in JSON Lines
    end_us: int
    end: str  # "ok", "error", "cancelled" or "deadlock", as in the program's traces
    reason: str  # "" if end is "ok"


@contextlib.contextmanager
def collections_by_hand():
    """What is garbage reports its end at a time that does not depend on the machine."""
    gc.collect()
    gc.freeze()  # later collections skip the objects made so far
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def play(path, seed):
    """Run a twin from the beginning."""
    clock = Clock()
    recorder = twin_trace.Recorder(clock)
    output = Output(recorder)
    end, reason = "ok", ""

    with (collections_by_hand(), virtual_time(clock, recorder),
          recorded(recorder) if twin_trace.IS_KNOWN else contextlib.nullcontext(),
          contextlib.redirect_stdout(output), contextlib.redirect_stderr(io.StringIO())):
        random.seed(seed)
        try:
            runpy.run_path(str(path), run_name="__main__")
        except BaseException as error:
            end = {asyncio.CancelledError: "cancelled", KeyboardInterrupt: "cancelled",
                   Deadlock: "deadlock"}.get(type(error), "error")
            reason = f"{type(error).__name__}: {error}"
        clock.threads.finish()
        gc.collect()  # what is left reports its end
    output.end()
    return Run(recorder.events, clock.us(), end, reason)


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    run = play(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    for event in run.events:
        print(json.dumps(event, ensure_ascii=False))
    if run.end != "ok":
        print(f"{sys.argv[1]}: {run.end} ({run.reason})", file=sys.stderr)


if __name__ == "__main__":
    main()

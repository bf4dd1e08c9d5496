"""Run a random program on CPython's asyncio, on the clock of twin.py.

The event lines are those of the interpreter in C: time in microseconds, iteration of
the loop, task, text. They end early with "deadlock" if all tasks wait for ever, and with
"circle" if tasks wait for each other in a circle: cancelling one of those is a
RecursionError in CPython, so there is nothing to compare.
"""
import asyncio
import contextlib
import contextvars
import gc
import inspect
import logging
import pathlib
import re
import sys
import time
import typing
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import twin  # noqa: E402, found by the line above
import twin_trace  # noqa: E402
from repr import cancelling, error_alone, py_repr, state  # noqa: E402


MAX_HANDLED = 3  # errors for which a custom handler runs its unit


class Loop(twin.Loop):
    """An event loop that counts its iterations."""

    iteration = 0
    closing = False  # cleanups that run while it is closed are not compared

    def _run_once(self):
        self.iteration += 1
        super()._run_once()

    def close(self):
        self.closing = True
        super().close()
        self.closing = False


class Circle(SystemExit):
    """Raised to leave the loop at once."""


def ordered_as_completed():
    """CPython's as_completed with an ordered set, which cleans up when it is closed."""
    source = inspect.getsource(asyncio.tasks.as_completed)
    for before, after in [
        ("{ensure_future(f, loop=loop) for f in set(fs)}",
         "OrderedSet(ensure_future(f, loop=loop) for f in OrderedSet(fs))"),
        ("    for _ in range(len(todo)):\n        yield _wait_for_one()\n",
         "    try:\n"
         "        for _ in range(len(todo)):\n"
         "            yield _wait_for_one()\n"
         "    finally:\n"
         "        for f in todo:\n"
         "            f.remove_done_callback(_on_completion)\n"
         "        if timeout_handle is not None:\n"
         "            timeout_handle.cancel()\n"),
    ]:
        if before not in source:
            raise SystemExit("as_completed() is not that of CPython 3.11")
        source = source.replace(before, after)
    members = vars(asyncio.tasks) | {"OrderedSet": twin.OrderedSet}
    exec(compile(source, asyncio.tasks.__file__, "exec"), members)
    return members["as_completed"]


class Requests:
    """A task without the requests to cancel that came before a timeout."""

    def __init__(self, task: asyncio.Task, before: int):
        self.task, self.before = task, before

    def uncancel(self) -> int:
        return max(0, self.task.uncancel() - self.before)


class Timeout(asyncio.Timeout):
    """timeout() of 3.11.4; earlier ones count requests that came before as their own."""

    async def __aenter__(self):
        self.before = asyncio.current_task().cancelling()
        return await super().__aenter__()

    def reschedule(self, when):
        if self._task is None:
            raise RuntimeError("Timeout has not been entered")
        super().reschedule(when)

    async def __aexit__(self, *error):
        self._task = Requests(self._task, self.before)
        return await super().__aexit__(*error)


if sys.version_info < (3, 11, 4):
    asyncio.Timeout = asyncio.timeouts.Timeout = Timeout

logging.disable()  # of errors never retrieved
warnings.simplefilter("ignore")  # of coroutines never awaited

AS_COMPLETED = ordered_as_completed()


def waits_for(future: asyncio.Future, seen: set[asyncio.Future]) -> None:
    """Collect every future that is cancelled if this one is."""
    if future is None or future.done() or future in seen:
        return
    seen.add(future)
    if isinstance(future, asyncio.Task):
        waits_for(future._fut_waiter, seen)
    for child in getattr(future, "_children", ()):
        waits_for(child, seen)


class Item(int):
    """An item of a queue, with one of three priorities."""

    def __lt__(self, other):
        return self % 3 < other % 3


def names(slots: list[int], futures: list[asyncio.Future],
          done: set[asyncio.Future]) -> list[int]:
    """The slots of the futures that are done."""
    return [slot for slot, future in zip(slots, futures) if future in done]


async def no_coroutine():
    return 0


async def no_generator():
    return
    yield


class Closing(contextlib.aclosing):
    """A closing() that drops its generator at the end.

    Otherwise the traceback of an error would refer to it as long as the error exists.
    """

    async def __aexit__(self, *error):
        try:
            await super().__aexit__(*error)
        finally:
            self.thing = None


class Manager(contextlib._AsyncGeneratorContextManager):
    """The same for the context manager of 3.11.7."""

    async def __aenter__(self):
        try:
            return await super().__aenter__()
        except BaseException:
            self.gen = None
            raise

    async def __aexit__(self, *error):
        try:
            return await super().__aexit__(*error)
        except RuntimeError as unstopped:
            if str(unstopped).startswith("generator didn't stop"):
                await self.gen.aclose()  # which earlier ones do not
            raise
        finally:
            self.gen = None


def manager(function: typing.Callable[[], typing.AsyncGenerator]) -> Manager:
    return Manager(function, (), {})


# The details of a trace's event that are in its line, in this order.
TRACED = {"start": (), "resume": (), "done": (), "spawn": ("child",), "cancel": ("obj", "by"),
          "wait": ("on", "ms", "text", "obj", "tasks"), "fail": ("error",),
          "cancelled": ("text",), "timeout": ("ms",), "busy": ("ms",)}


def trace_line(event: dict[str, typing.Any]) -> str:
    words = []
    for key in TRACED[event["ev"]]:
        value = event.get(key, "")
        if key == "ms" and value != "":
            value = round(value * 1000)
        elif key in ("text", "error"):
            # In a repr of a task the places differ. The engine's own text for this error
            # is CPython's, and looks there as if there were no reason.
            value = value.split("<")[0].removesuffix("invalid state")
        words += value if isinstance(value, list) else [] if value == "" else [value]
    return " ".join(map(str, ("trace", event["t_us"], event["task"], event["ev"], *words)))


class Recorder(twin_trace.Recorder):
    """Writes the events of the trace between the lines that a program prints."""

    play = None

    def add(self, kind: str, **details) -> None:
        super().add(kind, **details)
        if kind in TRACED and self.play and not self.play.silent and not self.play.loop.closing:
            # The line is made at the end: the name in a spawn may come later.
            self.play.lines.append(self.events[-1])


class Play:
    """One run of a program: the names it can use, and the lines it prints."""

    def __init__(self, source: str, clock: twin.Clock):
        self.clock = clock
        self.loop = Loop(clock)
        self.lines: list[str] = []
        self.silent = False
        self.unhandled = 0
        self.spawned: list[typing.Coroutine] = []  # coroutines that were made tasks
        self.loop.set_exception_handler(self.handler(lambda: None))
        nothing = self.loop.create_future()
        nothing.set_result(0)
        self.members = {
            "asyncio": asyncio, "time": time, "loop": self.loop, "nothing": nothing,
            "no_timer": asyncio.Handle(None, (), self.loop), "ev": self.ev,
            "state": state, "cancelling": cancelling, "whole": self.whole,
            "handler": self.handler, "ContextVar": contextvars.ContextVar,
            "item": Item, "names": names, "closing": contextlib.closing,
            "as_completed": AS_COMPLETED, "no_generator": no_generator,
            "no_coroutine": no_coroutine, "unspawned": self.unspawned,
            "idle": self.idle, "to_spawn": self.to_spawn,
            "manager": manager, "aclosing": Closing,
            "AsyncExitStack": contextlib.AsyncExitStack,
        }
        exec(compile(source, "<random program>", "exec"), self.members)

    def ev(self, *parts: object) -> None:
        if self.silent or self.loop.closing:
            return
        task = asyncio.current_task(self.loop)
        name = task.get_name() if task else "-"
        self.lines.append(f"t={self.clock.us()} i={self.loop.iteration} {name} "
                          + " ".join(py_repr(part) for part in parts))

    def stop(self, why: str) -> None:
        self.ev(why)
        self.silent = True

    def whole(self, *futures: asyncio.Future, many: bool = False) -> typing.Any:
        """The same, unless waiting for it would close a circle."""
        me = asyncio.current_task(self.loop)
        seen: set[asyncio.Future] = set()
        if many or futures[0] is not me:  # a task that awaits itself is refused anyway
            for future in futures:
                waits_for(future, seen)
        if me in seen:
            self.stop("circle")
            raise Circle
        for future in futures:
            # CPython leaves this set when a task awaits itself, and so refuses the
            # next awaiter.
            future._asyncio_future_blocking = False
        return futures if many else futures[0]

    # Another task could close a coroutine that is running.

    def unspawned(self, coroutine: typing.Coroutine) -> typing.Coroutine:
        if (inspect.getcoroutinestate(coroutine) == "CORO_CREATED"
                and coroutine in self.spawned):
            raise RuntimeError("it will be a task")
        return coroutine

    def idle(self, coroutine: typing.Coroutine) -> typing.Coroutine:
        if inspect.getcoroutinestate(coroutine) in ("CORO_SUSPENDED", "CORO_RUNNING"):
            raise RuntimeError("it is under way")
        return self.unspawned(coroutine)

    def to_spawn(self, coroutine: typing.Coroutine) -> typing.Coroutine:
        self.spawned.append(self.idle(coroutine))
        return coroutine

    def handler(self, callback: typing.Callable[[], None]) -> typing.Callable[..., None]:
        """An exception handler that prints its context, and calls this."""
        def handle(loop, context):
            # When the last reference goes depends on Python's memory.
            if re.search("never retrieved|was destroyed", context["message"]):
                return
            message = re.match("Exception in callback|[^<]*", context["message"])[0]
            error = context.get("exception")
            self.ev("unhandled", message.strip(), *([error_alone(error)] * bool(error)))
            self.unhandled += 1
            if self.unhandled <= MAX_HANDLED and loop.is_running():
                callback()

        return handle

    def run(self) -> None:
        """asyncio.run(), and its outcome."""
        runner = asyncio.Runner(loop_factory=lambda: self.loop)
        try:
            result = runner.run(self.members["task_0"]())
        except (Exception, asyncio.CancelledError) as error:
            result = error
        except twin.Deadlock:
            self.stop("deadlock")
            return
        try:
            runner.close()
        except twin.Deadlock:  # of tasks that refuse to end
            self.stop("deadlock")
        self.ev("end", result)

    def close(self) -> None:
        self.silent = True
        asyncio.events._set_running_loop(None)
        if not self.loop.is_closed():
            self.loop.close()


def play(source: str, traced: bool = False) -> list[str]:
    """The event lines of a program, given in Python; with those of its trace."""
    clock = twin.Clock()
    recorder = Recorder(clock)
    # What a program leaves must not be freed during the next one.
    gc.disable()
    unraisable, sys.unraisablehook = sys.unraisablehook, lambda _: None
    try:
        with (twin.virtual_time(clock),
              twin.recorded(recorder) if traced else contextlib.nullcontext()):
            run = recorder.play = Play(source, clock)
            with contextlib.suppress(Circle):
                run.run()
            run.close()
        lines = [line if isinstance(line, str) else trace_line(line) for line in run.lines]
        del run, recorder
        gc.collect()
        return lines
    finally:
        sys.unraisablehook = unraisable
        gc.enable()

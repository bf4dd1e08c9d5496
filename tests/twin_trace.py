"""What the tasks of a twin do: the events of a trace, as CPython's own tasks show them.

An event is a dict with the keys of the program's traces in JSON Lines: t_us, task, ev,
and those that this kind of event has. The tasks stay those of CPython. A task's coroutine
is wrapped, so that each step of the task passes through here, and its cancel() is.

Only CPython 3.11 has the tasks and waits that are named here.
"""
import asyncio
import collections.abc
import inspect
import logging
import re
import sys
import time
import types
import warnings

from twin_waits import description, milliseconds, name_in_asyncio

IS_KNOWN = sys.version_info[:2] == (3, 11)

RUN_MAIN = asyncio.Runner.run.__code__
SHUTDOWN_GENERATORS = asyncio.BaseEventLoop.shutdown_asyncgens.__code__
SHUTDOWN_EXECUTOR = asyncio.BaseEventLoop.shutdown_default_executor.__code__

# The functions of asyncio that cancel on behalf of no task.
CAUSES = {
    "Timeout._on_timeout": "timeout",
    "TaskGroup._abort": "group",
    "TaskGroup._on_task_done": "group",
    "Runner._on_sigint": "signal",
}

def callers(depth):
    """The frames that called the caller of this, the nearest first."""
    frame = sys._getframe(2)
    while frame and depth:
        yield frame
        frame, depth = frame.f_back, depth - 1


def cause_of_cancel():
    """What cancels on behalf of no task, if anything does."""
    for frame in callers(64):
        if frame.f_code.co_filename == __file__:
            continue
        name = name_in_asyncio(frame)
        if name is None or name in CAUSES:
            return CAUSES.get(name)
    return None


def slow_task():
    """The task whose step the loop has just timed, in debug mode; None: no task's."""
    for frame in callers(16):
        if name_in_asyncio(frame) == "BaseEventLoop._run_once":
            callback = frame.f_locals["handle"]._callback
            task = getattr(callback, "__self__", None)
            return task if isinstance(task, asyncio.Task) else None
    return None


# ---- recording -------------------------------------------------------------------


class Recorder:
    """The events of one run."""

    def __init__(self, clock):
        self.clock = clock
        self.events = []

    def add(self, kind, *, task=..., **details):
        task = self.label(self.current() if task is ... else task)
        self.events.append(
            {"t_us": self.clock.us(), "task": task, "ev": kind}
            | {key: value for key, value in details.items() if value is not None})

    @staticmethod
    def current():
        """The running task; None: none, or another thread."""
        loop = asyncio._get_running_loop()
        return asyncio.current_task(loop) if loop else None

    @staticmethod
    def label(task):
        if task is None:
            return "-"
        name = task.get_name()
        is_main = getattr(task, "is_main", False)  # not with another Python
        return "main" if is_main and re.match(r"Task-\d", name) else name

    # ---- what is reported to nobody

    def add_reported(self, context):
        """What the loop's default exception handler is called with."""
        message = context.get("message") or "Unhandled exception in event loop"
        error = context.get("exception")
        about = context.get("task") or context.get("future")
        about = about if isinstance(about, asyncio.Task) else None
        if message == "Task was destroyed but it is pending!":
            self.add("abandon", task=about, text=message)
        else:
            text = message if error is None else f"{message}: {error}"
            self.add("note", task=about, text=text)

    def add_warning(self, message, category, *_):
        text = str(message).splitlines()[0]
        if (issubclass(category, RuntimeWarning)
                or text.startswith("asynchronous generator ")):
            self.add("note", text=text)

    def logging_handler(self):
        """Takes what asyncio logs, such as callbacks that are slow in debug mode."""
        recorder = self

        class Handler(logging.Handler):
            def emit(self, record):
                # Of errors the handler above has been told.
                if record.levelno == logging.WARNING:
                    recorder.add("note", task=slow_task(), text=record.getMessage())

        return Handler()

    # ---- what is replaced, so that it reports to the recorder

    def replacements(self):
        """The members to replace in each module."""
        recorder = self

        def sleep(seconds):
            if recorder.clock.sleep(seconds):
                recorder.add("busy", ms=milliseconds(seconds))

        Task, Timeout = task_class(self), timeout_class(self)
        return [
            (time, {"sleep": sleep}),
            (warnings, {"showwarning": self.add_warning}),
            (asyncio, {"Task": Task, "Timeout": Timeout}),
            (asyncio.tasks, {"Task": Task}),
            (asyncio.timeouts, {"Timeout": Timeout}),
        ]


class Steps(collections.abc.Coroutine):
    """The coroutine of a task, which reports each step. It leaves no frame in tracebacks."""

    def __init__(self, coroutine, recorder):
        self.coroutine = coroutine
        self.recorder = recorder
        self.has_started = False
        self.is_hidden = False

    def send(self, value):
        try:
            return self.step(self.coroutine.send, value)
        except BaseException as error:
            error.__traceback__ = error.__traceback__.tb_next.tb_next
            raise
        finally:
            self = None  # the traceback of an error would keep it otherwise

    def throw(self, *error):
        try:
            return self.step(self.coroutine.throw, *error)
        except BaseException as error:
            error.__traceback__ = error.__traceback__.tb_next.tb_next
            raise
        finally:
            self = None

    def step(self, resume, *arguments):
        if self.is_hidden:
            return resume(*arguments)
        recorder = self.recorder
        if self.has_started or resume == self.coroutine.send or not self.is_unstarted():
            recorder.add("resume" if self.has_started else "start")
        self.has_started = True
        try:
            future = resume(*arguments)
        except StopIteration as stop:
            if recorder.current()._must_cancel:
                recorder.add("cancelled", text=recorder.current()._cancel_message or None)
            else:
                result = stop.value
                recorder.add("done", value=None if result is None else repr(result))
            raise
        except asyncio.CancelledError as error:
            recorder.add("cancelled", text=str(error) or None)
            raise
        except BaseException as error:
            recorder.add("fail", error=str(error))
            raise
        else:
            recorder.add("wait", **description(self.coroutine, future, recorder.label))
            return future
        finally:
            self = resume = arguments = result = None

    def is_unstarted(self):
        """True if an error that is thrown now ends it without its body running. In an
        aclose() the generator gets the error.
        """
        return (isinstance(self.coroutine, types.CoroutineType) and
                inspect.getcoroutinestate(self.coroutine) == inspect.CORO_CREATED)

    def close(self):
        return self.coroutine.close()

    def __await__(self):
        return self.coroutine.__await__()


def task_class(recorder):
    class Task(asyncio.Task):
        """CPython's task, with a coroutine that reports."""

        def __init__(self, coro, *, loop=None, name=None, context=None):
            self._twin_coroutine = coro
            self._twin_steps = None
            steps = coro
            if asyncio.iscoroutine(coro):
                steps = Steps(coro, recorder)
            if name is None:
                name = f"Task-{next(recorder.clock.tasks)}"
            self.is_main = any(frame.f_code is RUN_MAIN for frame in callers(4))
            super().__init__(steps, loop=loop, name=name, context=context)
            steps.is_hidden = is_hidden(coro, self.get_loop())
            self._twin_event = None
            if not steps.is_hidden:
                function = "main" if self.is_main else name_of(coro)
                recorder.add("spawn", child=recorder.label(self), fn=function)
                self._twin_event = recorder.events[-1]

        _coro = property(lambda self: self._twin_coroutine)

        def get_coro(self):
            return self._twin_coroutine

        def set_name(self, name):
            super().set_name(name)
            # create_task() names a task after it has made it.
            if sys._getframe(1).f_code is asyncio.tasks._set_task_name.__code__:
                self._twin_event["child"] = recorder.label(self)

        def cancel(self, msg=None):
            if not self.done():
                recorder.add("cancel", obj=recorder.label(self), by=cause_of_cancel())
            return super().cancel(msg=msg)

    Task.__qualname__, Task.__module__ = "Task", "_asyncio"  # in a repr
    return Task


def name_of(coroutine):
    # What aclose() returns has no name.
    return getattr(coroutine, "__name__", "aclose")


def is_hidden(coroutine, loop):
    """True of the tasks of asyncio.run() that have nothing to do, or only to wait."""
    code = getattr(coroutine, "cr_code", None)
    others = [handle for handle in loop._ready if not handle.cancelled()][:-1]
    return code is SHUTDOWN_EXECUTOR or (
        code is SHUTDOWN_GENERATORS and not len(loop._asyncgens) and not others)


def timeout_class(recorder):
    class Timeout(asyncio.Timeout):
        """CPython's timeout(), which reports that its time is over."""

        def reschedule(self, when):
            if when is not None:
                self._twin_ms = milliseconds(when - recorder.clock.now())
            super().reschedule(when)

        def _on_timeout(self):
            recorder.add("timeout", task=self._task, ms=self._twin_ms)
            super()._on_timeout()

    return Timeout

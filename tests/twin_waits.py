"""What a task of CPython 3.11 waits for, in the words of the program's traces."""
import asyncio
import gc
import os
import types

ASYNCIO = os.path.dirname(asyncio.__file__)

# The functions of asyncio that wait. The outermost one is what the task waits for.
WAITS = {
    "sleep": "sleep",
    "wait_for": "wait_for",
    "_wait": "wait",
    "as_completed.<locals>._wait_for_one": "as_completed",
    "TaskGroup.__aexit__": "group",
    "Lock.acquire": "lock",
    "Event.wait": "event",
    "Condition.wait": "condition",
    "Semaphore.acquire": "semaphore",
    "Barrier.wait": "barrier",
    "Queue.get": "queue",
    "Queue.put": "queue",
    "Queue.join": "queue",
    "to_thread": "thread",
}

AWAITABLES = (types.CoroutineType, types.GeneratorType, types.AsyncGeneratorType)


def name_in_asyncio(frame):
    """The function of a frame, if it is one of asyncio's; otherwise None."""
    path = frame.f_code.co_filename
    return frame.f_code.co_qualname if os.path.dirname(path) == ASYNCIO else None


def milliseconds(seconds):
    us = (round(seconds * 1e9) + 500) // 1000
    return us / 1000


def awaited_by(awaitable):
    """What a suspended coroutine or generator awaits; None: nothing that is known."""
    for name in ("cr_await", "ag_await", "gi_yieldfrom"):
        if hasattr(awaitable, name):
            return getattr(awaitable, name)
    # That of `async for`, or of an anext(): it refers to its generator.
    return next((other for other in gc.get_referents(awaitable)
                 if isinstance(other, AWAITABLES)
                 or type(other).__name__.startswith("async_generator_a")), None)


def frames_of(coroutine):
    """The frames of a suspended coroutine, the outermost first."""
    while coroutine is not None and not asyncio.isfuture(coroutine):
        for name in ("cr_frame", "ag_frame", "gi_frame"):
            if frame := getattr(coroutine, name, None):
                yield frame
        coroutine = awaited_by(coroutine)


def waiting_function(coroutine):
    """The outermost function of asyncio that waits, its frame, and those inside it."""
    inside = list(frames_of(coroutine))
    while inside:
        frame = inside.pop(0)
        name = name_in_asyncio(frame)
        if name in WAITS:
            return name, frame.f_locals, {name_in_asyncio(other) for other in inside}
    return None, {}, set()


def shielded_by(future):
    """The future inside a shield; None: it is no shield."""
    for callback, _ in getattr(future, "_callbacks", None) or ():
        if getattr(callback, "__qualname__", "") == "shield.<locals>._outer_done_callback":
            cells = dict(zip(callback.__code__.co_freevars, callback.__closure__))
            return cells["inner"].cell_contents
    return None


def description(coroutine, future, label):
    """Of the wait of a task whose coroutine has awaited this future, or None: a bare
    yield. label() is the name of a task in the trace.
    """
    function, members, inside = waiting_function(coroutine)
    kind = WAITS.get(function)

    def labels(futures):
        return [label(each) for each in futures if isinstance(each, asyncio.Task)]

    # What a task may not await is refused in its next step.
    if (future is None or future is asyncio.current_task()
            or future.get_loop() is not asyncio.get_running_loop()):
        return {"on": "yield"}
    if kind == "wait_for" and members["timeout"] is not None:
        return {"on": kind, "obj": next(iter(labels([members["fut"]])), None)}
    if isinstance(future, asyncio.Task):
        return {"on": "join", "obj": label(future)}
    if kind == "sleep":
        return {"on": kind, "ms": milliseconds(members["delay"])}
    if kind == "wait":
        return {"on": kind, "tasks": labels(members["fs"])}
    if kind == "group":
        return {"on": kind, "tasks": labels(members["self"]._tasks)}
    if kind == "queue":
        return {"on": kind, "text": function.removeprefix("Queue.")}
    if kind == "condition" and "Lock.acquire" in inside:
        return {"on": "lock"}
    if kind not in (None, "wait_for"):
        return {"on": kind}
    if future in getattr(future.get_loop(), "in_threads", ()):
        return {"on": "thread"}
    if hasattr(future, "_children"):
        return {"on": "gather", "tasks": labels(future._children)}
    if (inner := shielded_by(future)) is not None:
        return {"on": "shield", "tasks": labels([inner])}
    return {"on": "future"}

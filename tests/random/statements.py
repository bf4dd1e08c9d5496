"""The statements of random programs: the weight, themes and numbers of each.

A program has one to three themes; statements of its themes are chosen more often.
"""
import typing


class Word(typing.NamedTuple):
    """A statement without blocks, as the generator needs it."""

    weight: float
    themes: str = ""
    numbers: str = ""  # methods of Choices, one for each number


WORDS = {
    "say": Word(5, "", "label"),
    "sleep": Word(9, "", "delay"),
    "busy": Word(1, "time", "while_busy"),
    "return": Word(0.5, "", "label"),
    "call": Word(1, "errors time context", "task"),
    "raise": Word(2, "errors unhandled", "kind label"),
    "spawn": Word(5, "cancels gathers sync queues context", "own_slot task name"),
    "join": Word(3, "cancels errors messages", "slot"),
    "result": Word(0.5, "futures messages", "slot"),
    "cancel": Word(2.5, "cancels gathers futures sync queues", "slot message"),
    "cancel_self": Word(0.6, "cancels messages", "message"),
    "cancelling": Word(0.5, "cancels", "slot"),
    "requests": Word(0.7, "cancels time"),
    "uncancel": Word(0.4, "cancels"),
    "state": Word(1, "gathers futures", "slot"),
    "drop": Word(0.5, "", "any_slot"),
    "future": Word(0.5, "futures", "plain"),
    "set": Word(1, "futures", "plain label"),
    "fail": Word(0.6, "futures", "plain label"),
    "wait_future": Word(1, "futures", "plain"),
    "on_done": Word(0.8, "futures gathers context", "slot callback"),
    "soon": Word(0.6, "futures context unhandled", "timer callback"),
    "later": Word(0.8, "futures time context unhandled", "timer callback delay"),
    "cancel_timer": Word(0.4, "futures", "timer"),
    "gather": Word(3, "gathers messages"),
    "gather_new": Word(1, "gathers context"),
    "wait": Word(1, "waits"),
    "shield": Word(0.8, "waits messages"),
    "shield_new": Word(0.3, "waits", "task"),
    "group_spawn": Word(1, "groups"),
    "wait_for": Word(1.5, "time futures messages", "slot limit"),
    "wait_for_new": Word(0.8, "time", "task finite_limit"),
    "reschedule": Word(0.4, "time", "shared_limit limit"),
    "when": Word(0.3, "time", "shared_limit"),
    "acquire": Word(0.3, "sync", "shared"),
    "release": Word(0.3, "sync", "shared"),
    "enter": Word(0.4, "sync", "shared"),
    "exit": Word(0.4, "sync", "shared"),
    "locked": Word(0.2, "sync", "shared"),
    "event_set": Word(0.6, "sync", "shared"),
    "event_clear": Word(0.2, "sync", "shared"),
    "event_wait": Word(0.5, "sync", "shared"),
    "put": Word(1, "queues", "shared label"),
    "get": Word(1, "queues", "shared"),
    "put_nowait": Word(0.6, "queues", "shared label"),
    "get_nowait": Word(0.3, "queues", "shared"),
    "task_done": Word(0.4, "queues", "shared"),
    "queue_join": Word(0.3, "queues", "shared"),
    "size": Word(0.2, "queues", "shared"),
    "cond_wait": Word(0.3, "meetings", "shared"),
    "cond_wait_for": Word(0.3, "meetings", "shared few"),
    "count": Word(0.3, "meetings", "shared"),
    "notify": Word(0.4, "meetings", "shared few"),
    "notify_all": Word(0.3, "meetings", "shared"),
    "barrier_wait": Word(0.8, "meetings", "shared"),
    "barrier_reset": Word(0.2, "meetings", "shared"),
    "barrier_abort": Word(0.1, "meetings", "shared"),
    "barrier_state": Word(0.2, "meetings", "shared"),
    "yield": Word(5, "generators", "label"),
    "break": Word(1.5, "generators"),
    "gen_new": Word(0.8, "generators", "generator_slot generator"),
    "gen_drop": Word(0.3, "generators", "generator_slot"),
    "gen_next": Word(1.2, "generators", "generator_slot"),
    "gen_send": Word(0.6, "generators", "generator_slot label"),
    "gen_throw": Word(0.4, "generators"),
    "gen_close": Word(0.4, "generators", "generator_slot"),
    "coro_new": Word(0.4, "coroutines", "coroutine task"),
    "coro_await": Word(0.4, "coroutines", "coroutine"),
    "coro_spawn": Word(0.3, "coroutines", "own_slot coroutine"),
    "coro_close": Word(0.15, "coroutines", "coroutine"),
    "variable_set": Word(0.3, "context", "variable label"),
    "variable_get": Word(0.3, "context", "variable"),
    "handler": Word(0.3, "unhandled", "callback"),
    "no_handler": Word(0.1, "unhandled"),
    "call_handler": Word(0.2, "unhandled", "label"),
}

# Statements with blocks.
WITH_BLOCKS = {
    "repeat": Word(1, "queues sync"),
    "try": Word(5, "errors cancels time messages"),
    "completed": Word(1, "gathers time"),
    "timeout": Word(1.5, "time cancels"),
    "lock": Word(1.2, "sync"),
    "semaphore": Word(1, "sync"),
    "group": Word(1.2, "groups"),
    "except_star": Word(0.5, "groups"),
    "condition": Word(1, "meetings"),
    "barrier": Word(0.3, "meetings"),
    "gen_for": Word(0.8, "generators"),
    "gen_for_new": Word(0.8, "generators"),
    "closing": Word(0.4, "generators managers"),
    "manage": Word(0.7, "managers"),
    "stack": Word(0.7, "managers"),
}

ALL = WORDS | WITH_BLOCKS
THEMES = sorted({theme for word in ALL.values() for theme in word.themes.split()})

MAY_FAIL = {
    "raise", "raise_again", "join", "call", "set", "fail", "gather", "gather_new",
    "completed", "wait_for", "wait_for_new", "timeout", "release", "lock", "put_nowait",
    "get_nowait", "task_done", "result", "reschedule", "exit", "semaphore", "wait",
    "shield", "shield_new", "group", "group_spawn", "condition", "cond_wait",
    "cond_wait_for", "notify", "notify_all", "barrier", "barrier_wait", "gen_next",
    "gen_send", "gen_throw", "gen_close", "gen_for", "gen_for_new", "closing", "manage",
    "stack", "stack_manage", "stack_close", "coro_await", "coro_spawn", "coro_close",
}
# Statements that wake a task. A cancellation at the same instant is a good test.
WAKES = {"lock", "release", "semaphore", "exit", "put", "put_nowait", "get", "set",
         "event_set", "task_done", "condition", "notify", "notify_all", "barrier_wait",
         "barrier_reset"}
# Statements for callbacks, which cannot wait.
IN_CALLBACKS = {
    "say", "raise", "spawn", "cancel", "state", "result", "drop", "future", "set",
    "fail", "on_done", "soon", "later", "cancel_timer", "reschedule", "when", "release",
    "exit", "event_set", "event_clear", "put_nowait", "get_nowait", "task_done", "size",
    "locked", "cancelling", "gather", "variable_set", "variable_get", "handler",
    "no_handler", "call_handler", "shield", "group_spawn", "count", "notify", "notify_all",
    "barrier_state", "gen_new", "gen_drop", "coro_new", "coro_spawn", "coro_close",
}

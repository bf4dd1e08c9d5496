"""A random program as the asyncio program that a person might write."""
import re

from tree import (ANYTHING, BROKEN, CANCELLED, CONDITIONS, COROUTINES, EVENTS, EXCEPTION,
                  FOREVER, FUTURES_FROM, GENERATORS, GROUP, GROUPS, LIMITS, LOCKS, RUNTIME,
                  SLOTS, TIMED_OUT, TIMERS, VALUE, VARIABLES, Block, Node, parts)

KINDS = {
    CANCELLED: "asyncio.CancelledError",
    VALUE: "ValueError",
    RUNTIME: "RuntimeError",
    TIMED_OUT: "TimeoutError",
    EXCEPTION: "Exception",
    ANYTHING: "BaseException",
    GROUP: "ExceptionGroup",
    BROKEN: "asyncio.BrokenBarrierError",
}

# Statements of one line: {0} is the first number, {s0} the same as seconds, {t0} as a
# time that long from now, {m0} as the message of a cancellation.
SIMPLE = {
    "say": 'ev("say", {0})',
    "sleep": "await asyncio.sleep({s0})",
    "busy": "time.sleep({s0})",
    "return": "return {0}",
    "call": 'ev("call", await task_{0}())',
    "raise_again": "raise",
    "join": 'ev("join", await whole(h[{0}]))',
    "result": 'ev("result", h[{0}].result())',
    "cancel": 'ev("cancel", h[{0}].cancel({m1}))',
    "cancel_self": 'ev("cancel", asyncio.current_task().cancel({m0}))',
    "cancelling": 'ev("cancelling", cancelling(h[{0}]))',
    "requests": 'ev("requests", asyncio.current_task().cancelling())',
    "uncancel": 'ev("uncancel", asyncio.current_task().uncancel())',
    "state": 'ev("state", state(h[{0}]))',
    "drop": "h[{0}] = nothing",
    "future": "h[{0}] = loop.create_future()",
    "set": "h[{0}].set_result({1})",
    "fail": 'h[{0}].set_exception(ValueError("{1}"))',
    "on_done": "h[{0}].add_done_callback(callback_{1})",
    "soon": "timer[{0}] = loop.call_soon(callback_{1})",
    "later": "timer[{0}] = loop.call_later({s2}, callback_{1})",
    "cancel_timer": "timer[{0}].cancel()",
    "wait_for": 'ev("wait_for", await asyncio.wait_for({limited}, {s1}))',
    "wait_for_new": 'ev("wait_for", await asyncio.wait_for(task_{0}(), {s1}))',
    "expired": 'ev("expired", limit_{0}.expired())',
    "reschedule": "limit[{0}].reschedule({t1})",
    "when": 'ev("when", limit[{0}].when())',
    "acquire": 'await lock[{0}].acquire(); ev("acquired")',
    "release": "lock[{0}].release()",
    "enter": 'await semaphore[{0}].acquire(); ev("entered")',
    "exit": "semaphore[{0}].release()",
    "locked": 'ev("locked", lock[{0}].locked(), semaphore[{0}].locked())',
    "event_set": "event[{0}].set()",
    "event_clear": "event[{0}].clear()",
    "event_wait": 'await event[{0}].wait(); ev("event", event[{0}].is_set())',
    "put": 'await queue[{0}].put(item({1})); ev("put", {1})',
    "get": 'ev("get", await queue[{0}].get())',
    "put_nowait": "queue[{0}].put_nowait(item({1}))",
    "get_nowait": 'ev("get", queue[{0}].get_nowait())',
    "task_done": "queue[{0}].task_done()",
    "queue_join": 'await queue[{0}].join(); ev("queue joined")',
    "size": 'ev("size", queue[{0}].qsize(), queue[{0}].empty(), queue[{0}].full())',
    "cond_wait": 'ev("waited", await condition[{0}].wait())',
    "cond_wait_for": 'ev("waited",'
                     ' await condition[{0}].wait_for(lambda: counter[{0}] >= {1}))',
    "count": "counter[{0}] += 1",
    "notify": "condition[{0}].notify({1})",
    "notify_all": "condition[{0}].notify_all()",
    "barrier_wait": 'ev("barrier", await barrier[{0}].wait())',
    "barrier_reset": "await barrier[{0}].reset()",
    "barrier_abort": "await barrier[{0}].abort()",
    "barrier_state": 'ev("state", barrier[{0}].parties, barrier[{0}].n_waiting,'
                    ' barrier[{0}].broken)',
    "shield_new": 'ev("shield", await asyncio.shield(task_{0}()))',
    "yield": 'ev("sent", (yield {0}))',
    "break": "break",
    "gen_new": "g[{0}] = generator_{1}()",
    "gen_drop": "g[{0}] = no_generator()",
    "gen_next": 'ev("next", await anext(g[{0}]))',
    "gen_send": 'ev("next", await g[{0}].asend({1}))',
    "gen_throw": 'ev("next", await g[{0}].athrow({error}))',
    "gen_close": 'await g[{0}].aclose(); ev("closed")',
    "stack_manage": 'ev("as", await stack_{0}.enter_async_context('
                    'manager(generator_{1})))',
    "stack_close": "await stack_{0}.enter_async_context(aclosing(g[{1}]))",
    "stack_call": "stack_{0}.push_async_callback(task_{1})",
    "coro_new": "c[{0}] = task_{1}()",
    "coro_await": 'ev("await", await unspawned(c[{0}]))',
    "coro_spawn": "h[{0}] = asyncio.create_task(to_spawn(c[{1}]))",
    "coro_close": "idle(c[{0}]).close()",
    "variable_set": "variable[{0}].set({1})",
    "variable_get": 'ev("variable", variable[{0}].get())',
    "handler": "loop.set_exception_handler(handler(callback_{0}))",
    "no_handler": "loop.set_exception_handler(None)",
    "call_handler": 'loop.call_exception_handler({{"message": "{0}"}})',
}

# The lines after a block.
AFTER = {
    "timeout": 'ev("expired", limit_{0}.expired())',
    "group": 'ev("group over")',
    "closing": 'ev("closed")',
    "manage": 'ev("left")',
    "stack": 'ev("left")',
}

# The line before a block, and the first lines in it.
HEADS = {
    "repeat": ["for _ in range({0}):"],
    "lock": ["async with lock[{0}]:", 'ev("locked")'],
    "semaphore": ["async with semaphore[{0}]:", 'ev("entered")'],
    "condition": ["async with condition[{0}]:", 'ev("inside")'],
    "barrier": ["async with barrier[{0}] as position:", 'ev("barrier", position)'],
    "gen_for": ["async for value in g[{0}]:", 'ev("value", value)'],
    "gen_for_new": ["async for value in generator_{0}():", 'ev("value", value)'],
    "closing": ["async with aclosing(g[{0}]):"],
    "manage": ["async with manager(generator_{0}) as value:", 'ev("as", value)'],
    "stack": ["async with AsyncExitStack() as stack_{0}:"],
    "group": ["async with asyncio.TaskGroup() as group[{0}]:", 'ev("group")'],
    "timeout": ["async with asyncio.timeout{at}({s3}) as limit_{0}:",
                "limit[{1}] = limit_{0}"],
}


def seconds(milliseconds: int) -> str:
    return "None" if milliseconds == FOREVER else f"{milliseconds / 1000:g}"


def moment(milliseconds: int) -> str:
    return "None" if milliseconds == FOREVER else f"loop.time() + {seconds(milliseconds)}"


def message(number: int) -> str:
    return f'"{number}"' if number else ""


def slots(numbers: tuple[int, ...]) -> str:
    return ", ".join(f"h[{number}]" for number in numbers)


def fill(form: str, node: Node) -> str:
    """A template filled with the node's numbers."""
    values = {f"s{i}": seconds(arg) for i, arg in enumerate(node.args)}
    values |= {f"t{i}": moment(arg) for i, arg in enumerate(node.args)}
    values |= {f"m{i}": message(arg) for i, arg in enumerate(node.args)}
    if node.word == "wait_for":
        name = slots(node.args[:1])
        values["limited"] = f"whole({name})" if node.args[1] == FOREVER else name
    if node.word == "timeout":
        values["at"] = "_at" if node.args[2] else ""
    if node.word == "gen_throw":
        values["error"] = error(*node.args[1:])
    return form.format(*node.args, **values)


def indented(lines: list[str]) -> list[str]:
    return ["    " + line for line in lines]


def block_lines(block: Block, *before: str) -> list[str]:
    """The statements of a block, after the given lines."""
    lines = [*before, *(line for node in block for line in lines_of(node))]
    return indented(lines or ["pass"])


def try_lines(node: Node) -> list[str]:
    body, handler, last = node.blocks
    kind, has_finally = node.args
    lines = ["try:", *block_lines(body)]
    if kind:
        lines += [f"except {KINDS[kind]} as error:"]
        lines += block_lines(handler, 'ev("except", error)')
    if has_finally:
        lines += ["finally:", *block_lines(last, 'ev("finally")')]
    return lines if kind or has_finally else ["if True:", *lines[1:]]


def except_star_lines(node: Node) -> list[str]:
    lines = ["try:", *block_lines(node.blocks[0])]
    for kind in node.args:
        if kind:
            lines += [f"except* {KINDS[kind]} as error:", '    ev("except*", error)']
    return lines


def error(kind: int, number: int) -> str:
    return f"{KINDS[kind]}({message(number)})"


def gather_lines(node: Node) -> list[str]:
    settle, keep, *children = node.args
    settled = ["return_exceptions=True"] * settle
    if keep >= 0:
        return [f"h[{keep}] = asyncio.gather({', '.join([slots(children), *settled])})"
                if children else f"h[{keep}] = asyncio.gather({', '.join(settled)})"]
    arguments = [f"*whole({slots(children)}, many=True)"] if children else []
    return [f'ev("gather", await asyncio.gather({", ".join(arguments + settled)}))']


def gather_new_lines(node: Node) -> list[str]:
    settle, *units = node.args
    arguments = [f"task_{unit}()" for unit in units]
    arguments += ["return_exceptions=True"] * settle
    return [f'ev("gather", await asyncio.gather({", ".join(arguments)}))']


WHENS = ["ALL_COMPLETED", "FIRST_COMPLETED", "FIRST_EXCEPTION"]


def wait_lines(node: Node) -> list[str]:
    limit, when, *numbers = node.args
    return [f"futures = [{slots(numbers)}]",
            f"done, _ = await asyncio.wait(futures, timeout={seconds(limit)},"
            f" return_when=asyncio.{WHENS[when]})",
            f'ev("wait", len(done), *names({numbers}, futures, done))']


def shield_lines(node: Node) -> list[str]:
    keep, inner = node.args
    if keep >= 0:
        return [f"h[{keep}] = asyncio.shield(h[{inner}])"]
    return [f'ev("shield", await asyncio.shield(h[{inner}]))']


def spawn_lines(node: Node) -> list[str]:
    slot, unit, name, *group = node.args
    named = f', name="n{name}"' if name else ""
    spawner = f"group[{group[0]}]" if group else "asyncio"
    return [f"h[{slot}] = {spawner}.create_task(task_{unit}(){named})"]


def completed_lines(node: Node) -> list[str]:
    limit, catch, *children = node.args
    take = ['ev("completed", await result)']
    if catch:
        take = ["try:", *indented(take), "except Exception as error:",
                '    ev("except", error)']
    return [
        f"with closing(as_completed([{slots(children)}], timeout={seconds(limit)}))"
        " as results:",
        "    for result in results:",
        *indented(block_lines(node.blocks[0], *take)),
    ]


SPECIAL = {
    "try": try_lines,
    "raise": lambda node: [f"raise {error(*node.args)}"],
    "gather": gather_lines,
    "gather_new": gather_new_lines,
    "spawn": spawn_lines,
    "group_spawn": spawn_lines,
    "wait": wait_lines,
    "shield": shield_lines,
    "except_star": except_star_lines,
    "completed": completed_lines,
}


def lines_of(node: Node) -> list[str]:
    if node.word in SPECIAL:
        return SPECIAL[node.word](node)
    if node.word in SIMPLE:
        return fill(SIMPLE[node.word], node).split("; ")
    head, *before = (fill(line, node) for line in HEADS[node.word])
    lines = [head, *block_lines(node.blocks[0], *before)]
    if node.word in AFTER:
        lines += [fill(AFTER[node.word], node)]
    return lines


def unit_lines(number: int, unit: Node) -> list[str]:
    body, = unit.blocks
    if unit.word == "task":
        lines = block_lines(body)
        if not body or body[-1].word != "return":
            lines = [line for line in lines if line != "    pass"] + ["    return 0"]
        return ["", "", f"async def task_{number}():", *lines]
    if unit.word == "generator":
        lines = [re.sub(r"^( *return) \d+$", r"\1", line) for line in block_lines(body)]
        return ["", "", f"async def generator_{number}():", *lines,
                "    return", "    yield"]
    return ["", "", f"def callback_{number}(*_):", *block_lines(body)]


def python_source(program: Block) -> str:
    objects, units = parts(program)
    lines = [line for number, unit in enumerate(units)
             for line in unit_lines(number, unit)]
    code = "\n".join(lines) + "\n"
    given = {part.word: part.args for part in objects}
    values = globals_of(given)
    seen = code + values["condition"] * ("condition[" in code)
    used = [f"{name} = {value}" for name, value in values.items()
            if re.search(rf"\b{name}\[", seen)]
    return "\n".join(used) + "\n" + code


QUEUES = ["Queue", "LifoQueue", "PriorityQueue"]


def semaphore(value: int, bounded: int) -> str:
    return f"asyncio.{'Bounded' * bounded}Semaphore({value})"


def condition(lock: int) -> str:
    return f"asyncio.Condition({f'lock[{lock}]' if lock >= 0 else ''})"


def globals_of(given: dict[str, tuple[int, ...]]) -> dict[str, str]:
    semaphores, queues = given["semaphores"], given["queues"]
    lists = {
        "semaphore": map(semaphore, semaphores[:2], semaphores[2:]),
        "queue": (f"asyncio.{QUEUES[kind]}({limit})"
                  for limit, kind in zip(queues[:2], queues[2:])),
        "condition": map(condition, given["conditions"]),
        "barrier": (f"asyncio.Barrier({parties})" for parties in given["barriers"]),
    }
    return {
        "h": f"[nothing] * {FUTURES_FROM}"
             f" + [loop.create_future() for _ in range({SLOTS - FUTURES_FROM})]",
        "lock": f"[asyncio.Lock() for _ in range({LOCKS})]",
        "event": f"[asyncio.Event() for _ in range({EVENTS})]",
        "timer": f"[no_timer] * {TIMERS}",
        "limit": f"[asyncio.Timeout(None) for _ in range({LIMITS})]",
        "variable": f"[ContextVar('', default=0) for _ in range({VARIABLES})]",
        "counter": f"[0] * {CONDITIONS}",
        "group": f"[asyncio.TaskGroup() for _ in range({GROUPS})]",
        "c": f"[no_coroutine() for _ in range({COROUTINES})]",
        "g": f"[no_generator() for _ in range({GENERATORS})]",
    } | {name: f"[{', '.join(items)}]" for name, items in lists.items()}

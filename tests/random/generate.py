"""Makes random programs: the same for the same seed, and all of them end.

A unit, the body of a coroutine or a callback, uses only those that come after it, so
that nothing repeats for ever; the time any wait takes is from a few values, so that
many things happen at the same instant.
"""
import random
import typing

from tree import (ANYTHING, CANCELLED, EXCEPTION, FOREVER, FUTURES_FROM, RUNTIME, SLOTS,
                  TIMED_OUT, TIMERS, VALUE, Block, Node, walk)

DELAYS = [0, 0, 0, 100, 100, 100, 200, 200, 300, 50]
LIMITS = [-100, 0, 0, 50, 100, 100, 100, 200, 200, 300, FOREVER]
MOST_RUNS = 24  # of units, in all, if every statement is reached
GATHERINGS_FROM = 4  # slots below are for tasks

# How often each kind of statement comes, and to which themes it belongs: a program
# has one or two themes, whose statements come more often in it.
WEIGHTS = {
    "say": (5, ""),
    "sleep": (9, ""),
    "busy": (1, "time"),
    "repeat": (1, "queues sync"),
    "return": (0.5, ""),
    "call": (1, "errors time"),
    "raise": (2, "errors"),
    "try": (5, "errors cancels time"),
    "spawn": (5, "cancels gathers sync queues"),
    "join": (3, "cancels errors"),
    "cancel": (2.5, "cancels gathers futures sync queues"),
    "cancel_self": (0.6, "cancels"),
    "cancelling": (0.5, "cancels"),
    "requests": (0.7, "cancels time"),
    "uncancel": (0.4, "cancels"),
    "look": (1, "gathers futures"),
    "forget": (0.5, ""),
    "future": (0.5, "futures"),
    "set": (1, "futures"),
    "fail": (0.6, "futures"),
    "wait_future": (1, "futures"),
    "on_done": (0.8, "futures gathers"),
    "soon": (0.6, "futures"),
    "later": (0.8, "futures time"),
    "take_back": (0.4, "futures"),
    "gather": (3, "gathers"),
    "gather_new": (1, "gathers"),
    "completed": (1, "gathers time"),
    "wait_for": (1.5, "time futures"),
    "wait_for_new": (0.8, "time"),
    "timeout": (1.5, "time cancels"),
    "lock": (1.2, "sync"),
    "acquire": (0.3, "sync"),
    "release": (0.3, "sync"),
    "semaphore": (1, "sync"),
    "enter": (0.4, "sync"),
    "exit": (0.4, "sync"),
    "locked": (0.2, "sync"),
    "event_set": (0.6, "sync"),
    "event_clear": (0.2, "sync"),
    "event_wait": (0.5, "sync"),
    "put": (1, "queues"),
    "get": (1, "queues"),
    "put_nowait": (0.6, "queues"),
    "get_nowait": (0.3, "queues"),
    "task_done": (0.4, "queues"),
    "queue_join": (0.3, "queues"),
    "size": (0.2, "queues"),
}
THEMES = ["errors", "cancels", "gathers", "futures", "time", "sync", "queues"]
WITH_BLOCKS = {"repeat", "try", "completed", "timeout", "lock", "semaphore"}
MAY_FAIL = {
    "raise", "raise_again", "join", "call", "set", "fail", "gather", "gather_new",
    "completed", "wait_for", "wait_for_new", "timeout", "release", "lock", "put_nowait",
    "get_nowait", "task_done",
}
# What lets somebody go on. To cancel at the same instant tells who minds.
WAKES = {"lock", "release", "semaphore", "exit", "put", "put_nowait", "get", "set",
         "event_set", "task_done"}
# What a callback can do: nothing that waits.
IN_CALLBACKS = {
    "say", "spawn", "cancel", "look", "forget", "future", "set", "fail", "on_done",
    "soon", "later", "take_back", "release", "exit", "event_set", "event_clear",
    "put_nowait", "get_nowait", "task_done", "size", "locked", "cancelling", "gather",
}


class Generator:
    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.choice = self.random.choice
        self.themes = set(self.random.sample(THEMES, self.choice([1, 1, 2, 2, 3])))
        self.weights = {word: weight * (4 if self.themes & set(themes.split()) else 1)
                        for word, (weight, themes) in WEIGHTS.items()}
        self.labels = 0
        self.runs: dict[int, int] = {}  # how many units come of running this one
        self.tasks: list[int] = []  # the units made so far, which come later
        self.callbacks: list[int] = []
        self.number = 0  # of the unit that is being made
        self.mine: list[int] = []  # slots that it has filled
        self.budget = 0  # statements left for this unit
        self.factor = 1  # how often this place of the unit is reached
        self.cost = 0  # runs of units that come of this one so far

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def label(self) -> int:
        self.labels += 1
        return self.labels

    def program(self) -> Block:
        count = self.random.randint(3, 8)
        words = ["task"] + [self.choice(["task", "task", "task", "callback"])
                            for _ in range(count - 1)]
        units = self.rescuers(count) if self.chance(0.85) else []
        rescuers = len(units)
        for number in reversed(range(count)):
            units.insert(0, self.unit(number, words[number]))
        if rescuers:
            calls = tuple(Node("later", (0, count + i, self.choice([300, 400, 500])))
                          for i in range(rescuers))
            units[0] = Node("task", (), (calls + units[0].blocks[0],))
        return (Node("semaphores", (self.choice([0, 1, 1, 2]), self.choice([1, 2]))),
                Node("queues", (self.choice([0, 1, 1, 2]), self.choice([0, 1]))),
                *units)

    def rescuers(self, first: int) -> list[Node]:
        """Callbacks that in the end let go on whoever still waits."""
        everything = [Node("event_set", (0,)), Node("event_set", (1,)),
                      Node("exit", (0,)), Node("exit", (1,)),
                      Node("put_nowait", (0, self.label())),
                      Node("put_nowait", (1, self.label()))]
        blocks = [tuple(self.random.sample(everything, self.random.randint(2, 6))),
                  (Node("set", (6, self.label())),), (Node("set", (7, self.label())),),
                  tuple(Node("cancel", (slot,)) for slot in range(FUTURES_FROM)
                        if self.chance(0.5))]
        return [Node("callback", (), (block,)) for block in blocks]

    def unit(self, number: int, word: str) -> Node:
        self.number, self.cost, self.factor = number, 1, 1
        callback = word == "callback"
        self.mine = []
        self.budget = self.random.randint(*((1, 3) if callback else (3, 10)))
        block: list[Node] = []
        if number == 0:
            self.budget += 6
            for slot in range(self.choice([2, 2, 3, 4])):
                block += self.spawn(slot)
        elif self.chance(0.3):
            block.append(Node("say", (self.label(),)))
        block += self.block(callback, depth=0, wanted=self.budget)
        self.runs[number] = self.cost
        (self.callbacks if callback else self.tasks).append(number)
        return Node(word, (), (tuple(block),))

    def block(self, callback: bool, depth: int, wanted: int,
              limits: tuple[int, ...] = (), handling: bool = False) -> Block:
        nodes: list[Node] = []
        first = self.number == 0 and depth == 0  # main's own: it should not end early
        words = [word for word in self.weights
                 if (not callback or word in IN_CALLBACKS)
                 and (depth < 3 or word not in WITH_BLOCKS)]
        weights = [self.weights[word] for word in words]
        while wanted > 0 and self.budget > 0:
            wanted -= 1
            self.budget -= 1
            word, = self.random.choices(words, weights)
            if first and word in ("raise", "return", "cancel_self"):
                continue
            if limits and self.chance(0.08):
                nodes.append(Node("expired", (self.choice(limits),)))
            elif word in WITH_BLOCKS:
                nodes.append(self.with_blocks(word, depth, limits, handling))
            else:
                nodes += self.simple(word, callback)
            if word in WAKES and self.chance(0.3):
                nodes.append(Node("cancel", (self.random.randrange(GATHERINGS_FROM),)))
            if first and self.chance(0.7):
                nodes[-1:] = self.guarded(nodes[-1:])
        if handling and self.chance(0.5):
            nodes.append(self.choice([Node("raise_again"), Node("raise_again"),
                                      self.raise_error()]))
        return tuple(nodes)

    def guarded(self, block: list[Node]) -> list[Node]:
        """The same, going on after errors, if anything in it can fail."""
        if not any(node.word in MAY_FAIL for node in walk(tuple(block))):
            return block
        kind = self.choice([EXCEPTION, EXCEPTION, ANYTHING])
        return [Node("try", (kind, 0), (tuple(block), (), ()))]

    def inner(self, depth: int, limits: tuple[int, ...], handling: bool = False,
              few: bool = False) -> Block:
        wanted = self.random.randint(0, 2) if few else self.random.randint(1, 4)
        return self.block(False, depth + 1, wanted, limits, handling)

    def with_blocks(self, word: str, depth: int, limits: tuple[int, ...],
                    handling: bool) -> Node:
        if word == "try":
            return self.try_node(depth, limits)
        if word == "timeout":
            label = self.label()
            return Node(word, (label, self.choice(LIMITS)),
                        (self.inner(depth, (*limits, label)),))
        if word == "repeat":
            times, before = self.random.randint(2, 3), self.factor
            self.factor *= times
            block = self.inner(depth, limits)
            self.factor = before
            return Node(word, (times,), (block,))
        if word == "completed":
            limit = self.choice([50, 100, 100, 200, FOREVER, FOREVER, 0])
            slots = self.random.sample(range(SLOTS), self.random.randint(1, 3))
            before, self.factor = self.factor, self.factor * len(slots)
            block = self.inner(depth, limits, few=True)
            self.factor = before
            return Node(word, (limit, self.choice([0, 1, 1]), *slots), (block,))
        return Node(word, (self.shared(),), (self.inner(depth, limits),))

    def try_node(self, depth: int, limits: tuple[int, ...]) -> Node:
        kind = self.choice([0, CANCELLED, CANCELLED, CANCELLED, VALUE, TIMED_OUT,
                            RUNTIME, EXCEPTION, EXCEPTION, EXCEPTION, ANYTHING])
        last = 1 if kind == 0 else int(self.chance(0.3))
        body = self.inner(depth, limits)
        handler = self.inner(depth, limits, True, few=True) if kind else ()
        after = self.inner(depth, limits, few=True) if last else ()
        return Node("try", (kind, last), (body, handler, after))

    def affordable(self, units: list[int]) -> list[int]:
        """Those that would not make the program too long."""
        return [unit for unit in units
                if self.cost + self.factor * self.runs[unit] <= MOST_RUNS]

    def use(self, units: list[int]) -> int | None:
        possible = self.affordable(units)
        if not possible:
            return None
        unit = self.choice(possible)
        self.cost += self.factor * self.runs[unit]
        return unit

    def spawn(self, slot: int) -> list[Node]:
        unit = self.use(self.tasks)
        name = self.label() if self.chance(0.15) else 0
        if unit is None:
            return []
        self.mine.append(slot)
        return [Node("spawn", (slot, unit, name))]

    def raise_error(self) -> Node:
        kind = self.choice([VALUE, VALUE, VALUE, RUNTIME, TIMED_OUT, CANCELLED])
        return Node("raise", (kind, self.label()))

    def slot(self) -> int:
        """One that has something to wait for, more often than not."""
        if self.mine and self.chance(0.7):
            return self.choice(self.mine)
        return self.choice([0, 0, 1, 1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 7])

    def slots(self) -> list[int]:
        return [self.slot() for _ in range(self.choice([0, 1, 2, 2, 2, 2, 3, 3]))]

    def simple(self, word: str, callback: bool) -> list[Node]:
        make: dict[str, typing.Callable[[], list[Node]]] = {
            "say": lambda: [Node(word, (self.label(),))],
            "return": lambda: [Node(word, (self.label(),))],
            "raise": lambda: [self.raise_error()],
            "sleep": lambda: [Node(word, (self.choice(DELAYS),))],
            "busy": lambda: [Node(word, (self.choice([50, 100, 150]),))],
            "spawn": lambda: self.spawn(self.random.randrange(GATHERINGS_FROM)),
            "call": lambda: self.with_unit(word, self.tasks),
            "wait_for_new": lambda: self.with_unit(word, self.tasks,
                                                   self.choice(LIMITS[:-1])),
            "forget": lambda: [Node(word, (self.random.randrange(FUTURES_FROM),))],
            "future": lambda: [Node(word, (self.plain(),))],
            "set": lambda: [Node(word, (self.plain(), self.label()))],
            "fail": lambda: [Node(word, (self.plain(), self.label()))],
            "wait_future": lambda: [Node("join", (self.plain(),))],
            "soon": lambda: self.with_callback(word, self.random.randrange(TIMERS)),
            "later": lambda: self.with_callback(word, self.random.randrange(TIMERS),
                                                self.choice(DELAYS)),
            "on_done": lambda: self.with_callback(word, self.slot()),
            "gather": lambda: [self.gather(callback or self.chance(0.5))],
            "gather_new": self.gather_new,
            "wait_for": lambda: [Node(word, (self.slot(), self.choice(LIMITS)))],
            "cancel_self": lambda: [Node(word)],
            "requests": lambda: [Node(word)],
            "uncancel": lambda: [Node(word)],
            "take_back": lambda: [Node(word, (self.random.randrange(TIMERS),))],
            "put": lambda: [Node(word, (self.shared(), self.label()))],
        }
        make["put_nowait"] = make["put"]
        if word in make:
            return make[word]()
        if word in ("join", "cancel", "cancelling", "look"):
            return [Node(word, (self.slot(),))]
        return [Node(word, (self.shared(),))]

    def shared(self) -> int:
        """A lock, semaphore, event or queue: mostly the same, to be contended for."""
        return self.choice([0, 0, 0, 1])

    def plain(self) -> int:
        return self.random.randrange(FUTURES_FROM, SLOTS)

    def gather(self, keep: bool) -> Node:
        slots = self.slots()
        if not keep:
            return Node("gather", (int(self.chance(0.4)), -1, *slots))
        slot = self.random.randrange(GATHERINGS_FROM, FUTURES_FROM)
        self.mine.append(slot)
        return Node("gather", (int(self.chance(0.4)), slot, *slots))

    def gather_new(self) -> list[Node]:
        units = [self.use(self.tasks) for _ in range(self.random.randint(1, 3))]
        chosen = [unit for unit in units if unit is not None]
        if not chosen:
            return []
        return [Node("gather_new", (int(self.chance(0.4)), *chosen))]

    def with_unit(self, word: str, units: list[int], *args: int) -> list[Node]:
        unit = self.use(units)
        return [] if unit is None else [Node(word, (unit, *args))]

    def with_callback(self, word: str, first: int, *args: int) -> list[Node]:
        unit = self.use(self.callbacks)
        return [] if unit is None else [Node(word, (first, unit, *args))]


def generate(seed: int) -> Block:
    return Generator(seed).program()

"""Makes random programs: the same for the same seed, and all of them end.

A unit, the body of a coroutine or a callback, uses only those that come after it, so
that nothing repeats for ever; the time any wait takes is from a few values, so that
many things happen at the same instant.
"""
import random
import typing

from tree import (ANYTHING, BROKEN, CANCELLED, EXCEPTION, FOREVER, FUTURES_FROM, GROUP,
                  GROUPS, LIMITS, RUNTIME, SLOTS, TIMED_OUT, TIMERS, VALUE, VARIABLES,
                  Block, Node, walk)
from words import ALL, IN_CALLBACKS, MAY_FAIL, THEMES, WAKES, WITH_BLOCKS, WORDS

DELAYS = [0, 0, 0, 100, 100, 100, 200, 200, 300, 50]
TIME_LIMITS = [-100, 0, 0, 50, 100, 100, 100, 200, 200, 300, FOREVER]
MOST_RUNS = 32  # of units, in all, if every statement is reached
GATHERINGS_FROM = 4  # slots below are for tasks


class Generator:
    def __init__(self, seed: int, themes: typing.Collection[str] = ()):
        self.random = random.Random(seed)
        self.choice = self.random.choice
        self.themes = set(self.random.sample(THEMES, self.choice([1, 1, 2, 2, 3])))
        self.themes |= set(themes)
        self.weights = {
            name: word.weight * (5 if self.themes & set(word.themes.split()) else 1)
            for name, word in ALL.items()}
        self.labels = 0
        self.runs: dict[int, int] = {}  # how many units come of running this one
        self.tasks: list[int] = []  # the units made so far, which come later
        self.callbacks: list[int] = []
        self.number = 0  # of the unit that is being made
        self.mine: list[int] = []  # slots that it has filled
        self.entered: int | None = None  # the group around
        self.budget = 0  # statements left for this unit
        self.factor = 1  # how often this place of the unit is reached
        self.cost = 0  # runs of units that come of this one so far

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    # ---- the whole ---------------------------------------------------------------

    def program(self) -> Block:
        count = self.random.randint(3, 8)
        words = ["task"] + [self.choice(["task", "task", "task", "callback"])
                            for _ in range(count - 1)]
        units = self.rescuers(count) if self.chance(0.85) else []
        rescuers = len(units)
        for number in reversed(range(count)):
            units.insert(0, self.unit(number, words[number]))
        if rescuers:
            calls = tuple(Node("later", (0, unit, self.choice([300, 400, 500])))
                          for unit in range(count, count + rescuers)
                          if units[unit].word == "callback")
            units[0] = Node("task", (), (calls + units[0].blocks[0],))
        return (*self.objects(), *units)

    def objects(self) -> list[Node]:
        choice = self.choice
        return [
            # values, and whether they are bounded
            Node("semaphores", (choice([0, 1, 1, 2]), choice([1, 2]),
                                choice([0, 0, 1]), choice([0, 0, 1]))),
            # limits, and kinds
            Node("queues", (choice([0, 1, 1, 2]), choice([0, 1]),
                            choice([0, 0, 1, 2]), choice([0, 1, 2]))),
            # whose locks: -1 their own
            Node("conditions", (choice([-1, 0]), choice([-1, 0, 1]))),
            # parties
            Node("barriers", (choice([1, 2, 2, 2, 3]), choice([1, 2, 3]))),
        ]

    def rescuers(self, first: int) -> list[Node]:
        """Callbacks that in the end let go on whoever still waits."""
        everything = [Node("event_set", (0,)), Node("event_set", (1,)),
                      Node("exit", (0,)), Node("exit", (1,)),
                      Node("put_nowait", (0, self.label())),
                      Node("put_nowait", (1, self.label()))]
        blocks = [tuple(self.random.sample(everything, self.random.randint(2, 6))),
                  (Node("set", (6, self.label())),), (Node("set", (7, self.label())),),
                  tuple(Node("cancel", (slot, self.message()))
                        for slot in range(FUTURES_FROM) if self.chance(0.5))]
        if self.chance(0.8):
            blocks.append((Node("spawn", (3, first + len(blocks) + 1, 0)),))
            last = [Node("task", (), (self.rescuing_task(),))]
        else:
            last = []
        return [Node("callback", (), (block,)) for block in blocks] + last

    def rescuing_task(self) -> Block:
        nodes = []
        for i in range(2):
            nodes += [Node("condition", (i,), ((Node("count", (i,)), Node("count", (i,)),
                                                Node("notify_all", (i,))),)),
                      Node(self.choice(["barrier_reset", "barrier_abort"]), (i,))]
        self.random.shuffle(nodes)
        return tuple(nodes[:self.random.randint(2, 4)])

    def unit(self, number: int, word: str) -> Node:
        self.number, self.cost, self.factor = number, 1, 1
        callback = word == "callback"
        self.mine = []
        self.budget = self.random.randint(*((1, 4) if callback else (3, 12)))
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

    # ---- blocks ------------------------------------------------------------------

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
                slot = self.random.randrange(GATHERINGS_FROM)
                nodes.append(Node("cancel", (slot, self.message())))
            if depth == 0 and not callback and self.chance(0.85 if first else 0.35):
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

    def repeated(self, times: int, *inner: typing.Any, **options: typing.Any) -> Block:
        before, self.factor = self.factor, self.factor * times
        block = self.inner(*inner, **options)
        self.factor = before
        return block

    def with_blocks(self, word: str, depth: int, limits: tuple[int, ...],
                    handling: bool) -> Node:
        if word == "try":
            return self.try_node(depth, limits)
        if word == "timeout":
            return self.timeout(depth, limits)
        if word == "group":
            return self.group(depth, limits)
        if word == "except_star":
            # Not RUNTIME: a broken barrier is one as well, in Python.
            kinds = self.random.sample([CANCELLED, VALUE, BROKEN, TIMED_OUT], 2)
            kinds[1] = self.choice([0, kinds[1]])
            return Node(word, tuple(kinds), (self.inner(depth, limits),))
        if word == "repeat":
            times = self.random.randint(2, 3)
            return Node(word, (times,), (self.repeated(times, depth, limits),))
        if word == "completed":
            limit = self.choice([50, 100, 100, 200, FOREVER, FOREVER, 0])
            slots = self.random.sample(range(SLOTS), self.random.randint(1, 3))
            block = self.repeated(len(slots), depth, limits, few=True)
            return Node(word, (limit, self.choice([0, 1, 1]), *slots), (block,))
        return Node(word, (self.shared(),), (self.inner(depth, limits),))

    def try_node(self, depth: int, limits: tuple[int, ...]) -> Node:
        kind = self.choice([0, CANCELLED, CANCELLED, CANCELLED, VALUE, TIMED_OUT,
                            RUNTIME, EXCEPTION, EXCEPTION, EXCEPTION, ANYTHING, GROUP,
                            BROKEN])
        last = 1 if kind == 0 else int(self.chance(0.3))
        body = self.inner(depth, limits)
        handler = self.inner(depth, limits, True, few=True) if kind else ()
        after = self.inner(depth, limits, few=True) if last else ()
        return Node("try", (kind, last), (body, handler, after))

    def timeout(self, depth: int, limits: tuple[int, ...]) -> Node:
        label, at = self.label(), int(self.chance(0.25))
        args = (label, self.shared_limit(), at, self.limit())
        return Node("timeout", args, (self.inner(depth, (*limits, label)),))

    def group(self, depth: int, limits: tuple[int, ...]) -> Node:
        before, self.entered = self.entered, self.random.randrange(GROUPS)
        spawns = [node for _ in range(self.choice([0, 1, 2, 2, 3]))
                  for node in self.group_spawn()]
        block = tuple(spawns) + self.inner(depth, limits)
        node = Node("group", (self.entered,), (block,))
        self.entered = before
        return node

    # ---- the others --------------------------------------------------------------

    def simple(self, word: str, callback: bool) -> list[Node]:
        match word:
            case "raise":
                return [self.raise_error()]
            case "wait_future":
                return [Node("join", (self.plain(),))]
            case "gather":
                return [self.gather(callback or self.chance(0.5))]
            case "gather_new":
                return self.gather_new()
            case "wait":
                return [self.wait()]
            case "shield":
                return [self.shield(callback or self.chance(0.5))]
            case "group_spawn":
                return self.group_spawn()
            case _:
                numbers = [getattr(self, what)() for what in WORDS[word].numbers.split()]
                return [] if None in numbers else [Node(word, tuple(numbers))]

    def raise_error(self) -> Node:
        kind = self.choice([VALUE, VALUE, VALUE, RUNTIME, TIMED_OUT, CANCELLED])
        return Node("raise",
                    (kind, self.message() if kind == CANCELLED else self.label()))

    def spawn(self, slot: int) -> list[Node]:
        name = self.name()
        unit = self.task()
        if unit is None:
            return []
        self.mine.append(slot)
        return [Node("spawn", (slot, unit, name))]

    def gather(self, keep: bool) -> Node:
        slots = [self.slot() for _ in range(self.choice([0, 1, 2, 2, 2, 2, 3, 3]))]
        if not keep:
            return Node("gather", (int(self.chance(0.4)), -1, *slots))
        slot = self.random.randrange(GATHERINGS_FROM, FUTURES_FROM)
        self.mine.append(slot)
        return Node("gather", (int(self.chance(0.4)), slot, *slots))

    def gather_new(self) -> list[Node]:
        units = [self.task() for _ in range(self.random.randint(1, 3))]
        chosen = [unit for unit in units if unit is not None]
        if not chosen:
            return []
        return [Node("gather_new", (int(self.chance(0.4)), *chosen))]

    def wait(self) -> Node:
        limit = self.choice([FOREVER, FOREVER, 100, 100, 200, 50, 0])
        slots = [self.slot() for _ in range(self.choice([0] + 5 * [1, 2, 2, 3]))]
        return Node("wait", (limit, self.random.randrange(3), *slots))

    def shield(self, keep: bool) -> Node:
        inner = self.slot()
        if not keep:
            return Node("shield", (-1, inner))
        slot = self.random.randrange(GATHERINGS_FROM, FUTURES_FROM)
        self.mine.append(slot)
        return Node("shield", (slot, inner))

    def group_spawn(self) -> list[Node]:
        """In the group around, or in another, which may be over."""
        group = self.entered
        if group is None and "groups" not in self.themes:
            return []
        if group is None or self.chance(0.1):
            group = self.random.randrange(GROUPS)
        return [Node(node.word.replace("spawn", "group_spawn"), (*node.args, group))
                for node in self.spawn(self.random.randrange(GATHERINGS_FROM))]

    # ---- their numbers -----------------------------------------------------------

    def use(self, units: list[int]) -> int | None:
        """One that would not make the program too long."""
        possible = [unit for unit in units
                    if self.cost + self.factor * self.runs[unit] <= MOST_RUNS]
        if not possible:
            return None
        unit = self.choice(possible)
        self.cost += self.factor * self.runs[unit]
        return unit

    def task(self) -> int | None:
        return self.use(self.tasks)

    def callback(self) -> int | None:
        return self.use(self.callbacks)

    def label(self) -> int:
        self.labels += 1
        return self.labels

    def name(self) -> int:
        return self.label() if self.chance(0.15) else 0

    def message(self) -> int:
        """What a cancellation says; 0: nothing."""
        return self.label() if self.chance(0.7 if "messages" in self.themes else 0.2) \
            else 0

    def delay(self) -> int:
        return self.choice(DELAYS)

    def while_busy(self) -> int:
        return self.choice([50, 100, 150])

    def limit(self) -> int:
        return self.choice(TIME_LIMITS)

    def finite_limit(self) -> int:
        return self.choice(TIME_LIMITS[:-1])

    def slot(self) -> int:
        """One that has something to wait for, more often than not."""
        if self.mine and self.chance(0.7):
            return self.choice(self.mine)
        return self.choice([0, 0, 1, 1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 7])

    def own_slot(self) -> int:
        """One for a task, which will be there."""
        slot = self.random.randrange(GATHERINGS_FROM)
        self.mine.append(slot)
        return slot

    def any_slot(self) -> int:
        return self.random.randrange(FUTURES_FROM)

    def plain(self) -> int:
        return self.random.randrange(FUTURES_FROM, SLOTS)

    def shared(self) -> int:
        """A lock, semaphore, event or queue: mostly the same, to be contended for."""
        return self.choice([0, 0, 0, 1])

    def few(self) -> int:
        return self.choice([1, 1, 2])

    def shared_limit(self) -> int:
        return self.random.randrange(LIMITS)

    def timer(self) -> int:
        return self.random.randrange(TIMERS)

    def variable(self) -> int:
        return self.random.randrange(VARIABLES)


def generate(seed: int, themes: typing.Collection[str] = ()) -> Block:
    return Generator(seed, themes).program()

"""Make random programs: the same for the same seed, and all of them end.

A unit, the body of a coroutine, generator or callback, uses only those that come after
it, so that nothing repeats for ever; the time any wait takes is from a few values, so
that many things happen at the same instant.
"""
import typing

from choices import GATHERINGS_FROM, Choices
from tree import (ANYTHING, BROKEN, CANCELLED, EXCEPTION, FOREVER, FUTURES_FROM,
                  GENERATORS, GROUP, GROUPS, RUNTIME, SLOTS, TIMED_OUT, VALUE, Block,
                  Node, walk)
from statements import IN_CALLBACKS, MAY_FAIL, WAKES, WITH_BLOCKS, WORDS

MAX_ROUNDS = 3  # estimated, of a loop over a generator


class Place(typing.NamedTuple):
    """Where in a unit a block is."""

    kind: str  # of the unit: task, callback, generator
    depth: int = 0
    limits: tuple[int, ...] = ()  # labels of the timeouts around it
    stacks: tuple[int, ...] = ()
    group: int | None = None  # the group around it
    handling: bool = False
    loop: bool = False
    may_yield: bool = False

    def deeper(self, **what: typing.Any) -> "Place":
        return self._replace(depth=self.depth + 1, **what)


class Generator(Choices):
    def __init__(self, seed: int, themes: typing.Collection[str] = ()):
        super().__init__(seed, themes)
        self.number = 0  # of the unit being made
        self.budget = 0  # statements left for it

    # ---- programs ----------------------------------------------------------------

    def program(self) -> Block:
        count = self.random.randint(3, 8)
        kinds = ["task", "task", "task", "callback"]
        if self.themes & {"generators", "managers"}:
            kinds += ["generator", "generator"]
        words = ["task"] + [self.choice(kinds) for _ in range(count - 1)]
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
        """Callbacks that at the end wake every task that still waits."""
        everything = [Node("event_set", (0,)), Node("event_set", (1,)),
                      Node("exit", (0,)), Node("exit", (1,)),
                      Node("put_nowait", (0, self.label())),
                      Node("put_nowait", (1, self.label()))]
        blocks = [tuple(self.random.sample(everything, self.random.randint(2, 6))),
                  (Node("set", (6, self.label())),), (Node("set", (7, self.label())),),
                  tuple(Node("cancel", (slot, self.message()))
                        for slot in range(FUTURES_FROM) if self.chance(0.5))]
        last = []
        if self.chance(0.8):
            blocks.append((Node("spawn", (3, first + len(blocks) + 1, 0)),))
            last = [Node("task", (), (self.rescuing_task(),))]
        return [Node("callback", (), (block,)) for block in blocks] + last

    def rescuing_task(self) -> Block:
        nodes = []
        for i in range(2):
            nodes += [Node("condition", (i,), ((Node("count", (i,)), Node("count", (i,)),
                                                Node("notify_all", (i,))),)),
                      Node(self.choice(["barrier_reset", "barrier_abort"]), (i,))]
        self.random.shuffle(nodes)
        return tuple(nodes[:self.random.randint(2, 4)])

    def unit(self, number: int, kind: str) -> Node:
        self.number, self.cost, self.factor = number, 1, 1
        self.mine = []
        self.budget = self.random.randint(*((1, 4) if kind == "callback" else (3, 12)))
        block: list[Node] = []
        if number == 0:
            self.budget += 6
            block += self.beginning()
        elif self.chance(0.3):
            block.append(Node("say", (self.label(),)))
        place = Place(kind, may_yield=kind == "generator")
        block += self.block(place, wanted=self.budget)
        if kind == "generator" and self.chance(0.5):
            block.append(Node("yield", (self.label(),)))
        self.runs[number] = self.cost
        self.units[kind].append(number)
        return Node(kind, (), (tuple(block),))

    def beginning(self) -> list[Node]:
        """The first statements of main, which fill the slots."""
        slots = range(self.choice([2, 2, 3, 4]))
        nodes = [node for slot in slots for node in self.spawn(slot)]
        for slot in range(GENERATORS):
            unit = self.generator() if self.chance(0.7) else None
            if unit is not None:
                nodes.insert(0, Node("gen_new", (slot, unit)))
        return nodes

    # ---- blocks ------------------------------------------------------------------

    def possible(self, place: Place) -> list[str]:
        main = self.number == 0 and place.depth == 0  # it should not end early
        return [word for word in self.weights
                if (place.kind != "callback" or word in IN_CALLBACKS)
                and (place.depth < 3 or word not in WITH_BLOCKS)
                and (place.may_yield or word != "yield")
                and (place.loop or word != "break")
                and not (main and word in ("raise", "return", "cancel_self"))]

    def block(self, place: Place, wanted: int) -> Block:
        nodes: list[Node] = []
        words = self.possible(place)
        weights = [self.weights[word] for word in words]
        while wanted > 0 and self.budget > 0:
            wanted -= 1
            self.budget -= 1
            word, = self.random.choices(words, weights)
            nodes += self.inside_of(place) or self.statement(word, place)
            if word in WAKES and self.chance(0.3):
                slot = self.random.randrange(GATHERINGS_FROM)
                nodes.append(Node("cancel", (slot, self.message())))
            if place.depth == 0 and place.kind != "callback":
                if self.chance(0.85 if self.number == 0 else 0.35):
                    nodes[-1:] = self.guarded(nodes[-1:])
        if place.handling and self.chance(0.5):
            nodes.append(self.choice([Node("raise_again"), Node("raise_again"),
                                      self.raise_error()]))
        return tuple(nodes)

    def inside_of(self, place: Place) -> list[Node]:
        """Sometimes a statement that refers to a block around it."""
        if place.limits and self.chance(0.08):
            return [Node("expired", (self.choice(place.limits),))]
        if not place.stacks or not self.chance(0.4):
            return []
        stack = self.choice(place.stacks)
        word = self.choice(["stack_manage", "stack_manage", "stack_close", "stack_call"])
        argument = (self.generator_slot() if word == "stack_close"
                    else self.generator() if word == "stack_manage" else self.task())
        return [] if argument is None else [Node(word, (stack, argument))]

    def statement(self, word: str, place: Place) -> list[Node]:
        if word in WITH_BLOCKS:
            return self.with_blocks(word, place)
        match word:
            case "raise":
                return [self.raise_error()]
            case "wait_future":
                return [Node("join", (self.plain(),))]
            case "gather":
                return [self.gather(place.kind == "callback" or self.chance(0.5))]
            case "gather_new":
                return self.gather_new()
            case "wait":
                return [self.wait()]
            case "shield":
                keep = place.kind == "callback" or self.chance(0.5)
                return [Node(word, (self.gathering_slot() if keep else -1, self.slot()))]
            case "group_spawn":
                return self.group_spawn(place.group)
            case "gen_throw":
                error = self.raise_error()
                return [Node(word, (self.generator_slot(), *error.args))]
            case _:
                return self.simple(word, ())

    def simple(self, word: str, blocks: tuple[Block, ...]) -> list[Node]:
        numbers = [getattr(self, what)() for what in WORDS[word].numbers.split()]
        return [] if None in numbers else [Node(word, tuple(numbers), blocks)]

    def guarded(self, block: list[Node]) -> list[Node]:
        """The same in a try block, if anything in it can fail."""
        if not any(node.word in MAY_FAIL for node in walk(tuple(block))):
            return block
        kind = self.choice([EXCEPTION, EXCEPTION, ANYTHING])
        return [Node("try", (kind, 0), (tuple(block), (), ()))]

    def inner(self, place: Place, few: bool = False, times: int = 1) -> Block:
        before, self.factor = self.factor, self.factor * times
        wanted = self.random.randint(0, 2) if few else self.random.randint(1, 4)
        block = self.block(place, wanted)
        self.factor = before
        return block

    # ---- statements with blocks --------------------------------------------------

    def with_blocks(self, word: str, place: Place) -> list[Node]:
        match word:
            case "try":
                return [self.try_node(place)]
            case "timeout":
                return [self.timeout(place)]
            case "group":
                return [self.group(place)]
            case "except_star":
                # Not RUNTIME: in Python a BrokenBarrierError is one as well.
                kinds = self.random.sample([CANCELLED, VALUE, BROKEN, TIMED_OUT], 2)
                kinds[1] = self.choice([0, kinds[1]])
                return [Node(word, tuple(kinds), (self.inner(place.deeper()),))]
            case "repeat":
                times = self.random.randint(2, 3)
                block = self.inner(place.deeper(loop=True), times=times)
                return [Node(word, (times,), (block,))]
            case "completed":
                return [self.completed(place)]
            case "gen_for":
                block = self.inner(place.deeper(loop=True), times=MAX_ROUNDS)
                return [Node(word, (self.generator_slot(),), (block,))]
            case "gen_for_new" | "manage":
                return self.with_generator(word, place)
            case "closing":
                slot = self.generator_slot()
                return [Node(word, (slot,), (self.inner(place.deeper()),))]
            case "stack":
                label = self.label()
                stacks = (*place.stacks, label)
                block = self.inner(place.deeper(stacks=stacks))
                return [Node(word, (label,), (block,))]
            case _:
                return [Node(word, (self.shared(),), (self.inner(place.deeper()),))]

    def try_node(self, place: Place) -> Node:
        kind = self.choice([0, CANCELLED, CANCELLED, CANCELLED, VALUE, TIMED_OUT,
                            RUNTIME, EXCEPTION, EXCEPTION, EXCEPTION, ANYTHING, GROUP,
                            BROKEN])
        last = 1 if kind == 0 else int(self.chance(0.3))
        deeper = place.deeper(handling=False)
        body = self.inner(deeper)
        handler = self.inner(place.deeper(handling=True), few=True) if kind else ()
        after = self.inner(deeper, few=True) if last else ()
        return Node("try", (kind, last), (body, handler, after))

    def timeout(self, place: Place) -> Node:
        label, at = self.label(), int(self.chance(0.25))
        args = (label, self.shared_limit(), at, self.limit())
        deeper = place.deeper(limits=(*place.limits, label))
        return Node("timeout", args, (self.inner(deeper),))

    def group(self, place: Place) -> Node:
        group = self.random.randrange(GROUPS)
        spawns = [node for _ in range(self.choice([0, 1, 2, 2, 3]))
                  for node in self.group_spawn(group)]
        deeper = place.deeper(group=group, may_yield=False)
        return Node("group", (group,), (tuple(spawns) + self.inner(deeper),))

    def completed(self, place: Place) -> Node:
        limit = self.choice([50, 100, 100, 200, FOREVER, FOREVER, 0])
        slots = self.random.sample(range(SLOTS), self.random.randint(1, 3))
        block = self.inner(place.deeper(loop=True), few=True, times=len(slots))
        return Node("completed", (limit, self.choice([0, 1, 1]), *slots), (block,))

    def with_generator(self, word: str, place: Place) -> list[Node]:
        unit = self.generator()
        if unit is None:
            return []
        rounds = {"loop": True} if word == "gen_for_new" else {}
        block = self.inner(place.deeper(**rounds), times=MAX_ROUNDS if rounds else 1)
        return [Node(word, (unit,), (block,))]

    # ---- statements about several things -----------------------------------------

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
        slot = self.gathering_slot() if keep else -1
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

    def group_spawn(self, group: int | None) -> list[Node]:
        """In the group around it, or in another one, which may have ended."""
        if group is None and "groups" not in self.themes:
            return []
        if group is None or self.chance(0.1):
            group = self.random.randrange(GROUPS)
        return [Node("group_spawn", (*node.args, group))
                for node in self.spawn(self.random.randrange(GATHERINGS_FROM))]


def generate(seed: int, themes: typing.Collection[str] = ()) -> Block:
    return Generator(seed, themes).program()

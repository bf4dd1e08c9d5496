"""A random program as a tree, which the generator makes and both sides run."""
import typing

FOREVER = 1_000_000  # milliseconds that stand for no limit
FUTURES_FROM = 6  # slots below refer to tasks and gathers, from here up to plain futures
SLOTS = 8
LOCKS = EVENTS = TIMERS = LIMITS = VARIABLES = CONDITIONS = GROUPS = GENERATORS = 2
COROUTINES = 2

CANCELLED, VALUE, RUNTIME, TIMED_OUT, EXCEPTION, ANYTHING, GROUP, BROKEN = range(1, 9)


class Node(typing.NamedTuple):
    """A statement, or a part of the program: a word, numbers, blocks of statements."""

    word: str
    args: tuple[int, ...] = ()
    blocks: tuple["Block", ...] = ()


Block = tuple[Node, ...]


def text(block: Block) -> str:
    """The program for the interpreter in C."""
    words = []
    for node in block:
        words += [node.word, *map(str, node.args)]
        words += [f"{{ {text(inner)} }}" for inner in node.blocks]
    return " ".join(words)


def walk(block: Block) -> typing.Iterator[Node]:
    for node in block:
        yield node
        for inner in node.blocks:
            yield from walk(inner)


# The numbers of a statement that are units.
NAMES_UNITS: dict[str, slice] = {
    "spawn": slice(1, 2), "call": slice(0, 1), "wait_for_new": slice(0, 1),
    "gather_new": slice(1, None), "on_done": slice(1, 2), "soon": slice(1, 2),
    "later": slice(1, 2), "handler": slice(0, 1), "group_spawn": slice(1, 2),
    "shield_new": slice(0, 1), "gen_new": slice(1, 2), "gen_for_new": slice(0, 1),
    "manage": slice(0, 1), "stack_manage": slice(1, 2), "stack_call": slice(1, 2),
    "coro_new": slice(1, 2),
}

UNITS = {"task", "callback", "generator"}


def parts(program: Block) -> tuple[Block, Block]:
    """The objects it works on, and the units."""
    return (tuple(part for part in program if part.word not in UNITS),
            tuple(part for part in program if part.word in UNITS))


def units_named(program: Block) -> set[int]:
    return {unit for node in walk(program) if node.word in NAMES_UNITS
            for unit in node.args[NAMES_UNITS[node.word]]}


def renumbered(block: Block, gone: int) -> Block:
    """The same after a unit is removed: later units are renumbered."""
    nodes = []
    for node in block:
        args = list(node.args)
        if node.word in NAMES_UNITS:
            units = NAMES_UNITS[node.word]
            args[units] = [unit - (unit > gone) for unit in args[units]]
        blocks = tuple(renumbered(inner, gone) for inner in node.blocks)
        nodes.append(Node(node.word, tuple(args), blocks))
    return tuple(nodes)


def without_idle_units(program: Block) -> Block:
    """Without the units that no statement uses, except the first, which is main."""
    objects, units = parts(program)
    for number in reversed(range(1, len(units))):
        if number not in units_named(units):
            units = renumbered(units[:number] + units[number + 1:], number)
    return objects + units


class Around(typing.NamedTuple):
    """The blocks around a statement, for statements that refer to them."""

    labels: frozenset[int] = frozenset()
    handling: bool = False
    loop: bool = False
    # A group belongs to the task that entered it, and a generator may run in another
    # task.
    may_yield: bool = False


def is_valid(program: Block) -> bool:
    """Whether each statement is inside the blocks it refers to."""
    return all(is_valid_block(inner, Around(may_yield=unit.word == "generator"))
               for unit in program for inner in unit.blocks)


def inside(node: Node, around: Around) -> Around:
    match node.word:
        case "timeout":
            return around._replace(labels=around.labels | {node.args[0]})
        case "stack":
            return around._replace(labels=around.labels | {node.args[0]})
        case "group":
            return around._replace(may_yield=False)
        case "repeat" | "completed" | "gen_for" | "gen_for_new":
            return around._replace(loop=True)
        case _:
            return around


LABELLED = {"expired", "stack_manage", "stack_close", "stack_call"}


def is_valid_block(block: Block, around: Around) -> bool:
    for node in block:
        if ((node.word in LABELLED and node.args[0] not in around.labels)
                or (node.word == "raise_again" and not around.handling)
                or (node.word == "break" and not around.loop)
                or (node.word == "yield" and not around.may_yield)):
            return False
        if node.word == "try":
            handling = [around.handling, True, False]
            arounds = [around._replace(handling=h) for h in handling]
        else:
            arounds = [inside(node, around)] * len(node.blocks)
        if not all(map(is_valid_block, node.blocks, arounds)):
            return False
    return True

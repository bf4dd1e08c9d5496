"""A random program as a tree: what the generator makes and both sides run."""
import typing

FOREVER = 1_000_000  # milliseconds that mean: no limit
FUTURES_FROM = 6  # slots below hold tasks and gatherings, from here up plain futures
SLOTS = 8
LOCKS = EVENTS = TIMERS = LIMITS = VARIABLES = CONDITIONS = GROUPS = 2

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


# Which of a statement's numbers are units.
NAMES_UNITS: dict[str, slice] = {
    "spawn": slice(1, 2), "call": slice(0, 1), "wait_for_new": slice(0, 1),
    "gather_new": slice(1, None), "on_done": slice(1, 2), "soon": slice(1, 2),
    "later": slice(1, 2), "handler": slice(0, 1), "group_spawn": slice(1, 2),
    "shield_new": slice(0, 1),
}

UNITS = {"task", "callback"}


def parts(program: Block) -> tuple[Block, Block]:
    """The objects it works on, and the units."""
    return (tuple(part for part in program if part.word not in UNITS),
            tuple(part for part in program if part.word in UNITS))


def units_named(program: Block) -> set[int]:
    return {unit for node in walk(program) if node.word in NAMES_UNITS
            for unit in node.args[NAMES_UNITS[node.word]]}


def renumbered(block: Block, gone: int) -> Block:
    """The same, where the units after one that is gone are one less."""
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
    """Without the units that nothing names, except for the first, which is main."""
    objects, units = parts(program)
    for number in reversed(range(1, len(units))):
        if number not in units_named(units):
            units = renumbered(units[:number] + units[number + 1:], number)
    return objects + units


def is_valid(program: Block) -> bool:
    """What refers to something around it is inside of that."""
    return all(is_valid_block(inner, frozenset(), False)
               for unit in program for inner in unit.blocks)


def is_valid_block(block: Block, limits: frozenset[int], handling: bool) -> bool:
    for node in block:
        if node.word == "expired" and node.args[0] not in limits:
            return False
        if node.word == "raise_again" and not handling:
            return False
        if node.word == "try":
            body, handler, last = node.blocks
            if not (is_valid_block(body, limits, handling)
                    and is_valid_block(handler, limits, True)
                    and is_valid_block(last, limits, False)):
                return False
            continue
        inside = limits | {node.args[0]} if node.word == "timeout" else limits
        if not all(is_valid_block(inner, inside, handling) for inner in node.blocks):
            return False
    return True

"""How a random program shows what it has: as the interpreter in C does."""
import asyncio
import re

DEEPEST = 3  # of the lists in lists that are shown


def reason(error: BaseException) -> str:
    """What it says, without what only Python can say: how it shows an object."""
    text = re.sub(" ?<(?!TaskGroup).*", "", str(error), flags=re.DOTALL)
    # The only one for which the engine needs no words.
    return "" if text == "invalid state" else text


def error_alone(error: BaseException) -> str:
    name, why = type(error).__name__, reason(error)
    return f"{name}('{why}')" if why else name


def error_with_parts(error: BaseException, depth: int) -> str:
    if not isinstance(error, BaseExceptionGroup):
        return error_alone(error)
    parts = "..." if depth == DEEPEST else ", ".join(
        error_with_parts(part, depth + 1) for part in error.exceptions)
    return f"{error_alone(error)}[{parts}]"


def shown(value: object, depth: int = 0) -> str:
    match value:
        case list() if depth == DEEPEST:
            return "[...]"
        case list():
            return f"[{', '.join(shown(child, depth + 1) for child in value)}]"
        case asyncio.CancelledError() if depth > 0:
            return "CancelledError"  # its message is for whoever waits for it first
        case BaseException():
            return error_with_parts(value, depth)
        case float():
            return f"{value:g}"
        case _:
            return str(value)


def state(future: asyncio.Future) -> str:
    if not future.done():
        return "pending"
    if future.cancelled():
        return "cancelled"
    return shown(future.exception() or future.result())


def cancelling(future: asyncio.Future) -> int:
    return future.cancelling() if isinstance(future, asyncio.Task) else -1

"""How a random program shows errors and results: as repr.c does."""
import asyncio
import re

DEEPEST = 3  # levels of nested lists that are shown


def reason(error: BaseException) -> str:
    """Its text without the reprs of objects, which only Python has."""
    text = re.sub(" ?<(?!TaskGroup).*", "", str(error), flags=re.DOTALL)
    # For this error the engine has no text of its own.
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


def py_repr(value: object, depth: int = 0) -> str:
    match value:
        case list() if depth == DEEPEST:
            return "[...]"
        case list():
            return f"[{', '.join(py_repr(child, depth + 1) for child in value)}]"
        case asyncio.CancelledError() if depth > 0:
            return "CancelledError"  # its message is for the first awaiter
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
    return py_repr(future.exception() or future.result())


def cancelling(future: asyncio.Future) -> int:
    return future.cancelling() if isinstance(future, asyncio.Task) else -1

"""Two functions that look alike: one returns a text, the other a coroutine."""
import asyncio
import re


def regular_function():
    return "Hello"


async def coroutine_function():
    return "Hello"


print(regular_function())
coro = coroutine_function()
print(re.sub("0x[0-9a-f]+", "0x...", repr(coro)))

result = asyncio.run(coroutine_function())
print(result)

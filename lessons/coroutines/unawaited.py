"""A function and a coroutine function called, and then one that is run."""
import asyncio
import re


def regular_function():
    return "Hello"


async def async_function():
    return "Hello"


result1 = regular_function()
result2 = async_function()
result3 = asyncio.run(async_function())

print("#", result1)
print("#", re.sub("0x[0-9a-f]+", "0x...", repr(result2)))
print("#", result3)

"""The number 42, returned by a coroutine."""
import asyncio


async def answer():
    return 42


result = asyncio.run(answer())
print("#", result)

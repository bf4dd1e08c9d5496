"""A plain function that runs a coroutine and returns its result."""
import asyncio


async def async_task():
    await asyncio.sleep(1)
    return "Async result"


def sync_function():
    result = asyncio.run(async_task())
    return result


print(sync_function())

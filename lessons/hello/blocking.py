"""A plain function that blocks, then the coroutine that waits."""
import asyncio
import time


def sync_function():
    print("Sync function starting")
    time.sleep(2)
    print("Sync function completed")
    return "Sync result"


async def async_function():
    print("Async function starting")
    await asyncio.sleep(2)
    print("Async function completed")
    return "Async result"


async def main():
    result1 = await async_function()
    result2 = await async_function()
    print(f"Results: {result1}, {result2}")


print("#", sync_function())
asyncio.run(main())

"""Gathered twice, with new coroutines each time."""
import asyncio


async def might_fail(value):
    await asyncio.sleep(0.5)
    if value < 0:
        raise ValueError("Value cannot be negative")
    return value * 10


async def main():
    try:
        await might_fail(-5)
    except ValueError as error:
        print(f"Caught error: {error}")

    try:
        await asyncio.gather(might_fail(10), might_fail(-10), might_fail(5))
    except ValueError as error:
        print(f"Gather error: {error}")

    results = await asyncio.gather(might_fail(10), might_fail(-10), might_fail(5),
                                   return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            print(f"Task failed: {result}")
        else:
            print(f"Task succeeded: {result}")


asyncio.run(main())

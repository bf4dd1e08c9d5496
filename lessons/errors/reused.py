"""The same three coroutine objects are gathered twice; the second time all fail."""
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

    coroutines = [might_fail(10), might_fail(-10), might_fail(5)]
    try:
        await asyncio.gather(*coroutines)
    except ValueError as error:
        print(f"Gather error: {error}")

    results = await asyncio.gather(*coroutines, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            print(f"Task failed: {result}")
        else:
            print(f"Task succeeded: {result}")


asyncio.run(main())

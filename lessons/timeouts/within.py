"""A limit on a block of code: no second task, main itself is cancelled."""
import asyncio


async def slow_operation():
    await asyncio.sleep(3)
    return "Operation completed"


async def main():
    try:
        async with asyncio.timeout(1.0):
            await slow_operation()
    except TimeoutError:
        print("The operation timed out!")


asyncio.run(main())

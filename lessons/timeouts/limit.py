"""wait_for: an operation that takes 5 s, and 2 s of patience."""
import asyncio


async def slow_operation():
    await asyncio.sleep(5)
    return "Done"


async def main():
    try:
        print(await asyncio.wait_for(slow_operation(), 2))
    except TimeoutError:
        print("Operation timed out!")


asyncio.run(main())

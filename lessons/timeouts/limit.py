"""wait_for: an operation that takes 5 s, and a limit of 2 s."""
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

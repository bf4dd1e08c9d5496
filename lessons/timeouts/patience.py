"""Ten seconds of work, three of patience, and a result nobody would look at."""
import asyncio


async def slow_operation():
    await asyncio.sleep(10)
    return "Done"


async def main():
    try:
        await asyncio.wait_for(slow_operation(), 3)
    except TimeoutError:
        print("Operation timed out!")


asyncio.run(main())

"""Ten seconds of work, a limit of three, and a result that is not used."""
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

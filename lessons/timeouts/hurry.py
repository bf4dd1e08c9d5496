"""Three seconds of work, and a limit of one second."""
import asyncio


async def slow_operation():
    await asyncio.sleep(3)
    return "Operation completed"


async def main():
    try:
        print(await asyncio.wait_for(slow_operation(), 1))
    except TimeoutError:
        print("The operation took too long!")


asyncio.run(main())

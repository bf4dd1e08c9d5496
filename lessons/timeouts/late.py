"""A limit of 0.2 s, a cleanup of 0.5 s, and a TimeoutError after 0.7 s."""
import asyncio


async def operation():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("operation: cancelled, cleaning up")
        await asyncio.sleep(0.5)
        raise


async def main():
    try:
        await asyncio.wait_for(operation(), 0.2)
    except TimeoutError:
        print("main: timed out")


asyncio.run(main())

"""A coroutine divided by zero: the arguments of gather cannot even be made."""
import asyncio


async def main():
    try:
        await asyncio.gather(
            asyncio.sleep(1),
            asyncio.sleep(2),
            asyncio.sleep(0.5) / 0,
        )
    except ZeroDivisionError:
        print("A task raised a ZeroDivisionError")


asyncio.run(main())

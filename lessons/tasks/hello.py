"""Two tasks that print after a while, and the time of day."""
import asyncio
import time


async def say_after(delay, message):
    await asyncio.sleep(delay)
    print(message)


async def main():
    print(f"started at {time.strftime('%X')}")

    hello = asyncio.create_task(say_after(1, "hello"))
    world = asyncio.create_task(say_after(2, "world"))
    await hello
    await world

    print(f"finished at {time.strftime('%X')}")


asyncio.run(main())

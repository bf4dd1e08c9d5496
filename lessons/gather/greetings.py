"""Three greetings, a second apart, from coroutines that return nothing."""
import asyncio
import time


async def say_after(delay, message):
    await asyncio.sleep(delay)
    print(message)


async def main():
    print(f"started at {time.strftime('%X')}")

    results = await asyncio.gather(
        say_after(1, "hello"),
        say_after(2, "world"),
        say_after(3, "from Python!"),
    )

    print(f"finished at {time.strftime('%X')}")

    # say_after returns nothing: each result is None.
    print(f"Results: {results}")


asyncio.run(main())

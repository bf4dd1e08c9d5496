"""A task that beats every half second, beside a call that blocks and one that waits."""
import asyncio
import time


async def heartbeat():
    for _ in range(3):
        print("# beat")
        await asyncio.sleep(0.5)


async def blocking_async():
    time.sleep(1)  # blocks the whole event loop
    return "Done"


async def non_blocking_async():
    await asyncio.sleep(1)  # suspends this task only
    return "Done"


async def main():
    results = await asyncio.gather(heartbeat(), blocking_async())
    print("# blocking:", results[1])
    results = await asyncio.gather(heartbeat(), non_blocking_async())
    print("# not blocking:", results[1])


asyncio.run(main())

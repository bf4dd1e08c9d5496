"""Threads and timers whose time is over at once: the order in which they began."""
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def naps(name, *sleeps):
    print(f"{name} begins")
    for seconds in sleeps:
        time.sleep(seconds)
        print(f"{name} after {seconds}")


async def in_thread(pool, name, *sleeps):
    await asyncio.get_running_loop().run_in_executor(pool, naps, name, *sleeps)
    print(f"{name} is done")


async def ticks(name, times, seconds):
    for i in range(times):
        await asyncio.sleep(seconds)
        print(f"{name} {i}")


async def main():
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(3)

    loop.call_later(0.5, print, "early timer")
    await asyncio.gather(
        in_thread(pool, "a", 0.25, 0.25), ticks("tick", 4, 0.25),
        in_thread(pool, "b", 0.5, 0.5), in_thread(pool, "c", 0.25, 0, 0.25),
        in_thread(pool, "d", 0.5), in_thread(pool, "e", 0, 0.25), ticks("tock", 2, 0.5))

    # The loop is blocked when their time comes.
    tasks = [asyncio.create_task(in_thread(pool, name, 0.25, 0.25)) for name in "fg"]
    await asyncio.sleep(0)
    loop.call_later(0.5, print, "late timer")
    time.sleep(0.5)
    print("blocked")
    await asyncio.gather(*tasks)
    await asyncio.sleep(0)
    print(f"over at {time.monotonic():.2f}")


asyncio.run(main())

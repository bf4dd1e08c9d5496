"""Threads that ask the loop: run_coroutine_threadsafe(), call_soon_threadsafe()."""
import asyncio
import time


async def twice(x):
    print(f"doubling {x}")
    await asyncio.sleep(0.16 * x)
    return 2 * x


def work(loop, x):
    print(f"asks for {x}")
    future = asyncio.run_coroutine_threadsafe(twice(x), loop)
    print(f"got {future.result()}")
    time.sleep(0.1)
    loop.call_soon_threadsafe(print, f"called with {x}")


async def ticks(times, seconds):
    for i in range(times):
        await asyncio.sleep(seconds)
        print(f"tick {i}")


async def main():
    loop = asyncio.get_running_loop()
    ticking = asyncio.create_task(ticks(4, 0.1))
    await asyncio.gather(loop.run_in_executor(None, work, loop, 1),
                         loop.run_in_executor(None, work, loop, 2))
    await ticking


asyncio.run(main())

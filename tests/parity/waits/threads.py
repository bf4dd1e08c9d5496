"""Threads that sleep: side by side, one after the other, and beside a loop that blocks."""
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def job(name, *sleeps):
    for seconds in sleeps:
        time.sleep(seconds)
        print(f"{name} has slept")
    return name


async def in_thread(name, *sleeps):
    print(await asyncio.to_thread(job, name, *sleeps))


async def beside(seconds):
    await asyncio.sleep(seconds)
    print(f"{seconds} s waited")


async def fails(pool):
    await asyncio.get_running_loop().run_in_executor(pool, fail)


def fail():
    time.sleep(0.25)
    raise ValueError("failed in a thread")


async def main():
    loop = asyncio.get_running_loop()

    await asyncio.gather(in_thread("a", 1, 2), in_thread("b", 2, 0.5), beside(1.5))

    # Two threads, three functions: the third one begins when a thread is free.
    pool = ThreadPoolExecutor(2)
    await asyncio.gather(
        loop.run_in_executor(pool, job, "c", 1, 0.5),
        loop.run_in_executor(pool, job, "d", 1, 1.5),
        loop.run_in_executor(pool, job, "e", 1),
    )

    # The loop blocks, the threads continue.
    future = loop.run_in_executor(pool, job, "f", 1, 0.5)
    time.sleep(1.25)
    print("blocked")
    print(await future)

    results = await asyncio.gather(fails(pool), return_exceptions=True)
    print(results)

    # Of these nobody waits: the end of the run does, for those of the default executor.
    loop.run_in_executor(None, job, "g", 1)
    await asyncio.sleep(0.5)


asyncio.run(main())
print("over")

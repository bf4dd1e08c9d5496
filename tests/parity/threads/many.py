"""Many functions that sleep in few threads, for times many of which are equal."""
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

JOBS, SLEEPS = 24, 5


def restless(number):
    print(f"thread {number}")
    for i in range(SLEEPS):
        time.sleep((number * 7 + i * i) % 4 / 100)
        print(f"thread {number}.{i}")
    return number


async def job(pool, number):
    future = asyncio.get_running_loop().run_in_executor(pool, restless, number)
    try:
        async with asyncio.timeout(0.04 if number % 5 == 0 else None):
            await future
    except TimeoutError:
        print(f"late {number}")
        return
    print(f"done {number}")


async def main():
    pool = ThreadPoolExecutor(7)
    jobs = [asyncio.create_task(job(pool, i)) for i in range(JOBS)]
    for i in range(20):
        await asyncio.sleep(0.01)
        print(f"main {i}")
        if i % 7 == 3:
            time.sleep(0.03)
    await asyncio.gather(*jobs)
    pool.shutdown()
    print(f"over at {time.monotonic():.2f}")


asyncio.run(main())

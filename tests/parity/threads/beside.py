"""Functions that begin at once and sleep in threads, beside a task that ticks."""
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def blocking(name, seconds):
    print(f"{name} begins at {time.perf_counter():.2f}")
    time.sleep(seconds)
    print(f"{name} ends at {time.perf_counter():.2f}")
    return name


def compute(a, b):
    print(f"{a} + {b}")
    return a + b


def fail(reason):
    raise ValueError(reason)


async def ticks(times, seconds):
    for i in range(times):
        await asyncio.sleep(seconds)
        print(f"tick {i}")


async def main():
    ticking = asyncio.create_task(ticks(6, 0.25))
    print(await asyncio.to_thread(blocking, "a", 0.6))

    await asyncio.gather(asyncio.to_thread(blocking, "b", 0.2),
                         asyncio.to_thread(blocking, "c", 0.12), ticks(2, 0.05))

    # These do not sleep.
    print(await asyncio.to_thread(compute, 2, 3))
    with ThreadPoolExecutor() as pool:
        future = asyncio.get_running_loop().run_in_executor(pool, compute, 4, 5)
        print("submitted")
        print(await future)
    try:
        await asyncio.to_thread(fail, "no number")
    except ValueError as error:
        print(f"ValueError: {error}")
    await ticking


asyncio.run(main())

"""More functions than threads, and a pool that is shut down while they run."""
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def job(name, seconds):
    print(f"{name} begins")
    time.sleep(seconds)
    print(f"{name} ends")
    return name


async def run(pool, name, seconds):
    loop = asyncio.get_running_loop()
    print("got", await loop.run_in_executor(pool, job, name, seconds))


async def ticks(times, seconds):
    for i in range(times):
        await asyncio.sleep(seconds)
        print(f"tick {i}")


async def main():
    loop = asyncio.get_running_loop()
    ticking = asyncio.create_task(ticks(5, 0.3))

    with ThreadPoolExecutor(2) as pool:
        await asyncio.gather(run(pool, "a", 0.2), run(pool, "b", 0.45),
                             run(pool, "c", 0.15), run(pool, "d", 0.12))
        print("all four")

        # The end of this block waits, and so does the loop.
        for name, seconds in zip("efg", (0.15, 0.25, 0.14)):
            loop.run_in_executor(pool, job, name, seconds)
        await asyncio.sleep(0.05)
        print("leaving")
    print("left")
    try:
        await loop.run_in_executor(pool, job, "h", 1)
    except RuntimeError as error:
        print(error)

    await asyncio.sleep(0.05)

    # One that has not begun is cancelled, and never begins.
    pool = ThreadPoolExecutor(1)
    futures = [loop.run_in_executor(pool, job, name, 0.2) for name in "ijk"]
    await asyncio.sleep(0.1)
    print("cancel j:", futures[1].cancel())
    await asyncio.wait([futures[0], futures[2]])
    await ticking

    # The end of the program waits for this one.
    loop.run_in_executor(ThreadPoolExecutor(), job, "l", 0.3)
    await asyncio.sleep(0.05)


asyncio.run(main())
print("over")

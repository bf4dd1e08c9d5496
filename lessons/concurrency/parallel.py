"""Three jobs of 3 s that block, each in a thread of its own."""
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def job():
    time.sleep(3)


async def core(pool):
    await asyncio.get_running_loop().run_in_executor(pool, job)


def named(name, pool):
    return asyncio.create_task(core(pool), name=name)


async def main():
    start = time.time()

    with ThreadPoolExecutor(3) as pool:
        await asyncio.gather(named("Core-1", pool), named("Core-2", pool),
                             named("Core-3", pool))
    print(f"Total: {time.time() - start:.0f} seconds (all executing simultaneously)")


asyncio.run(main())

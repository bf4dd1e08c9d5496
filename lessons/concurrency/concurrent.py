"""Three jobs of 3 s that wait: all of them at the same time."""
import asyncio
import time


async def job():
    await asyncio.sleep(3)


def named(name):
    return asyncio.create_task(job(), name=name)


async def main():
    start = time.time()

    await asyncio.gather(named("Task-A"), named("Task-B"), named("Task-C"))
    print(f"Total: {time.time() - start:.0f} seconds (all waiting simultaneously)")


asyncio.run(main())

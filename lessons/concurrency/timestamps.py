"""Three workers, and the time of day of each of their lines."""
import asyncio
import time


async def worker(name, delay):
    print(f"{time.strftime('%X')} - {name}: Starting")
    await asyncio.sleep(delay)
    print(f"{time.strftime('%X')} - {name}: Finished")
    return f"{name} result"


async def main():
    print(f"{time.strftime('%X')} - Main: Starting")
    results = await asyncio.gather(
        worker("Worker-1", 3),
        worker("Worker-2", 1),
        worker("Worker-3", 2),
    )
    print(f"{time.strftime('%X')} - Main: All done")
    print(f"Results: {results}")


asyncio.run(main())

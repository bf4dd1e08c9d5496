"""Three slow requests, one at a time and all at once, and the times compared."""
import asyncio
import time


async def fetch_data(name, delay):
    print(f"Starting to fetch {name}")
    await asyncio.sleep(delay)
    print(f"Finished fetching {name}")
    return f"Data from {name}"


async def main():
    print("=== Sequential Execution ===")
    start = time.time()

    await fetch_data("API-1", 2)
    await fetch_data("API-2", 1)
    await fetch_data("API-3", 3)

    sequential = time.time() - start
    print(f"Sequential time: {sequential:.2f} seconds")

    print("\n=== Concurrent Execution ===")
    start = time.time()

    one = asyncio.create_task(fetch_data("API-1", 2))
    two = asyncio.create_task(fetch_data("API-2", 1))
    three = asyncio.create_task(fetch_data("API-3", 3))
    results = await asyncio.gather(one, two, three)

    concurrent = time.time() - start
    print(f"Concurrent time: {concurrent:.2f} seconds")
    print(f"Speedup: {sequential / concurrent:.2f}x")
    print(f"Results: {results}")


asyncio.run(main())

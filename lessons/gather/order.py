"""Results in the order of the arguments, whichever task is done first."""
import asyncio
import time


async def fetch_data(number, delay):
    print(f"Fetching data {number}")
    await asyncio.sleep(delay)
    return f"Data {number}"


async def main():
    start = time.time()

    results = await asyncio.gather(fetch_data(1, 2), fetch_data(2, 1), fetch_data(3, 3))
    print(f"Results: {results}")
    print(f"Time taken: {time.time() - start:.2f}s")


asyncio.run(main())

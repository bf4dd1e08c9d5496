"""Five sources of random speed."""
import asyncio
import random


async def fetch_data(number):
    await asyncio.sleep(random.uniform(0.5, 2))
    return f"Data from source {number}"


async def main():
    tasks = [fetch_data(number) for number in range(1, 6)]

    for completed in asyncio.as_completed(tasks):
        print(f"Got result: {await completed}")


asyncio.run(main())

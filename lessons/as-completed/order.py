"""Three downloads, and each result as soon as it is there."""
import asyncio


async def fetch_data(number, delay):
    await asyncio.sleep(delay)
    return f"Data {number} (took {delay}s)"


async def main():
    tasks = [fetch_data(1, 3), fetch_data(2, 1), fetch_data(3, 2)]

    for completed in asyncio.as_completed(tasks):
        print(f"Completed: {await completed}")


asyncio.run(main())

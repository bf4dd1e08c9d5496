"""Three addresses, fetched at once and reported one by one."""
import asyncio


async def fetch_data(url, delay):
    await asyncio.sleep(delay)
    return f"Data from {url}"


async def main():
    tasks = [fetch_data("url1", 3), fetch_data("url2", 1), fetch_data("url3", 2)]

    for completed in asyncio.as_completed(tasks):
        print(f"Got: {await completed}")


asyncio.run(main())

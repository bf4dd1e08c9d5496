"""Three addresses fetched at once; nothing is printed until all are there."""
import asyncio
import time


async def fetch_data_async(url):
    await asyncio.sleep(1)
    return f"Data from {url}"


async def async_example():
    start = time.time()

    results = await asyncio.gather(
        fetch_data_async("url1"),
        fetch_data_async("url2"),
        fetch_data_async("url3"),
    )
    print(f"Total time: {time.time() - start:.2f}s")
    return results


asyncio.run(async_example())

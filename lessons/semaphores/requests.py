"""Ten requests, three at a time."""
import asyncio


async def fetch_data(sem, url):
    async with sem:
        print(f"Fetching {url}")
        await asyncio.sleep(1)
    return f"Data from {url}"


async def main():
    sem = asyncio.Semaphore(3)
    tasks = [fetch_data(sem, f"url{i}") for i in range(10)]
    results = await asyncio.gather(*tasks)
    print(f"Fetched {len(results)} URLs")


asyncio.run(main())

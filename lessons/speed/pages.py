"""Five pages of a site, fetched at once."""
import asyncio
import time


async def fetch_page(url, session_id):
    print(f"Session {session_id}: Fetching {url}")
    await asyncio.sleep(2)
    print(f"Session {session_id}: Completed {url}")
    return f"Content from {url}"


async def main():
    tasks = []
    start = time.time()

    for i in range(5):
        url = f"https://example.com/page{i + 1}"
        tasks.append(fetch_page(url, i + 1))
    results = await asyncio.gather(*tasks)
    print(f"\nFetched {len(results)} pages in {time.time() - start:.2f} seconds")


asyncio.run(main())

"""A hundred sleeps of 0.1 s: as tasks, and in a row."""
import asyncio
import time


async def nap():
    await asyncio.sleep(0.1)


async def async_io_bound():
    await asyncio.gather(*[nap() for _ in range(100)])


def sync_io_bound():
    for _ in range(100):
        time.sleep(0.1)


start = time.time()
asyncio.run(async_io_bound())
print(f"Async: {time.time() - start:.2f}s")

start = time.time()
sync_io_bound()
print(f"Sync: {time.time() - start:.2f}s")

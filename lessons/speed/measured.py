"""Five sleeps one by one, the same five at once, and the speedup."""
import asyncio
import time


async def io_task(delay):
    await asyncio.sleep(delay)


async def measure_performance():
    delays = [0.1, 0.2, 0.1, 0.3, 0.1]

    start = time.time()
    for delay in delays:
        await io_task(delay)
    sequential_time = time.time() - start

    start = time.time()
    await asyncio.gather(*[io_task(delay) for delay in delays])
    concurrent_time = time.time() - start

    print(f"Sequential: {sequential_time:.2f}s")
    print(f"Concurrent: {concurrent_time:.2f}s")
    print(f"Speedup: {sequential_time / concurrent_time:.2f}x")


asyncio.run(measure_performance())

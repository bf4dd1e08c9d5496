"""A lock lets one task at a time count; then a semaphore lets in two."""
import asyncio
import random

counter = 0


async def worker(lock, me, iterations):
    global counter

    for _ in range(iterations):
        async with lock:
            # Read, wait, write: without the lock, writes between would be lost.
            current = counter
            await asyncio.sleep(0.01)
            counter = current + 1
            print(f"Worker {me}: Counter = {counter}")


async def lock_demo():
    print("=== Async Lock Demo ===")
    lock = asyncio.Lock()
    workers = [asyncio.create_task(worker(lock, i, 5)) for i in range(3)]
    await asyncio.gather(*workers)
    print(f"Final counter value: {counter}")


async def visitor(semaphore, me):
    async with semaphore:
        print(f"Worker {me} accessing limited resource")
        await asyncio.sleep(random.uniform(1, 2))
        print(f"Worker {me} releasing limited resource")


async def semaphore_demo():
    print("\n=== Async Semaphore Demo ===")
    semaphore = asyncio.Semaphore(2)
    visitors = [asyncio.create_task(visitor(semaphore, i)) for i in range(5)]
    await asyncio.gather(*visitors)


async def main():
    await lock_demo()
    await semaphore_demo()


asyncio.run(main())

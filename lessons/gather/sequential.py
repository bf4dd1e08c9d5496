"""Two jobs, first one after the other, then both at once."""
import asyncio
import time


async def task1():
    print("Task 1 started")
    await asyncio.sleep(2)
    print("Task 1 completed")
    return "Result 1"


async def task2():
    print("Task 2 started")
    await asyncio.sleep(1)
    print("Task 2 completed")
    return "Result 2"


async def main():
    start = time.time()

    # Awaiting a coroutine is a call: main goes on when the coroutine returns.
    print("--- Sequential execution ---")
    first = await task1()
    second = await task2()
    print(f"Sequential results: {first}, {second}")
    print(f"Sequential time: {time.time() - start:.2f} seconds")

    start = time.time()

    # gather makes each a task of its own: the two sleeps overlap.
    print("\n--- Concurrent execution ---")
    results = await asyncio.gather(task1(), task2())
    print(f"Concurrent results: {results}")
    print(f"Concurrent time: {time.time() - start:.2f} seconds")


asyncio.run(main())

"""One loop, two tasks: the one that sleeps less is done first."""
import asyncio


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
    print("Starting event loop")

    results = await asyncio.gather(task1(), task2())

    print(f"Results: {results}")


asyncio.run(main())

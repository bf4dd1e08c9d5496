"""Two tasks in the background, while main does its own work."""
import asyncio


async def background_task(name):
    await asyncio.sleep(2)
    print(f"{name} completed")


async def main():
    task1 = asyncio.create_task(background_task("Task 1"))
    task2 = asyncio.create_task(background_task("Task 2"))

    print("Tasks started, doing other work...")
    await asyncio.sleep(1)
    print("Still doing work...")

    # Wait for both: a task that is not done is cancelled when main ends.
    await task1
    await task2


asyncio.run(main())

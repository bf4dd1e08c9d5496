"""Two tasks in the background, while main goes on with its own work."""
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

    # Not forgotten: what main does not wait for ends when main ends.
    await task1
    await task2


asyncio.run(main())

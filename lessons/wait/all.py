"""Wait until all tasks are done, then read their results."""
import asyncio


async def task(name, duration):
    await asyncio.sleep(duration)
    return f"{name} completed"


async def main():
    tasks = [
        asyncio.create_task(task("Task-1", 2)),
        asyncio.create_task(task("Task-2", 1)),
        asyncio.create_task(task("Task-3", 3)),
    ]

    done, _ = await asyncio.wait(tasks)
    for finished in done:
        print(finished.result())


asyncio.run(main())

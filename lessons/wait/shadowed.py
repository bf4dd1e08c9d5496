"""A loop variable hides the coroutine function of the same name: main dies at once."""
import asyncio


async def task(name, duration):
    await asyncio.sleep(duration)
    return f"{name} completed"


async def main():
    tasks = [asyncio.create_task(task("Task-1", 2))]

    done, _ = await asyncio.wait(tasks)
    for task in done:  # makes `task` local in all of main
        print(task.result())


asyncio.run(main())

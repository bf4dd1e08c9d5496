"""One coroutine, awaited twice: called, and as a task."""
import asyncio


async def my_coroutine():
    await asyncio.sleep(1)
    return "Result"


async def main():
    # Called: it runs in main's own task.
    print(await my_coroutine())

    # As a task: it runs beside main, which could do something else meanwhile.
    task = asyncio.create_task(my_coroutine())
    print(await task)


asyncio.run(main())

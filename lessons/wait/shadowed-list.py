"""The same mistake inside a list comprehension: another error."""
import asyncio


async def task(n):
    await asyncio.sleep(n)
    return n


async def main():
    tasks = [asyncio.create_task(task(n)) for n in (1, 2, 3)]

    _, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:  # makes `task` local in all of main
        task.cancel()


asyncio.run(main())

"""Wait for the first of three tasks, and cancel the others."""
import asyncio


async def task(n):
    await asyncio.sleep(n)
    return n


async def main():
    tasks = [asyncio.create_task(task(n)) for n in (1, 2, 3)]

    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print(f"First completed: {done.pop().result()}")

    for unfinished in pending:
        unfinished.cancel()


asyncio.run(main())

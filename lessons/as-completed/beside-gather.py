"""The same three jobs, gathered and then taken as they are done."""
import asyncio


async def job(name, seconds):
    await asyncio.sleep(seconds)
    return name


async def main():
    results = await asyncio.gather(job("A", 3), job("B", 2), job("C", 1))
    print(f"gather: {results}")

    tasks = [job("A", 3), job("B", 2), job("C", 1)]
    for completed in asyncio.as_completed(tasks):
        print(f"as_completed: {await completed}")


asyncio.run(main())
